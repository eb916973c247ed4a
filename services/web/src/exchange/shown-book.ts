import type { Decimal } from "@kontor/protocol";
import type { BookRow, BookRows, Side } from "./book-rows.ts";
import { noRows } from "./book-rows.ts";

/** A row that changed its price so shortly before a click was not yet seen by who clicked. */
const unseenMs = 300;

/** `moved`: the level under the pointer is not there any more, or was put there too lately to be meant. */
export type PickedRow = { readonly kind: "price"; readonly price: Decimal } | { readonly kind: "moved" };

/**
 * What of a book is shown: the newest rows, but those of before while the pointer is on them, so that nothing moves
 * under it. Times are monotonic milliseconds.
 */
export class ShownBook {
  #live: BookRows = noRows;
  #frozen: BookRows | null = null;
  /** When the row at a place last got another price, by side and place. */
  readonly #changedAt: Record<Side, number[]> = { buy: [], sell: [] };

  get rows(): BookRows {
    return this.#frozen ?? this.#live;
  }

  get isFrozen(): boolean {
    return this.#frozen !== null;
  }

  update(rows: BookRows, now: number): void {
    const before = this.rows;
    this.#live = rows;
    if (this.#frozen === null) this.#mark(before, now);
  }

  freeze(): void {
    this.#frozen ??= this.#live;
  }

  release(now: number): void {
    const before = this.#frozen;
    this.#frozen = null;
    if (before !== null) this.#mark(before, now);
  }

  /** Whether nothing stands at a shown row's price any more. */
  isGone(row: BookRow): boolean {
    return this.#frozen !== null && !sideOf(this.#live, row.side).some(({ price }) => price === row.price);
  }

  /** What a click on the row at a place means; null where there is no row. A click is about the price and nothing else. */
  pick(side: Side, place: number, now: number): PickedRow | null {
    const row = sideOf(this.rows, side)[place];
    if (row === undefined) return null;
    const changedAt = this.#changedAt[side][place];
    const unseen = changedAt !== undefined && now - changedAt < unseenMs;
    return unseen || this.isGone(row) ? { kind: "moved" } : { kind: "price", price: row.price };
  }

  /** A row that comes where none was is no surprise to anybody; one that takes another's place is. */
  #mark(before: BookRows, now: number): void {
    for (const side of ["buy", "sell"] as const) {
      const was = sideOf(before, side);
      for (const [place, { price }] of sideOf(this.#live, side).entries()) {
        const known = was[place];
        if (known !== undefined && known.price !== price) this.#changedAt[side][place] = now;
      }
    }
  }
}

function sideOf(rows: BookRows, side: Side): readonly BookRow[] {
  return side === "buy" ? rows.bids : rows.asks;
}
