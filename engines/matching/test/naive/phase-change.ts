import type { AuctionPurpose, Phase } from "../../src/commands.ts";
import { isOutside } from "./band-change.ts";
import { enter } from "./entering.ts";
import type { NaiveState } from "./naive-state.ts";
import { byTime, emit } from "./naive-state.ts";
import { expireDayOrders, parkLinks, parkPegs, setPhase, unparkForOwnCall } from "./phase-steps.ts";
import { bestShown } from "./prices.ts";

/** The `phase` event and the five steps after it. */
export function changePhase(state: NaiveState, phase: Phase, purpose?: AuctionPurpose): void {
  const from = state.phase;
  if (phase === "auction") {
    const given = purpose ?? "intraday";
    setPhase(state, phase, given);
    emit(state, { type: "phase", phase, purpose: given });
  } else {
    setPhase(state, phase, null);
    emit(state, { type: "phase", phase });
  }
  expireDayOrders(state);
  parkPegs(state, from);
  parkLinks(state, from);
  reopen(state);
  if (state.phase === phase) unparkForOwnCall(state);
}

/** Step 4: one after the other, unless one of them interrupts the market again. */
function reopen(state: NaiveState): void {
  while (state.phase === "continuous") {
    const order = byTime(state.orders).find(
      (each) => each.parkedFor === "link" || (each.parkedFor === "band" && !isOutside(state, each)),
    );
    if (order === undefined) return;
    emit(state, { type: "unparked", order: order.order });
    order.parkedFor = null;
    enter(state, order);
  }
}

/** Best buy at or above best sell. */
export function isCrossed(state: NaiveState): boolean {
  const buy = bestShown(state, "buy");
  const sell = bestShown(state, "sell");
  return buy !== null && sell !== null && buy >= sell;
}

export function holdsMarketOrder(state: NaiveState): boolean {
  return state.orders.some((order) => order.kind === "market" && order.place === "resting");
}
