import type { CancelReason } from "@kontor/protocol";
import type { AuctionPurpose, OrderKind, Phase, SelfTradeMode, TimeInForce } from "../commands.ts";

/*
 * The numbers that stand for words inside the book and in its records. A name's place in its list is its number; the
 * lists are part of the record's format, so a new name goes to the end.
 */

export const kinds = ["limit", "market", "stop", "stop_limit", "trailing", "pegged"] as const satisfies OrderKind[];
export const LIMIT = 0;
export const MARKET = 1;
export const STOP = 2;
export const STOP_LIMIT = 3;
export const TRAILING = 4;
export const PEGGED = 5;

export const timesInForce = [
  "gtc",
  "gtd",
  "day",
  "ioc",
  "fok",
  "auction",
  "at_open",
  "at_close",
] as const satisfies TimeInForce[];
export const GTC = 0;
export const GTD = 1;
export const DAY = 2;
export const IOC = 3;
export const FOK = 4;
export const AUCTION_ONLY = 5;
export const AT_OPEN = 6;
export const AT_CLOSE = 7;

export const selfTradeModes = [
  "none",
  "cancel_newest",
  "cancel_oldest",
  "cancel_both",
  "decrement",
  "transfer",
] as const satisfies SelfTradeMode[];
export const CANCEL_NEWEST = 1;
export const CANCEL_OLDEST = 2;
export const CANCEL_BOTH = 3;
export const TRANSFER = 5;

export const phases = [
  "closed",
  "pre_open",
  "auction",
  "continuous",
  "closing_cross",
  "halt",
  "cancel_only",
] as const satisfies Phase[];
export const CLOSED = 0;
export const PRE_OPEN = 1;
export const AUCTION = 2;
export const CONTINUOUS = 3;
export const CLOSING_CROSS = 4;
export const HALT = 5;
export const CANCEL_ONLY = 6;

export const purposes = ["opening", "intraday", "closing", "volatility"] as const satisfies AuctionPurpose[];
export const OPENING = 0;
export const INTRADAY = 1;
export const CLOSING = 2;
export const VOLATILITY = 3;

export const cancelReasons = [
  "user",
  "amend",
  "ioc",
  "fok",
  "minimum",
  "no_liquidity",
  "expired",
  "self_trade",
  "linked",
  "mass_cancel",
  "auction_end",
  "interruption",
  "outside_band",
] as const satisfies CancelReason[];
export const BY_USER = 0;
export const BY_AMEND = 1;
export const BY_IOC = 2;
export const BY_FOK = 3;
export const BY_MINIMUM = 4;
export const BY_NO_LIQUIDITY = 5;
export const BY_EXPIRY = 6;
export const BY_SELF_TRADE = 7;
export const BY_LINK = 8;
export const BY_MASS_CANCEL = 9;
export const BY_AUCTION_END = 10;
export const BY_INTERRUPTION = 11;
export const BY_BAND = 12;

export const pegReferences = ["primary", "market", "mid"] as const;
export const PRIMARY = 0;
export const MID = 2;

export const postOnlyModes = ["reject", "reprice"] as const;
export const POST_REPRICE = 2;

export const extensionReasons = ["price", "wide_price", "market_orders"] as const;
export const EXTENDED_PRICE = 0;
export const EXTENDED_WIDE = 1;
export const EXTENDED_MARKET = 2;

/** The members that a rejection can be about. */
export const fields = [
  "order",
  "newOrder",
  "account",
  "price",
  "quantity",
  "tif",
  "expiresAt",
  "stopPrice",
  "trail",
  "peg",
  "display",
  "minimum",
  "allOrNone",
  "postOnly",
  "link",
  "cash",
  "goods",
  "trade",
  "next",
  "phase",
] as const;
export type Field = (typeof fields)[number];
