/*
 * The orders of a book as fixed records of one Int32Array. An order is known by the offset of its record, its slot
 * base; 0 is none. What only rare orders need stands in a second array with records of its own.
 */

/** Words of one order: one cache line. */
export const ORDER_WORDS = 16;
export const ORDER_SHIFT = 4;
export const NEXT = 0;
export const PREVIOUS = 1;
/** The limit that it never trades beyond; -1 where there is none. */
export const PRICE = 2;
export const LEAVES = 3;
export const SHOWN = 4;
export const TRAITS = 5;
export const NUMBER = 6;
export const ACCOUNT = 7;
export const GROUP = 8;
export const FILLED = 9;
/** Index of the account's allocation; 0 when it has none. */
export const HOLDER = 10;
export const DISPLAY = 11;
export const SESSION = 12;
/** The next order whose number leads to the same place of the index. */
export const CHAIN = 13;
/** Index of the time in the record's view of doubles. */
const TIME = 7;

/** Words of what is rare. */
const RARE_WORDS = 22;
export const STOP_PRICE = 0;
/** A trail's distance, a peg's offset. */
export const DISTANCE = 1;
export const STEP = 2;
/** Best price since entry; -1 while there is none. */
export const EXTREME = 3;
/** A peg's worst price; -1 where there is none. */
export const CAP = 4;
export const MINIMUM = 5;
export const LINK_NEXT = 6;
export const LINK_PREVIOUS = 7;
export const AHEAD_ORDERS = 18;
export const BETTER_ORDERS = 19;
/** The price that it holds by, where that is no limit of its own; a buy never costs more. */
export const BOUND = 20;
/** Of a linked order. */
export const LINK = 21;
/** Indices in the view of doubles. */
export const EXPIRES_AT = 4;
/** Minor units that one quantity step of it holds; of a limit order its price tells. */
export const HELD_EACH = 5;
export const PREVENTED_QUANTITY = 6;
export const AHEAD_QUANTITY = 7;
export const BETTER_QUANTITY = 8;

const INITIAL_ORDERS = 1024;
/* For V8, see SPEC.md. */
const WORDS = ORDER_WORDS;
const SHIFT = ORDER_SHIFT;
const AFTER = NEXT;
const STATE = TRAITS;

export class Pool {
  words = new Int32Array(0);
  numbers = new Float64Array(0);
  rare = new Int32Array(0);
  rareNumbers = new Float64Array(0);
  /** One behind the highest slot base ever used. */
  end = ORDER_WORDS;
  private free = 0;

  constructor() {
    this.reserve(INITIAL_ORDERS);
  }

  /** A slot of undefined content. */
  take(): number {
    const order = this.free;
    if (order !== 0) {
      this.free = this.words[order + AFTER] as number;
      return order;
    }
    if (this.end === this.words.length) this.reserve((this.words.length >> SHIFT) * 2);
    const fresh = this.end;
    this.end = fresh + WORDS;
    return fresh;
  }

  give(order: number): void {
    this.words[order + AFTER] = this.free;
    this.words[order + STATE] = 0;
    this.free = order;
  }

  private reserve(orders: number): void {
    const words = new Int32Array(orders * WORDS);
    words.set(this.words);
    this.words = words;
    this.numbers = new Float64Array(words.buffer);
    const rare = new Int32Array(orders * RARE_WORDS);
    rare.set(this.rare);
    this.rare = rare;
    this.rareNumbers = new Float64Array(rare.buffer);
  }
}

/** Index of an order's time in `numbers`. */
export const timeAt = (order: number): number => (order >> 1) + TIME;
/** Where what is rare about an order begins in `rare`. */
export const rareAt = (order: number): number => (order >> SHIFT) * RARE_WORDS;
/** Where it begins in `rareNumbers`. */
export const rareNumberAt = (order: number): number => (order >> SHIFT) * (RARE_WORDS / 2);
