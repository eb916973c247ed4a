import type {
  AuctionPurpose,
  Bands,
  NewOrder,
  OrderKind,
  Peg,
  Phase,
  SelfTradeMode,
  Side,
  TimeInForce,
  Trail,
} from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { BookEvent } from "../../src/events.ts";

/** `apart`: an all-or-none order that rests. `entering`: between its place before and the one that it will have. */
type Place = "entering" | "resting" | "apart" | "dormant" | "parked";

/** `call`: until its own call. `peg`: until it has a price. `link`: until the call ends. `band`: until it is inside. */
export type ParkedFor = "call" | "peg" | "link" | "band";

export type NaiveOrder = {
  readonly order: number;
  readonly account: number;
  readonly group: number;
  readonly session: number | undefined;
  readonly onDisconnect: boolean;
  readonly side: Side;
  /** A fired stop is a market order or a limit from then on. */
  kind: OrderKind;
  readonly tif: TimeInForce;
  readonly expiresAt: number | undefined;
  /** The limit of limit and stop_limit, the cap of pegged. */
  price: number | undefined;
  stopPrice: number | undefined;
  trail: Trail | undefined;
  readonly peg: Peg | undefined;
  display: number | undefined;
  readonly minimum: number | undefined;
  readonly allOrNone: boolean;
  readonly postOnly: "reject" | "reprice" | undefined;
  readonly selfTrade: SelfTradeMode;
  readonly link: number | undefined;
  /** The price that its hold is reckoned with, b in "Holds"; a buy never costs more. */
  bound: number;
  /** What it never trades beyond now: null for what has no price of its own at the moment. */
  limit: number | null;
  leaves: number;
  filled: number;
  shown: number;
  time: number;
  place: Place;
  parkedFor: ParkedFor | null;
  /** Of a trailing stop: the best price since entry. */
  extreme: number | null;
};

type Allocation = { cash: number; goods: number };

/** A trade or an auction that can be busted; the array of them is in order of their happening. */
export type Printed = { trade: number; price: number; quantity: number; auction: boolean; busted: boolean };

export type NaiveState = {
  readonly config: BookConfig;
  bands: Bands;
  phase: Phase;
  purpose: AuctionPurpose | null;
  last: number | null;
  reference: number | null;
  /** Highest of the times of orders so far. */
  time: number;
  /** `at` of the command that is carried out. */
  at: number;
  orders: NaiveOrder[];
  blocked: Set<number>;
  accounts: Map<number, Allocation>;
  trades: number;
  printed: Printed[];
  /** How many of the configured breakers, by size, have tripped. */
  tripped: number;
  extensions: { price: number; marketOrders: number };
  /** Of the trades since trailing stops were looked at last. */
  tradedSince: number[];
  events: BookEvent[];
};

export function createState(config: BookConfig): NaiveState {
  refuseConfig(config);
  return {
    config,
    bands: config.bands ?? {},
    phase: config.phase ?? "continuous",
    purpose: config.phase === "auction" ? "intraday" : null,
    last: config.last ?? null,
    reference: config.reference ?? null,
    time: 0,
    at: Number.NEGATIVE_INFINITY,
    orders: [],
    blocked: new Set(),
    accounts: new Map(),
    trades: 0,
    printed: [],
    tripped: 0,
    extensions: { price: 0, marketOrders: 0 },
    tradedSince: [],
    events: [],
  };
}

function refuseConfig(config: BookConfig): void {
  const { minPrice, maxPrice, maxQuantity, tickValue, fees } = config;
  if (BigInt(maxPrice) * BigInt(maxQuantity) * BigInt(tickValue) > 2n ** 52n) throw new RangeError("values pass 2^52");
  if (maxPrice - minPrice > 4_194_304) throw new RangeError("too many prices");
  if (minPrice < 1 || maxPrice < minPrice) throw new RangeError("no prices from 1 on");
  if ((config.priceSteps?.[0]?.from ?? 1) !== 1) throw new RangeError("price steps do not begin at 1");
  if (Math.max(maxPrice, maxQuantity) > 2 ** 31 - 2) throw new RangeError("prices or quantities are too large");
  if (fees === undefined) return;
  const rates = [fees.makerBps, fees.takerBps, fees.auctionBps];
  if (rates.some((rate) => Math.abs(rate) > 10_000)) throw new RangeError("a rate is not within 10,000 basis points");
  if (fees.minimum > minPrice * tickValue) throw new RangeError("the minimum fee is more than a seller may get");
}

/** An order that has not been looked at yet: without time and place. */
export function orderOf(config: BookConfig, asked: NewOrder): NaiveOrder {
  return {
    order: asked.order,
    account: asked.account,
    group: asked.ownerGroup ?? asked.account,
    session: asked.session,
    onDisconnect: asked.cancelOnDisconnect === true,
    side: asked.side,
    kind: asked.kind,
    tif: asked.tif ?? "gtc",
    expiresAt: asked.expiresAt,
    price: asked.price,
    stopPrice: asked.stopPrice,
    trail: asked.trail,
    peg: asked.peg,
    display: asked.display,
    minimum: asked.minimum,
    allOrNone: asked.allOrNone === true,
    postOnly: asked.postOnly,
    selfTrade: asked.selfTrade ?? config.selfTrade ?? "none",
    link: asked.link,
    bound: 0,
    limit: null,
    leaves: asked.quantity,
    filled: 0,
    shown: 0,
    time: 0,
    place: "entering",
    parkedFor: null,
    extreme: null,
  };
}

export function isStop(order: NaiveOrder): boolean {
  return order.kind === "stop" || order.kind === "stop_limit" || order.kind === "trailing";
}

export function isForAuction(order: NaiveOrder): boolean {
  return order.tif === "auction" || order.tif === "at_open" || order.tif === "at_close";
}

export function opposite(side: Side): Side {
  return side === "buy" ? "sell" : "buy";
}

export function isCall(phase: Phase): boolean {
  return phase === "auction" || phase === "pre_open";
}

/** Whether the call that stands is one that the order waits for; "Phases" in SPEC.md. */
export function isOwnCall(state: NaiveState, order: NaiveOrder): boolean {
  if (!isCall(state.phase)) return false;
  const purpose = state.phase === "pre_open" ? "opening" : state.purpose;
  if (order.tif === "auction") return true;
  if (order.tif === "at_open") return purpose === "opening";
  return order.tif === "at_close" && purpose === "closing";
}

export function newTime(state: NaiveState, order: NaiveOrder): void {
  state.time += 1;
  order.time = state.time;
}

export function emit(state: NaiveState, event: BookEvent): void {
  state.events.push(event);
}

export function isLive(state: NaiveState, order: NaiveOrder): boolean {
  return state.orders.includes(order);
}

export function remove(state: NaiveState, order: NaiveOrder): void {
  state.orders = state.orders.filter((other) => other !== order);
}

export function byTime(orders: readonly NaiveOrder[]): NaiveOrder[] {
  return [...orders].sort((a, b) => a.time - b.time);
}
