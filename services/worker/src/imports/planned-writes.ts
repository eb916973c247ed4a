import type { BatchState, BatchWrites, ChangedOffer, NewProduct, RevisedProduct, StockRow } from "@kontor/db";
import { importedPlace } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { RungPlan } from "./rung-plan.ts";

/** What rows come to, gathered row by row. A row that is at fault has put nothing in. */
export class PlannedWrites implements BatchWrites {
  readonly products: NewProduct[] = [];
  readonly revised: RevisedProduct[] = [];
  readonly offers: BatchWrites["offers"][number][] = [];
  readonly changed: ChangedOffer[] = [];
  readonly goneRungs: BatchWrites["goneRungs"][number][] = [];
  readonly rungs: BatchWrites["rungs"][number][] = [];
  readonly stock: StockRow[] = [];
  readonly now: Micros;
  readonly #ids: readonly string[];
  #used = 0;

  constructor({ now, ids }: Pick<BatchState, "now" | "ids">) {
    this.now = now;
    this.#ids = ids;
  }

  /** @throws RangeError when more are made than there are rows for */
  nextId(): string {
    const id = this.#ids[this.#used];
    if (id === undefined) throw new RangeError("no id is left for what is new");
    this.#used += 1;
    return id;
  }

  addRungs({ put, gone }: RungPlan): void {
    this.rungs.push(...put);
    this.goneRungs.push(...gone);
  }

  addStock(offerId: string, onHand: bigint): void {
    const at = { place: importedPlace, reserved: 0n, backorderMax: 0n, updatedAt: this.now, version: 1 };
    this.stock.push({ ...at, offerId, onHand });
  }
}

/** Where rows are decided about. */
export type Outcome = "created" | "changed" | "unchanged" | "withdrawn";
