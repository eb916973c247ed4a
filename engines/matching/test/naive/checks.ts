import type { Rejection } from "../../src/events.ts";
import type { RejectionCode } from "../../src/rejections.ts";
import { amendmentOffender, combinationOffender } from "./combinations.ts";
import { breaksPostOnly, destination } from "./entering.ts";
import { heldOf, holdOf, tradeValue } from "./holds.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { isCall, isForAuction, isStop, opposite } from "./naive-state.ts";
import { isResting } from "./phase-steps.ts";
import { bestShown, boundOf, effectiveLimit, isInEntryBand, isOnStep, lowerMultiple } from "./prices.ts";

/** What is to be checked: an order as it would be. */
type Draft = {
  readonly state: NaiveState;
  readonly order: NaiveOrder;
  readonly as: "new" | "amend" | "replace";
  /** The order that it is made of, with `amend` and `replace`. */
  readonly old: NaiveOrder | null;
};

type Check = (draft: Draft) => Rejection | null;

export function rejection(code: RejectionCode, about: { limit?: number | null; field?: string } = {}): Rejection {
  const { limit, field } = about;
  return {
    code,
    ...(limit === undefined || limit === null ? {} : { limit }),
    ...(field === undefined ? {} : { field }),
  };
}

/** The first reason not to take the order, by precedence. */
export function firstRejection(draft: Draft): Rejection | null {
  return firstOf(checks, draft);
}

/** The same of number, account, phase and members alone. */
export function rejectionOfRequest(draft: Draft): Rejection | null {
  return firstOf(checksOfRequest, draft);
}

function firstOf(of: readonly Check[], draft: Draft): Rejection | null {
  for (const check of of) {
    const rejected = check(draft);
    if (rejected !== null) return rejected;
  }
  return null;
}

/** Refused by the phase whatever else the order says. */
function phaseRefuses({ state, order, as }: Draft): boolean {
  const { phase } = state;
  if (phase === "cancel_only" || phase === "closed") return true;
  if (phase === "closing_cross") return isStop(order) || order.kind === "pegged";
  if (phase !== "halt") return false;
  if (as !== "new" || order.kind === "pegged" || order.postOnly !== undefined || order.allOrNone) return true;
  return !isStop(order) && !isForAuction(order);
}

/** Filled and leaves. */
function quantityOf(order: NaiveOrder): number {
  return order.filled + order.leaves;
}

/** The other live orders, as if the one that is amended or replaced were not there. */
function others({ state, old }: Draft): NaiveOrder[] {
  return state.orders.filter((order) => order !== old);
}

function willRestInCall({ state, order, as, old }: Draft): boolean {
  if (!isCall(state.phase) || order.allOrNone) return false;
  if (as === "amend") return old !== null && isResting(old);
  return destination(state, order) === "rests";
}

const isDuplicate: Check = ({ state, order, as }) =>
  as !== "amend" && state.orders.some((other) => other.order === order.order) ? rejection("duplicate_order") : null;

const isBlocked: Check = ({ state, order }) => (state.blocked.has(order.account) ? rejection("account_blocked") : null);

const isClosedToOrders: Check = (draft) => (phaseRefuses(draft) ? rejection("phase_closed_to_orders") : null);

const hasOffender: Check = ({ order, as }) => {
  const field = as === "amend" ? amendmentOffender(order) : combinationOffender(order);
  return field === null ? null : rejection("combination_not_allowed", { field });
};

const isKeptOutByPhase: Check = ({ state, order }) => {
  const isImmediate = !isStop(order) && (order.tif === "ioc" || order.tif === "fok");
  if (isImmediate && isCall(state.phase)) return rejection("tif_not_allowed_in_phase");
  if (state.phase === "continuous") return null;
  if (order.postOnly !== undefined) return rejection("post_only_not_allowed_in_phase");
  return order.allOrNone ? rejection("all_or_none_not_allowed_in_phase") : null;
};

const isExpired: Check = ({ state, order, as }) =>
  as !== "amend" && order.expiresAt !== undefined && order.expiresAt <= state.at
    ? rejection("expiry_passed", { limit: state.at + 1 })
    : null;

const isOffQuantityStep: Check = ({ state, order }) => {
  const step = state.config.quantityStep ?? 1;
  const members = { quantity: quantityOf(order), display: order.display, minimum: order.minimum };
  for (const [field, quantity] of Object.entries(members)) {
    if (quantity === undefined || quantity % step === 0) continue;
    return rejection("quantity_off_step", { limit: Math.max(step, Math.floor(quantity / step) * step), field });
  }
  return null;
};

const isTooSmall: Check = ({ state, order }) => {
  const { minQuantity = 1, minDisplay = 1 } = state.config;
  if (quantityOf(order) < minQuantity)
    return rejection("quantity_too_small", { limit: minQuantity, field: "quantity" });
  if (order.minimum !== undefined && order.minimum < 1) {
    return rejection("quantity_too_small", { limit: 1, field: "minimum" });
  }
  if (order.display === undefined || order.display >= minDisplay) return null;
  return rejection("quantity_too_small", { limit: minDisplay, field: "display" });
};

const isTooLarge: Check = ({ state, order }) => {
  const quantity = quantityOf(order);
  const { maxQuantity } = state.config;
  if (quantity > maxQuantity) return rejection("quantity_too_large", { limit: maxQuantity, field: "quantity" });
  if ((order.display ?? 0) > quantity) return rejection("quantity_too_large", { limit: quantity, field: "display" });
  if ((order.minimum ?? 0) > quantity) return rejection("quantity_too_large", { limit: quantity, field: "minimum" });
  return null;
};

