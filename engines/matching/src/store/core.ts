import type { Determination } from "../calls/auction-price.ts";
import type { Bands } from "../commands.ts";
import type { BookConfig } from "../config.ts";
import { Intent } from "../orders/intent.ts";
import { AUCTION, INTRADAY, PRE_OPEN } from "../wire/codes.ts";
import { EventRing } from "../wire/event-ring.ts";
import { SELLS } from "../wire/traits.ts";
import { Accounts } from "./accounts.ts";
import { IdMap } from "./id-map.ts";
import { LevelChanges, Levels } from "./levels.ts";
import { OrderIndex } from "./order-index.ts";
import { Pool, timeAt } from "./pool.ts";
import type { Settings } from "./settings.ts";
import { NO_PRICE, settingsOf } from "./settings.ts";
import { SlotSet } from "./slot-set.ts";
import { TradeLog } from "./trade-log.ts";

export type BookOptions = {
  /** Keep the totals of levels, and close each group with the levels that changed and an end mark. */
  readonly levels?: boolean;
  /**
   * Remember what was ahead of each order when it came to rest; costs a walk over the better levels each time, and
   * without `levels` over their orders.
   */
  readonly queues?: boolean;
};

/** Indices of `clock`. */
export const NOW = 0;
export const NEXT_EXPIRY = 1;
export const TIME = 2;

/** Indices of `fill`. */
export const F_QUANTITY = 0;
export const F_VALUE = 1;
export const F_FEE = 2;

/** Why matching ended early. */
export const UNINTERRUPTED = 0;
export const BY_VOLATILITY = 1;
export const BY_BREAKER = 2;

/**
 * All that a book is made of. The rules are functions over it, one file per concept; what the plain path asks on each
 * order is a field here, so that a rule that is off costs one test.
 */
export class Core {
  // Declared where the constructor sets it: a field that is undefined first is checked each time it is read.
  declare readonly settings: Settings;
  readonly pool = new Pool();
  readonly ids = new OrderIndex(this.pool);
  /** First order of each link. */
  readonly links = new IdMap();
  readonly blocked = new IdMap();
  readonly accounts = new Accounts();
  readonly trades = new TradeLog();
  readonly ring = new EventRing();
  declare readonly buys: Levels;
  declare readonly sells: Levels;
  /** Both, by the side of an order: an index costs no branch that nobody can foretell. */
  declare readonly sides: readonly Levels[];
  /** Levels that this group has changed; none when totals are not kept. */
  readonly changes = new LevelChanges();
  readonly allOrNone = new SlotSet();
  readonly dormant = new SlotSet();
  readonly parked = new SlotSet();
  readonly pegs = new SlotSet();
  readonly dated = new SlotSet();
  /** Of the dormant ones. */
  readonly trailing = new SlotSet();
  /** How many orders others may set going: those that are dormant, all-or-none or pegged. */
  watched = 0;
  /** Quantity, value and fee of the fill that is being booked. */
  readonly fill = new Float64Array(3);
  /** The order that a command asks for. */
  readonly intent = new Intent();
  /** Time of the command, of the next order to expire, and the counter of times in the book. */
  readonly clock = new Float64Array([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0]);
  declare readonly marksLevels: boolean;
  declare readonly remembersQueues: boolean;
  declare phase: number;
  purpose = INTRADAY;
  declare last: number;
  declare reference: number;
  /** Highest and lowest trade since the last settling. */
  high = NO_PRICE;
  low = NO_PRICE;
  /** Orders without a price that rest in a call. */
  marketOrders = 0;
  bands: Bands = {};
  /** What limits and caps must lie in: the range of prices and the entry band. */
  lowest = 0;
  highest = 0;
  /** No buy stop is lower, no sell stop higher: what the last trade is held against first. */
  lowestBuyStop = 2 ** 31 - 1;
  highestSellStop = NO_PRICE;
  /** Whether a trailing stop has come or changed since trailing stops were looked at. */
  trailsStale = false;
  /** Whether trades must be looked at before they print. */
  guarded = false;
  nextBreaker = 0;
  declare charges: boolean;
  /** The order that is matching at the moment; 0 when none is. */
  taker = 0;
  takerGone = false;
  interruption = UNINTERRUPTED;
  /** Extensions of this call, by price and by market orders. */
  priceExtensions = 0;
  marketExtensions = 0;
  /** The last call that ended, for who asks why. */
  lastAuction: Determination | undefined = undefined;

  constructor(config: BookConfig, options: BookOptions) {
    this.settings = settingsOf(config);
    this.marksLevels = options.levels === true;
    this.remembersQueues = options.queues === true;
    const changes = this.marksLevels ? this.changes : null;
    this.buys = new Levels(this.settings, false, changes);
    this.sells = new Levels(this.settings, true, changes);
    this.sides = [this.buys, this.sells];
    this.phase = this.settings.phase;
    this.last = this.settings.last;
    this.reference = this.settings.reference;
    this.charges = this.settings.charges;
    setBands(this, config.bands ?? {});
  }
}

export function setBands(core: Core, bands: Bands): void {
  const { minPrice, maxPrice } = core.settings;
  core.bands = bands;
  core.lowest = Math.max(minPrice, bands.entry?.low ?? minPrice);
  core.highest = Math.min(maxPrice, bands.entry?.high ?? maxPrice);
  core.guarded = bands.dynamic !== undefined || bands.static !== undefined || core.settings.breakers.length > 0;
}

export const isCall = (phase: number): boolean => phase === AUCTION || phase === PRE_OPEN;

/** The side that an order of these traits rests on. */
export const levelsOf = (core: Core, traits: number): Levels => core.sides[traits & SELLS] as Levels;

/** The side that it meets. */
export const makersOf = (core: Core, traits: number): Levels => core.sides[(traits & SELLS) ^ SELLS] as Levels;

/** The worst price that an order of a side may come to. */
export const farEnd = (core: Core, traits: number): number => ((traits & SELLS) === 0 ? core.highest : core.lowest);

/** Gives an order a new time: it is behind all others then. */
export function stamp(core: Core, order: number): void {
  const { clock } = core;
  const time = (clock[TIME] as number) + 1;
  clock[TIME] = time;
  core.pool.numbers[timeAt(order)] = time;
}
