import type { Side } from "../../src/commands.ts";
import { carryOut } from "./entering.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { byTime, emit, opposite } from "./naive-state.ts";
import { park } from "./phase-steps.ts";
import { best, farEnd, roundedPrice } from "./prices.ts";

/** The first peg by time that is not where it should be, and where that is: null for nowhere. */
export function nextPeg(state: NaiveState): { order: NaiveOrder; aim: number | null } | undefined {
  for (const order of byTime(state.orders.filter(isMovable))) {
    const aim = aimOf(state, order);
    const at = order.place === "resting" ? order.limit : null;
    if (aim !== at) return { order, aim };
  }
  return undefined;
}

function isMovable(order: NaiveOrder): boolean {
  return order.kind === "pegged" && (order.place === "resting" || order.parkedFor === "peg");
}

export function movePeg(state: NaiveState, order: NaiveOrder, aim: number | null): void {
  if (aim === null) return park(state, order, "peg");
  order.limit = aim;
  emit(state, { type: "repriced", order: order.order, price: aim });
  carryOut(state, order);
}

/** Of what is visible and not a peg itself. */
function bestFirm(state: NaiveState, side: Side): number | null {
  const prices: number[] = [];
  for (const order of state.orders) {
    if (order.side !== side || order.place !== "resting" || order.kind === "pegged") continue;
    if (order.limit !== null) prices.push(order.limit);
  }
  return best(side, prices);
}

function referenceOf(state: NaiveState, order: NaiveOrder): number | null {
  const own = bestFirm(state, order.side);
  const other = bestFirm(state, opposite(order.side));
  if (order.peg?.reference === "primary") return own;
  if (order.peg?.reference === "market") return other;
  if (own === null || other === null) return null;
  return order.side === "buy" ? Math.floor((own + other) / 2) : Math.ceil((own + other) / 2);
}

function aimOf(state: NaiveState, order: NaiveOrder): number | null {
  const reference = referenceOf(state, order);
  if (reference === null) return null;
  const wanted = reference + (order.peg?.offset ?? 0);
  const onStep = roundedPrice(state.config, wanted, order.side === "buy" ? "down" : "up");
  const inside = Math.max(farEnd(state, "sell"), Math.min(farEnd(state, "buy"), onStep));
  // What a buy holds by is its cap where it has one.
  return order.side === "buy" ? Math.min(inside, order.bound) : Math.max(inside, order.price ?? inside);
}