/** Steps, then the range of all prices; of a correction also. */
export function priceRejection(
  state: NaiveState,
  prices: Readonly<Record<string, number | undefined>>,
): Rejection | null {
  const { minPrice, maxPrice } = state.config;
  for (const [field, price] of Object.entries(prices)) {
    if (price === undefined || isOnStep(state.config, price)) continue;
    return rejection("price_off_step", { limit: lowerMultiple(state.config, price), field });
  }
  for (const [field, price] of Object.entries(prices)) {
    if (price === undefined || (minPrice <= price && price <= maxPrice)) continue;
    return rejection("price_out_of_range", { limit: price < minPrice ? minPrice : maxPrice, field });
  }
  return null;
}

const hasWrongPrice: Check = ({ state, order }) =>
  priceRejection(state, { price: order.price, stopPrice: order.stopPrice });

const isOutsideBand: Check = ({ state, order }) => {
  const { entry } = state.bands;
  if (order.price === undefined || entry === undefined || isInEntryBand(state, order.price)) return null;
  return rejection("price_outside_band", { limit: order.price < entry.low ? entry.low : entry.high });
};

const isNotClosingPrice: Check = ({ state, order }) =>
  state.phase === "closing_cross" && order.kind === "limit" && order.price !== state.reference
    ? rejection("price_not_closing_price", { limit: state.reference })
    : null;

const isWorthTooMuch: Check = ({ state, order }) => {
  const { maxValue } = state.config;
  if (maxValue === undefined || tradeValue(state, order.bound, quantityOf(order)) <= maxValue) return null;
  return rejection("value_too_large", { limit: maxValue });
};

const isTriggeredAlready: Check = ({ state, order, as }) => {
  if (state.config.stopAtEntry !== "reject" || as === "amend") return null;
  const { last } = state;
  if (last === null || order.stopPrice === undefined) return null;
  const isTrue = order.side === "buy" ? last >= order.stopPrice : last <= order.stopPrice;
  return isTrue ? rejection("stop_already_triggered", { limit: last }) : null;
};

const isLinkedWrongly: Check = (draft) => {
  const { last } = draft.state;
  const { link, side } = draft.order;
  if (link === undefined || last === null) return null;
  for (const mate of others(draft)) {
    if (mate.link !== link || mate.side !== side) continue;
    const limit = [mate, draft.order].find((order) => order.kind === "limit")?.price;
    const stop = [mate, draft.order].find(isStop)?.stopPrice;
    if (limit === undefined || stop === undefined) continue;
    const liesAround = side === "buy" ? limit < last && last < stop : stop < last && last < limit;
    if (!liesAround) return rejection("linked_prices_invalid", { limit: last });
  }
  return null;
};

const isSecondOfLink: Check = (draft) => {
  const { link } = draft.order;
  if (link === undefined || !willRestInCall(draft)) return null;
  return others(draft).some((mate) => mate.link === link && mate.place === "resting")
    ? rejection("link_in_call")
    : null;
};

const passesCallLimits: Check = (draft) => {
  const { callLimits } = draft.state.config;
  if (callLimits === undefined || draft.as === "amend" || !willRestInCall(draft)) return null;
  const inCall = others(draft).filter((order) => order.place === "resting");
  const resting = inCall.filter((order) => order.account === draft.order.account);
  if (resting.length + 1 > callLimits.orders) return rejection("call_orders_exceeded", { limit: callLimits.orders });
  const leaves = resting.reduce((sum, order) => sum + order.leaves, draft.order.leaves);
  return leaves > callLimits.quantity ? rejection("call_quantity_exceeded", { limit: callLimits.quantity }) : null;
};

const wouldTradeThoughPostOnly: Check = ({ state, order }) => {
  if (state.phase !== "continuous" || !breaksPostOnly(state, order)) return null;
  return rejection("post_only_would_trade", { limit: bestOppositeOf(state, order) });
};

const isNotCovered: Check = ({ state, order, old, as }) => {
  const none = state.config.requiresAllocation === true ? { cash: 0, goods: 0 } : undefined;
  const allocation = state.accounts.get(order.account) ?? none;
  if (allocation === undefined) return null;
  const { cashHeld, goodsHeld } = heldOf(state, order.account);
  const available = order.side === "buy" ? allocation.cash - cashHeld : allocation.goods - goodsHeld;
  const given = old === null ? 0 : holdOf(state, old);
  const needed = holdOf(state, order) - given;
  if (needed <= 0 || needed <= available) return null;
  const limit = as === "replace" ? available + given : available;
  return rejection(order.side === "buy" ? "insufficient_funds" : "insufficient_goods", { limit });
};

function bestOppositeOf(state: NaiveState, order: NaiveOrder): number | null {
  return bestShown(state, opposite(order.side));
}

/** Finds what the order holds by: a market order that does not trade yet has no limit. */
export function findBound(state: NaiveState, order: NaiveOrder): void {
  const enters = order.place === "entering" && destination(state, order) === "matches";
  const trades = enters && order.kind === "market";
  order.bound = trades ? effectiveLimit(state, order.side) : boundOf(state, order);
}

const checksOfRequest: readonly Check[] = [isDuplicate, isBlocked, isClosedToOrders, hasOffender];

const checks: readonly Check[] = [
  ...checksOfRequest,
  isKeptOutByPhase,
  isExpired,
  isOffQuantityStep,
  isTooSmall,
  isTooLarge,
  hasWrongPrice,
  isOutsideBand,
  isNotClosingPrice,
  isWorthTooMuch,
  isTriggeredAlready,
  isLinkedWrongly,
  isSecondOfLink,
  passesCallLimits,
  wouldTradeThoughPostOnly,
  isNotCovered,
];
