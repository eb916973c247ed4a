/*
 * What can be asked of a book. All numbers are integers.
 *
 * Units   prices in ticks; quantities in quantity steps; money in minor units; `at` in microseconds since 1970.
 * Names   orders, accounts, groups, sessions and links are numbers that the sender chooses, from 1 to 2^31 - 1. A
 *         number that ends in `Group` names beneficial owners: accounts of one group never trade with each other.
 */

export type Side = "buy" | "sell";

export type OrderKind = "limit" | "market" | "stop" | "stop_limit" | "trailing" | "pegged";

/** `auction`: the next call, whichever; `at_open` and `at_close`: the next opening or closing call. */
export type TimeInForce = "gtc" | "gtd" | "day" | "ioc" | "fok" | "auction" | "at_open" | "at_close";

export type SelfTradeMode = "none" | "cancel_newest" | "cancel_oldest" | "cancel_both" | "decrement" | "transfer";

/** What each takes and does: SPEC.md, "Phases". */
export type Phase = "closed" | "pre_open" | "auction" | "continuous" | "closing_cross" | "halt" | "cancel_only";

export type AuctionPurpose = "opening" | "intraday" | "closing" | "volatility";

export type Peg = { readonly reference: "primary" | "market" | "mid"; readonly offset: number };

/** Either in ticks or in basis points of the best price since entry; the stop moves by whole `step`s. */
export type Trail = { readonly distance: number; readonly unit: "ticks" | "bps"; readonly step: number };

export type NewOrder = {
  readonly order: number;
  readonly account: number;
  /** The account itself when absent. */
  readonly ownerGroup?: number;
  /** Of the connection that sent it; absent: none. */
  readonly session?: number;
  readonly cancelOnDisconnect?: boolean;
  readonly side: Side;
  readonly kind: OrderKind;
  /** The limit of `limit` and `stop_limit`, the cap of `pegged`. */
  readonly price?: number;
  readonly quantity: number;
  readonly tif?: TimeInForce;
  /** With `gtd`. */
  readonly expiresAt?: number;
  /** With `stop`, `stop_limit` and `trailing`. */
  readonly stopPrice?: number;
  readonly trail?: Trail;
  readonly peg?: Peg;
  /** Iceberg: how much of it is shown. */
  readonly display?: number;
  /** With `ioc`: the least that must trade at once. */
  readonly minimum?: number;
  readonly allOrNone?: boolean;
  readonly postOnly?: "reject" | "reprice";
  /** The book's own mode when absent. */
  readonly selfTrade?: SelfTradeMode;
  /** Orders of one link cancel each other. */
  readonly link?: number;
};

/** What is absent stays as it is. `quantity` is the new total, with what has been filled. */
export type Amendment = {
  readonly order: number;
  readonly account: number;
  readonly price?: number;
  readonly quantity?: number;
  readonly display?: number;
  readonly stopPrice?: number;
};

/** The orders that fit all of what is given. */
export type MassCancel = {
  readonly account?: number;
  readonly ownerGroup?: number;
  readonly side?: Side;
  readonly session?: number;
  /** Only those that are to be cancelled on a disconnect. */
  readonly onDisconnect?: boolean;
};

/** Ticks up from and down to a price that moves; absent: no check. */
export type Band = { readonly up: number; readonly down: number };

export type Bands = {
  /** Lowest and highest price of an order. */
  readonly entry?: { readonly low: number; readonly high: number };
  /** Around the last trade. */
  readonly dynamic?: Band;
  /** Around the reference. */
  readonly static?: Band;
};

export type Command = { readonly at: number } & (
  | ({ readonly type: "new" } & NewOrder)
  | { readonly type: "cancel"; readonly order: number; readonly account: number }
  | ({ readonly type: "amend" } & Amendment)
  | {
      readonly type: "replace";
      readonly order: number;
      readonly account: number;
      readonly newOrder: number;
      /** The old one's when absent. */
      readonly price?: number;
      readonly quantity: number;
    }
  | ({ readonly type: "mass_cancel" } & MassCancel)
  | { readonly type: "block"; readonly account: number }
  | { readonly type: "unblock"; readonly account: number }
  | { readonly type: "phase"; readonly phase: Phase; readonly purpose?: AuctionPurpose }
  | { readonly type: "uncross"; readonly next?: Phase; readonly final?: boolean }
  | { readonly type: "indicative" }
  | ({ readonly type: "set_bands" } & Bands)
  | { readonly type: "set_reference"; readonly price: number }
  | { readonly type: "bust"; readonly trade: number }
  | { readonly type: "correct"; readonly trade: number; readonly price: number }
  /** Moves money and goods into an account's allocation, or out of it where they are negative. */
  | { readonly type: "allocate"; readonly account: number; readonly cash: number; readonly goods: number }
  /** Lets time pass: nothing but orders whose time has come. */
  | { readonly type: "clock" }
);
