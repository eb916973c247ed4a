import { cancel, cancelLinked } from "./cancelling.ts";
import { book, feeOf, tradeValue } from "./holds.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { emit, isLive, newTime, opposite, remove } from "./naive-state.ts";
import { closingPrice, isWithin } from "./prices.ts";

/** Why a trade may not print: the volatility auction of a band, or the halt of a breaker. */
export type Interruption = { readonly reason: "volatility" } | { readonly reason: "circuit_breaker"; pause: number };

/** Lets the order trade with what rests, up to its limit; what is left of it has no place yet. */
export function matchOrder(state: NaiveState, taker: NaiveOrder): Interruption | null {
  const passedOver = new Set<NaiveOrder>();
  while (isLive(state, taker)) {
    const maker = nextMaker(state, taker, passedOver);
    if (maker === null || maker.limit === null) return null;
    if (maker.place === "apart" && (maker.leaves > taker.leaves || isOwn(maker, taker))) {
      passedOver.add(maker);
    } else if (isOwn(maker, taker)) {
      preventSelfTrade(state, maker, taker);
    } else {
      const interruption = interruptionAt(state, priceWith(state, maker));
      if (interruption !== null) return interruption;
      trade(state, maker, taker);
    }
  }
  return null;
}

/** Best price first, at one price the level's queue, then all-or-none orders by time. */
function nextMaker(state: NaiveState, taker: NaiveOrder, passedOver: ReadonlySet<NaiveOrder>): NaiveOrder | null {
  let next: NaiveOrder | null = null;
  for (const maker of state.orders) {
    if (!couldMeet(maker, taker) || passedOver.has(maker)) continue;
    if (next === null || comesBefore(maker, next)) next = maker;
  }
  return next;
}

/** Whether the maker rests on the other side at a price within the taker's limit. */
export function couldMeet(maker: NaiveOrder, taker: NaiveOrder): boolean {
  if (maker.side !== opposite(taker.side) || (maker.place !== "resting" && maker.place !== "apart")) return false;
  return maker.limit !== null && taker.limit !== null && isWithin(taker.side, maker.limit, taker.limit);
}

function comesBefore(a: NaiveOrder, b: NaiveOrder): boolean {
  if (a.limit !== null && b.limit !== null && a.limit !== b.limit) {
    return a.side === "sell" ? a.limit < b.limit : a.limit > b.limit;
  }
  if (a.place !== b.place) return a.place === "resting";
  return a.time < b.time;
}

function isOwn(maker: NaiveOrder, taker: NaiveOrder): boolean {
  return maker.group === taker.group && taker.selfTrade !== "none";
}

/** Of a trade with the maker. */
function priceWith(state: NaiveState, maker: NaiveOrder): number {
  return closingPrice(state) ?? maker.limit ?? 0;
}

function interruptionAt(state: NaiveState, price: number): Interruption | null {
  const { reference, last, bands } = state;
  const breakers = [...(state.config.breakers ?? [])].sort((a, b) => a.bps - b.bps);
  const breaker = breakers[state.tripped];
  if (breaker !== undefined && reference !== null) {
    if (Math.abs(price - reference) * 10_000 > breaker.bps * reference) {
      return { reason: "circuit_breaker", pause: breaker.pauseMicros };
    }
  }
  const isOutside = (band: { up: number; down: number } | undefined, centre: number | null): boolean =>
    band !== undefined && centre !== null && (price < centre - band.down || price > centre + band.up);
  if (isOutside(bands.dynamic, last) || isOutside(bands.static, reference)) return { reason: "volatility" };
  return null;
}

function trade(state: NaiveState, maker: NaiveOrder, taker: NaiveOrder): void {
  const price = priceWith(state, maker);
  const quantity = Math.min(taker.leaves, maker.shown);
  const { fees } = state.config;
  const value = tradeValue(state, price, quantity);
  const makerFee = feeOf(fees, value, fees?.makerBps ?? 0);
  const takerFee = feeOf(fees, value, fees?.takerBps ?? 0);
  for (const order of [maker, taker]) {
    order.leaves -= quantity;
    order.filled += quantity;
  }
  maker.shown -= quantity;
  state.trades += 1;
  emit(state, {
    type: "trade",
    trade: state.trades,
    maker: maker.order,
    taker: taker.order,
    takerSide: taker.side,
    price,
    quantity,
    makerLeaves: maker.leaves,
    takerLeaves: taker.leaves,
    makerFee,
    takerFee,
  });
  book(state, maker, { price, quantity, fee: makerFee });
  book(state, taker, { price, quantity, fee: takerFee });
  state.last = price;
  state.tradedSince.push(price);
  state.printed.push({ trade: state.trades, price, quantity, auction: false, busted: false });
  if (maker.leaves === 0) remove(state, maker);
  if (taker.leaves === 0) remove(state, taker);
  cancelLinked(state, taker);
  cancelLinked(state, maker);
  refill(state, maker);
}

/** An iceberg whose shown part is gone shows the next one, behind all others of its level. */
function refill(state: NaiveState, maker: NaiveOrder): void {
  if (!isLive(state, maker) || maker.shown > 0) return;
  maker.shown = Math.min(maker.display ?? maker.leaves, maker.leaves);
  newTime(state, maker);
  emit(state, { type: "refilled", order: maker.order, shown: maker.shown });
}

function preventSelfTrade(state: NaiveState, maker: NaiveOrder, taker: NaiveOrder): void {
  const price = priceWith(state, maker);
  const quantity = Math.min(taker.leaves, maker.shown);
  emit(state, { type: "prevented", maker: maker.order, taker: taker.order, price, quantity });
  switch (taker.selfTrade) {
    case "cancel_newest":
      return cancel(state, taker, "self_trade");
    case "cancel_oldest":
      return cancel(state, maker, "self_trade");
    case "cancel_both":
      cancel(state, maker, "self_trade");
      return cancel(state, taker, "self_trade");
    case "transfer":
      if (maker.selfTrade === "transfer" && maker.account !== taker.account) {
        emit(state, { type: "transferred", maker: maker.order, taker: taker.order, price, quantity });
        book(state, maker, { price, quantity, fee: 0 });
        book(state, taker, { price, quantity, fee: 0 });
      }
      break;
    case "decrement":
    case "none":
      break;
  }
  maker.shown -= quantity;
  takeOff(state, maker, quantity);
  refill(state, maker);
  takeOff(state, taker, quantity);
}

/** Off the leaves without a trade. */
function takeOff(state: NaiveState, order: NaiveOrder, quantity: number): void {
  order.leaves -= quantity;
  if (order.leaves > 0) {
    emit(state, { type: "reduced", order: order.order, quantity, reason: "self_trade" });
    return;
  }
  emit(state, { type: "cancelled", order: order.order, quantity, reason: "self_trade" });
  remove(state, order);
}
