import type { Command, Phase, Side } from "./commands.ts";
import type { BookConfig } from "./config.ts";
import { decide } from "./deciding.ts";
import type { BookEvent } from "./events.ts";
import type { AuctionExplanation, OrderExplanation } from "./explaining.ts";
import { explainCall, explainOrder } from "./explaining.ts";
import { CASH, CASH_HELD, GOODS, GOODS_HELD } from "./store/accounts.ts";
import type { BookOptions } from "./store/core.ts";
import { Core, NEXT_EXPIRY } from "./store/core.ts";
import type { DepthLevel } from "./store/depth.ts";
import { depthOf } from "./store/depth.ts";
import { hashOf } from "./store/hashing.ts";
import { NO_PRICE } from "./store/settings.ts";
import type { BookSnapshot } from "./store/snapshots.ts";
import { restore, save } from "./store/snapshots.ts";
import { phases } from "./wire/codes.ts";
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

/** One instrument's book. Only `submit` and `submitRecord` change it; what they say is in `ring`, or `readEvents`. */
export type Book = {
  /** @throws RangeError when the command's time is before that of an earlier one. */
  readonly submit: (command: Command) => void;
  /** The same for a record of `RECORD_WORDS` words at an offset. Returns the number of events in the ring. */
  readonly submitRecord: (words: Int32Array, offset: number) => number;
  /** From `ring.start` to `ring.end` lie the records of the last group. */
  readonly ring: EventRing;
  readonly depth: (side: Side) => DepthLevel[];
  /** Undefined for an account that was never allocated to. */
  readonly account: (account: number) => Balances | undefined;
  readonly lastPrice: number | null;
  readonly phase: Phase;
  /** When the next dated order expires: the latest time to let it know of. */
  readonly nextExpiry: number | null;
  readonly hash: () => number;
  readonly snapshot: () => BookSnapshot;
  readonly explain: (order: number) => OrderExplanation | undefined;
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
    account: (account) => balancesOf(core, account),
    get lastPrice() {
      return core.last === NO_PRICE ? null : core.last;
    },
    get phase() {
      return phases[core.phase] as Phase;
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
