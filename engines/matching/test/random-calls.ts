import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import type { BookConfig } from "../src/config.ts";
import type { BookEvent } from "../src/events.ts";
import type { Book } from "../src/index.ts";
import { createBook, readEvents } from "../src/index.ts";
import type { CallPrice } from "./naive/brute-force-auction.ts";
import { bruteForceAuction } from "./naive/brute-force-auction.ts";

type CallOrder = Parameters<typeof bruteForceAuction>[0]["orders"][number];

const lowest = 80;
const highest = 120;

/** Calls with random orders, one after the other in one book; what it finds is held against the count of brute force. */
export class RandomCalls {
  readonly #random: Random;
  readonly #config: BookConfig;
  readonly #book: Book;
  readonly #seed: number;
  #reference: number | null = null;
  #orders = 0;
  #calls = 0;

  constructor(seed: number) {
    const random = createRandom(seed);
    this.#seed = seed;
    this.#random = random;
    this.#config = {
      minPrice: lowest,
      maxPrice: highest,
      tickValue: 1,
      maxQuantity: 1_000,
      phase: "auction",
      ...(random.chance(50) ? { pressureBoundBps: random.pick([0, 100, 300, 800]) } : {}),
    };
    this.#book = createBook(this.#config);
    // A reference cannot be taken back: in a third of the books there is none.
    this.#reference = random.chance(34) ? null : 100;
  }

  /** Throws where price, volume, surplus or the sum of the fills are not those of brute force. */
  check(): void {
    this.#calls += 1;
    this.#tell({ type: "mass_cancel" });
    if (this.#reference !== null) this.#reference = 100 + this.#random.between(-21, 21);
    if (this.#reference !== null) this.#tell({ type: "set_reference", price: this.#reference });
    const orders = Array.from({ length: this.#random.between(1, 14) }, () => this.#addOrder());
    const { pressureBoundBps } = this.#config;
    const wanted = bruteForceAuction({ orders, reference: this.#reference, lowest, highest, pressureBoundBps });
    this.#expect(this.#tell({ type: "indicative" }), "indicative", wanted);
    // An auction with a price sets the reference.
    if (this.#reference === null) return;
    const events = this.#tell({ type: "uncross", final: true, next: "halt" });
    this.#expect(events, "auction", wanted);
    const filled = events.reduce((sum, event) => sum + (event.type === "fill" ? event.quantity : 0), 0);
    if (filled !== 2 * wanted.quantity) this.#fail(`fills of ${filled}`, wanted);
    this.#tell({ type: "mass_cancel" });
    this.#tell({ type: "phase", phase: "auction" });
  }

  #addOrder(): CallOrder {
    const random = this.#random;
    const side = random.pick(["buy", "sell"] as const);
    const quantity = random.between(1, random.pick([3, 10, 40]));
    const away = random.between(-3, random.pick([2, 4, 12]));
    const limit = random.chance(12) ? null : 100 + (side === "buy" ? -away : away);
    const display = limit !== null && random.chance(15) ? { display: random.between(1, quantity) } : {};
    const account = random.between(1, 4);
    this.#orders += 1;
    const made = { type: "new", order: this.#orders, account, side, quantity, ...display } as const;
    this.#tell(limit === null ? { ...made, kind: "market" } : { ...made, kind: "limit", price: limit });
    return { side, limit, quantity };
  }

  #tell(command: Untimed<Parameters<Book["submit"]>[0]>): BookEvent[] {
    this.#book.submit({ at: this.#calls, ...command });
    return readEvents(this.#book);
  }

  #expect(events: readonly BookEvent[], type: "indicative" | "auction", wanted: CallPrice): void {
    const found = events.find((event) => event.type === type);
    const isSame =
      found?.type === type &&
      found.price === wanted.price &&
      found.quantity === wanted.quantity &&
      found.surplus === wanted.surplus &&
      found.surplusSide === wanted.surplusSide;
    if (!isSame) this.#fail(JSON.stringify(found), wanted);
  }

  #fail(found: string, wanted: CallPrice): never {
    throw new Error(`seed ${this.#seed}, call ${this.#calls}: ${found} instead of ${JSON.stringify(wanted)}`);
  }
}

type Untimed<Timed> = Timed extends unknown ? Omit<Timed, "at"> : never;
