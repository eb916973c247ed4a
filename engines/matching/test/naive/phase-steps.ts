import type { AuctionPurpose, Phase } from "../../src/commands.ts";
import { cancel, cancelAll } from "./cancelling.ts";
import type { Interruption } from "./matching.ts";
import type { NaiveOrder, NaiveState, ParkedFor } from "./naive-state.ts";
import { byTime, emit, isCall, isLive, isOwnCall, newTime } from "./naive-state.ts";

/** The order stands where it is, at its limit if it has one, and shows what it shows of itself. */
export function rest(order: NaiveOrder): void {
  order.place = order.allOrNone ? "apart" : "resting";
  order.parkedFor = null;
  order.shown = Math.min(order.display ?? order.leaves, order.leaves);
  if (order.kind === "market") order.limit = null;
  if (order.kind === "limit") order.limit = order.price ?? null;
}

/** Says `parked` also where it was parked before: callers decide. */
export function park(state: NaiveState, order: NaiveOrder, parkedFor: ParkedFor): void {
  order.place = "parked";
  order.parkedFor = parkedFor;
  order.shown = 0;
  order.limit = null;
  emit(state, { type: "parked", order: order.order });
}

export function isResting(order: NaiveOrder): boolean {
  return order.place === "resting" || order.place === "apart";
}

/** Step 1 of a phase change. */
export function expireDayOrders(state: NaiveState): void {
  if (state.phase !== "closed") return;
  const ending = state.orders.filter((order) => order.tif !== "gtc" && order.tif !== "gtd");
  cancelAll(state, ending, "expired");
  state.tripped = 0;
}

/** Step 2. */
export function parkPegs(state: NaiveState, from: Phase): void {
  if (from !== "continuous" || state.phase === "continuous") return;
  for (const order of byTime(state.orders)) {
    if (order.kind === "pegged" && isResting(order)) park(state, order, "peg");
  }
}

/** Whether another order of its link takes part in the call that stands. */
export function hasMateInCall(state: NaiveState, order: NaiveOrder): boolean {
  if (order.link === undefined || order.allOrNone) return false;
  return state.orders.some((mate) => mate !== order && mate.link === order.link && mate.place === "resting");
}

/** Step 3. */
export function parkLinks(state: NaiveState, from: Phase): void {
  if (!isCall(state.phase) || isCall(from)) return;
  const seen = new Set<number>();
  for (const order of byTime(state.orders)) {
    if (order.link === undefined || order.place !== "resting") continue;
    if (seen.has(order.link)) park(state, order, "link");
    seen.add(order.link);
  }
}

/** Step 5. */
export function unparkForOwnCall(state: NaiveState): void {
  if (!isCall(state.phase)) return;
  for (const order of byTime(state.orders)) {
    if (order.parkedFor !== "call" || !isOwnCall(state, order) || hasMateInCall(state, order)) continue;
    emit(state, { type: "unparked", order: order.order });
    newTime(state, order);
    rest(order);
  }
}

/** Sets the phase without an event; a call that begins has had no extension. */
export function setPhase(state: NaiveState, phase: Phase, purpose: AuctionPurpose | null): void {
  state.phase = phase;
  state.purpose = purpose;
  state.extensions = { price: 0, marketOrders: 0 };
}

/** A trade would have been outside: the phase changes in the middle of matching. */
export function interrupt(state: NaiveState, taker: NaiveOrder, interruption: Interruption): void {
  const from = state.phase;
  if (interruption.reason === "volatility") {
    setPhase(state, "auction", "volatility");
    emit(state, { type: "phase", phase: "auction", purpose: "volatility", reason: "volatility" });
  } else {
    setPhase(state, "halt", null);
    state.tripped += 1;
    const resumesAt = state.at + interruption.pause;
    emit(state, { type: "phase", phase: "halt", reason: "circuit_breaker", resumesAt });
  }
  if (isLive(state, taker)) {
    const isOver = taker.kind === "market" || taker.tif === "ioc" || taker.tif === "fok";
    if (isOver) cancel(state, taker, "interruption");
    else rest(taker);
  }
  parkPegs(state, from);
  parkLinks(state, from);
  unparkForOwnCall(state);
}
