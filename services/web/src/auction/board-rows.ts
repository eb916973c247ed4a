import type { LotView } from "@kontor/protocol";
import { msOf } from "./room-state.ts";

/** One line of the board of all bidders. */
export type BoardRow = {
  readonly alias: string;
  readonly price: string;
  /** UTC milliseconds of the bid. */
  readonly at: number;
  readonly own: boolean;
  /** The server calls this bidder the best. */
  readonly best: boolean;
};

/** Bidders by price, the better first, equal prices by time: the order the server ranks by time in. */
export function boardRowsOf(view: LotView, ownAlias: string | undefined): readonly BoardRow[] {
  const sign = view.direction === "sell" ? -1 : 1;
  return Object.entries(view.standings ?? {})
    .map(([alias, { price, at }]) => ({
      alias,
      price,
      at: msOf(at) ?? 0,
      own: alias === ownAlias,
      best: alias === view.bestAlias,
    }))
    .sort((a, b) => sign * comparePrices(a.price, b.price) || a.at - b.at);
}

/** Decimals of one lot have the same number of fraction digits, so length and then text decide. */
function comparePrices(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One accepted bid in the list and the drawing. */
export type BidPoint = {
  readonly number: number;
  readonly alias: string;
  readonly price: string;
  readonly at: number;
  readonly own: boolean;
  readonly void: boolean;
};

/** The last bids, oldest first. */
export function bidPointsOf(view: LotView, ownAlias: string | undefined): readonly BidPoint[] {
  return Object.entries(view.recent ?? {})
    .map(([number, bid]) => ({
      number: Number(number),
      alias: bid.alias,
      price: bid.price,
      at: msOf(bid.at) ?? 0,
      own: bid.alias === ownAlias,
      void: bid.void === true,
    }))
    .sort((a, b) => a.number - b.number);
}

/** What is drawn while the board stands still: what was there when it was stopped. Released, the newest at once. */
export class Frozen<Value> {
  #shown: Value;
  #still = false;

  constructor(first: Value) {
    this.#shown = first;
  }

  get isStill(): boolean {
    return this.#still;
  }

  /** The value to draw, given the newest and whether it is to stand still. */
  next(newest: Value, still: boolean): Value {
    if (!still || !this.#still) this.#shown = newest;
    this.#still = still;
    return this.#shown;
  }
}
