import type { AuctionPurpose, Command, Phase, Side } from "./commands.ts";
import type { BookConfig } from "./config.ts";
import { decide } from "./deciding.ts";
import type { BookEvent } from "./events.ts";
import type { AuctionExplanation, OrderExplanation } from "./explaining.ts";
import { explainCall, explainOrder } from "./explaining.ts";
import { CASH, CASH_HELD, GOODS, GOODS_HELD } from "./store/accounts.ts";
import type { BookOptions } from "./store/core.ts";
import { Core, NEXT_EXPIRY } from "./store/core.ts";
import type { DepthLevel, Level } from "./store/depth.ts";
import { bestLevels, depthOf, levelOf } from "./store/depth.ts";
import { hashOf } from "./store/hashing.ts";
import type { LiveOrder } from "./store/live-order.ts";
import { liveOrder, ordersInLevels } from "./store/live-order.ts";
import { NO_PRICE } from "./store/settings.ts";
import type { BookSnapshot } from "./store/snapshots.ts";
import { restore, save } from "./store/snapshots.ts";
import { TRADES_KEPT } from "./store/trade-log.ts";
import { AUCTION, phases, purposes } from "./wire/codes.ts";
import { decodeGroup } from "./wire/decoding.ts";
import { encodeCommand } from "./wire/encoding.ts";
import type { EventRing } from "./wire/event-ring.ts";
import { RECORD_WORDS } from "./wire/record.ts";

/** Minor units and quantity steps, with what of both is held for live orders. */
export type Balances = {
  readonly cash: number;
  readonly goods: number;
  readonly cashHeld: number;
  readonly goodsHeld: number;
};

/** One trade, an auction among them, as it counts now. */
export type BookTrade = {
  readonly price: number;
  readonly quantity: number;
  /** Neither busted nor replaced. */
  readonly stands: boolean;
  /** Its place in the order of trades: its own number, or that of the trade it corrects. */
  readonly place: number;
};

/** One instrument's book. Only `submit` and `submitRecord` change it; what they say is in `ring`, or `readEvents`. */
export type Book = {
  /** @throws RangeError when the command's time is before that of an earlier one. */
  readonly submit: (command: Command) => void;
  /** The same for a record of `RECORD_WORDS` words at an offset. Returns the number of events in the ring. */
  readonly submitRecord: (words: Int32Array, offset: number) => number;
  /** From `ring.start` to `ring.end` lie the records of the last group. */
  readonly ring: EventRing;
  readonly depth: (side: Side) => DepthLevel[];
  /** The best levels of a side, at most `max`, best first; with `BookOptions.levels` whatever orders stand in them. */
  readonly levels: (side: Side, max: number) => Level[];
  /** Undefined where nothing rests. */
  readonly level: (side: Side, price: number) => Level | undefined;
  /** Undefined when it is not live. */
  readonly order: (order: number) => LiveOrder | undefined;
  /** Those that `levels` count, each queue in turn. */
  readonly restingOrders: () => LiveOrder[];
  /** Undefined when it was not among the last that can be busted. */
  readonly trade: (trade: number) => BookTrade | undefined;
  readonly isBlocked: (account: number) => boolean;
  /** Undefined for an account that was never allocated to. */
  readonly account: (account: number) => Balances | undefined;
  readonly lastPrice: number | null;
  /** Price of the last auction, else what was configured or set. */
  readonly reference: number | null;
  readonly phase: Phase;
  /** Of the call that runs; null outside `auction`. */
  readonly purpose: AuctionPurpose | null;
  /** When the next dated order expires: the latest time to let it know of. */
  readonly nextExpiry: number | null;
  readonly hash: () => number;
  readonly snapshot: () => BookSnapshot;
  readonly explain: (order: number) => OrderExplanation | undefined;
  /** Of the call that stands, as if it ended now, else of the last that ended; asking changes nothing. */
  readonly explainAuction: () => AuctionExplanation | undefined;
};

/** @throws RangeError when the rules of the book do not fit together. */
export function createBook(config: BookConfig, options: BookOptions = {}): Book {
  return bookOf(new Core(config, options));
}

/** A book with the rules of the one that the snapshot was taken of. @throws RangeError as `createBook`. */
export function restoreBook(config: BookConfig, snapshot: BookSnapshot, options: BookOptions = {}): Book {
  const core = new Core(config, options);
  restore(core, snapshot);
  return bookOf(core);
}

/** The facts of the last command, as objects. */
export function readEvents(book: Book): BookEvent[] {
  return decodeGroup(book.ring);
}

function bookOf(core: Core): Book {
  const record = new Int32Array(RECORD_WORDS);
  return {
    submit(command) {
      encodeCommand(command, record, 0);
      decide(core, record, 0);
    },
    submitRecord: (words, offset) => decide(core, words, offset),
    ring: core.ring,
    depth: (side) => depthOf(core, side),
    levels: (side, max) => bestLevels(core, side, max),
    level: (side, price) => levelOf(core, side, price),
    order: (order) => liveOrder(core, order),
    restingOrders: () => ordersInLevels(core),
    trade: (trade) => tradeOf(core, trade),
    isBlocked: (account) => core.blocked.get(account) !== 0,
    account: (account) => balancesOf(core, account),
    get lastPrice() {
      return core.last === NO_PRICE ? null : core.last;
    },
    get reference() {
      return core.reference === NO_PRICE ? null : core.reference;
    },
    get phase() {
      return phases[core.phase] as Phase;
    },
    get purpose() {
      return core.phase === AUCTION ? (purposes[core.purpose] as AuctionPurpose) : null;
    },
    get nextExpiry() {
      const next = core.dated.count === 0 ? Number.POSITIVE_INFINITY : (core.clock[NEXT_EXPIRY] as number);
      return next === Number.POSITIVE_INFINITY ? null : next;
    },
    hash: () => hashOf(core),
    snapshot: () => save(core),
    explain: (order) => explainOrder(core, order),
    explainAuction: () => explainCall(core),
  };
}

function tradeOf({ trades }: Core, trade: number): BookTrade | undefined {
  if (trade < 1 || trade > trades.latest || trade <= trades.latest - TRADES_KEPT) return undefined;
  const stands = trades.stands(trade);
  return { price: trades.priceOf(trade), quantity: trades.quantityOf(trade), stands, place: trades.placeOf(trade) };
}

function balancesOf({ accounts }: Core, account: number): Balances | undefined {
  const index = accounts.indexOf(account);
  if (index === 0) return undefined;
  return {
    cash: accounts.get(index, CASH),
    goods: accounts.get(index, GOODS),
    cashHeld: accounts.get(index, CASH_HELD),
    goodsHeld: accounts.get(index, GOODS_HELD),
  };
}
