import { cancel } from "./cancelling.ts";
import { couldTrade } from "./could-trade.ts";
import { couldMeet, matchOrder } from "./matching.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { emit, isCall, isForAuction, isLive, isOwnCall, isStop, newTime, opposite } from "./naive-state.ts";
import { hasMateInCall, interrupt, park, rest } from "./phase-steps.ts";
import { bestShown, effectiveLimit, isInEntryBand, roundedPrice } from "./prices.ts";

type Destination = "dormant" | "parked" | "rests" | "matches";

/** Where an order goes that enters in this phase; "Phases" in SPEC.md. */
export function destination(state: NaiveState, order: NaiveOrder): Destination {
  if (isStop(order)) return "dormant";
  if (order.kind === "pegged") return "parked";
  if (isForAuction(order) && !isOwnCall(state, order)) return "parked";
  if (isCall(state.phase)) return "rests";
  return state.phase === "continuous" || state.phase === "closing_cross" ? "matches" : "rests";
}

/** For an order that is in `orders` and has no place, or has left the one that it had. */
export function enter(state: NaiveState, order: NaiveOrder): void {
  const where = destination(state, order);
  if (where === "matches") return carryOut(state, order);
  newTime(state, order);
  if (where === "rests" && isCall(state.phase) && hasMateInCall(state, order)) return park(state, order, "link");
  if (where === "rests") rest(order);
  if (where === "parked") park(state, order, order.kind === "pegged" ? "peg" : "call");
  if (where === "dormant") order.place = "dormant";
}

/** Steps 3 to 6 of entering; a pegged order has its aim as limit already. */
export function carryOut(state: NaiveState, order: NaiveOrder): void {
  newTime(state, order);
  order.place = "entering";
  order.parkedFor = null;
  if (order.kind === "limit") order.limit = order.price ?? null;
  if (order.kind === "market") limitMarketOrder(state, order);
  if (order.postOnly === "reprice" && meetsSomeone(state, order)) reprice(state, order);
  if (order.tif === "fok" && couldTrade(state, order) < order.leaves) return cancel(state, order, "fok");
  if (order.minimum !== undefined && couldTrade(state, order) < order.minimum) return cancel(state, order, "minimum");
  if (order.allOrNone && couldTrade(state, order) < order.leaves) return rest(order);
  const interruption = matchOrder(state, order);
  if (interruption !== null) return interrupt(state, order, interruption);
  if (!isLive(state, order)) return;
  if (order.kind === "market") return cancel(state, order, "no_liquidity");
  if (order.tif === "ioc") return cancel(state, order, "ioc");
  rest(order);
}

/** It keeps the limit that it has now, and holds by it. */
function limitMarketOrder(state: NaiveState, order: NaiveOrder): void {
  const limit = effectiveLimit(state, order.side);
  order.limit = order.side === "buy" ? Math.min(limit, order.bound) : limit;
  order.bound = order.limit;
}

/** Whether a resting order of the other side is at a price that the order would take, and is not all of it too large. */
function meetsSomeone(state: NaiveState, order: NaiveOrder): boolean {
  return state.orders.some(
    (maker) => couldMeet(maker, order) && (maker.place !== "apart" || maker.leaves <= order.leaves),
  );
}

function reprice(state: NaiveState, order: NaiveOrder): void {
  const price = postOnlyPrice(state, order);
  if (price === null) return;
  order.price = price;
  order.limit = price;
  order.bound = price;
  emit(state, { type: "repriced", order: order.order, price });
}

/** Where a post-only order that would trade may rest instead; null where there is no such price. */
function postOnlyPrice(state: NaiveState, order: NaiveOrder): number | null {
  const other = bestShown(state, opposite(order.side));
  if (other === null) return null;
  const { config } = state;
  const price = order.side === "buy" ? roundedPrice(config, other - 1, "down") : roundedPrice(config, other + 1, "up");
  if (price < config.minPrice || price > config.maxPrice || !isInEntryBand(state, price)) return null;
  return meetsSomeone(state, { ...order, limit: price }) ? null : price;
}

/** Whether a post-only order that is checked has to be refused. */
export function breaksPostOnly(state: NaiveState, order: NaiveOrder): boolean {
  if (order.postOnly === undefined || !meetsSomeone(state, { ...order, limit: order.price ?? null })) return false;
  return order.postOnly === "reject" || postOnlyPrice(state, order) === null;
}
