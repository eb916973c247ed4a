import type { Command } from "../../src/commands.ts";
import { cancel } from "./cancelling.ts";
import { findBound, firstRejection, rejection, rejectionOfRequest } from "./checks.ts";
import { enter } from "./entering.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { emit, newTime, remove } from "./naive-state.ts";
import { isResting } from "./phase-steps.ts";

type Amend = Extract<Command, { type: "amend" }>;
type Replace = Extract<Command, { type: "replace" }>;

/** The live order of that number and account. */
export function findOrder(state: NaiveState, asked: { order: number; account: number }): NaiveOrder | undefined {
  return state.orders.find((order) => order.order === asked.order && order.account === asked.account);
}

export function amend(state: NaiveState, command: Amend): void {
  const old = findOrder(state, command);
  if (old === undefined) {
    emit(state, { type: "amend_rejected", order: command.order, ...rejection("unknown_order") });
    return;
  }
  const order: NaiveOrder = {
    ...old,
    price: command.price ?? old.price,
    stopPrice: command.stopPrice ?? old.stopPrice,
    display: command.display ?? old.display,
    leaves: command.quantity === undefined ? old.leaves : command.quantity - old.filled,
  };
  findBound(state, order);
  const draft = { state, order, as: "amend", old } as const;
  const isFilled = order.leaves <= 0;
  const refused = isFilled ? rejectionOfRequest(draft) : firstRejection(draft);
  if (refused !== null) {
    emit(state, { type: "amend_rejected", order: old.order, ...refused });
    return;
  }
  if (isFilled) cancel(state, old, "amend");
  else carryOutAmendment(state, old, order);
}

function carryOutAmendment(state: NaiveState, old: NaiveOrder, amended: NaiveOrder): void {
  const keptPriority = keepsPriority(old, amended);
  const shownBefore = old.display === undefined ? amended.leaves : old.shown;
  old.price = amended.price;
  old.stopPrice = amended.stopPrice;
  old.display = amended.display;
  old.leaves = amended.leaves;
  old.bound = amended.bound;
  emit(state, { type: "amended", order: old.order, keptPriority });
  if (isResting(old) && keptPriority) {
    old.shown = Math.min(shownBefore, old.leaves, old.display ?? old.leaves);
  } else if (isResting(old)) {
    enter(state, old);
  } else if (!keptPriority) {
    newTime(state, old);
  }
}

function keepsPriority(old: NaiveOrder, amended: NaiveOrder): boolean {
  if (old.allOrNone || old.price !== amended.price || old.stopPrice !== amended.stopPrice) return false;
  const shows = (order: NaiveOrder): number => order.display ?? Number.POSITIVE_INFINITY;
  return amended.leaves <= old.leaves && shows(amended) <= shows(old);
}

export function replace(state: NaiveState, command: Replace): void {
  const old = findOrder(state, command);
  if (old === undefined) {
    emit(state, { type: "amend_rejected", order: command.order, ...rejection("unknown_order") });
    return;
  }
  const order: NaiveOrder = {
    ...old,
    order: command.newOrder,
    price: command.price ?? old.price,
    leaves: command.quantity,
    filled: 0,
    shown: 0,
    limit: null,
    place: "entering",
    parkedFor: null,
    extreme: state.last,
  };
  findBound(state, order);
  const refused = firstRejection({ state, order, as: "replace", old });
  if (refused !== null) {
    emit(state, { type: "amend_rejected", order: old.order, ...refused });
    return;
  }
  emit(state, { type: "replaced", order: old.order, newOrder: order.order });
  remove(state, old);
  state.orders.push(order);
  enter(state, order);
}
