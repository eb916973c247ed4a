import type { Command, Side } from "../../src/commands.ts";
import type { AuctionResult } from "./auction-price.ts";
import { auctionResult, callOrders, takesPartAt } from "./auction-price.ts";
import { cancel, cancelLinked } from "./cancelling.ts";
import { rejection } from "./checks.ts";
import { book, feeOf, tradeValue } from "./holds.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { emit, isCall, isOwnCall, remove } from "./naive-state.ts";
import { changePhase } from "./phase-change.ts";

export function indicative(state: NaiveState): void {
  if (isCall(state.phase)) emit(state, { type: "indicative", ...auctionResult(state) });
  else emit(state, { type: "command_rejected", ...rejection("not_in_call") });
}

export function uncross(state: NaiveState, command: Extract<Command, { type: "uncross" }>): void {
  const next = command.next ?? "continuous";
  if (state.phase !== "auction") {
    emit(state, { type: "command_rejected", ...rejection("not_in_call") });
    return;
  }
  if (next === "auction" || next === "pre_open") {
    emit(state, { type: "command_rejected", ...rejection("phase_not_allowed") });
    return;
  }
  const result = auctionResult(state);
  if (next === "closing_cross" && state.reference === null && result.price === null) {
    emit(state, { type: "command_rejected", ...rejection("no_reference") });
    return;
  }
  if (command.final !== true && extend(state, result)) return;
  carryOutAuction(state, result);
  changePhase(state, next);
}

/** Whether the auction has to wait; counts it. */
function extend(state: NaiveState, { price, quantity }: AuctionResult): boolean {
  const { wideCollar, auctionCollar, maxExtensions = 1, marketOrderExtension } = state.config;
  const { reference, extensions } = state;
  const isBeyond = (collar: number | undefined): boolean =>
    collar !== undefined && price !== null && reference !== null && Math.abs(price - reference) > collar;
  if (isBeyond(wideCollar)) {
    emit(state, { type: "extended", reason: "wide_price", indicative: price });
    return true;
  }
  if (isBeyond(auctionCollar) && extensions.price < maxExtensions) {
    extensions.price += 1;
    emit(state, { type: "extended", reason: "price", indicative: price });
    return true;
  }
  const isShort = (side: Side): boolean => marketQuantity(state, side) > quantity;
  if (marketOrderExtension === true && extensions.marketOrders < maxExtensions && (isShort("buy") || isShort("sell"))) {
    extensions.marketOrders += 1;
    emit(state, { type: "extended", reason: "market_orders", indicative: price });
    return true;
  }
  return false;
}

function marketQuantity(state: NaiveState, side: Side): number {
  const orders = callOrders(state).filter((order) => order.side === side && order.kind === "market");
  return orders.reduce((sum, order) => sum + order.leaves, 0);
}

function carryOutAuction(state: NaiveState, result: AuctionResult): void {
  if (result.price === null) {
    emit(state, { type: "auction", ...result });
  } else {
    state.trades += 1;
    emit(state, { type: "auction", ...result, trade: state.trades });
    state.printed.push({
      trade: state.trades,
      price: result.price,
      quantity: result.quantity,
      auction: true,
      busted: false,
    });
    state.last = result.price;
    state.reference = result.price;
    state.tradedSince.push(result.price);
    fillSide(state, "buy", { price: result.price, quantity: result.quantity });
    fillSide(state, "sell", { price: result.price, quantity: result.quantity });
  }
  cancelUnfilled(state, "buy");
  cancelUnfilled(state, "sell");
  for (const order of callOrders(state)) order.shown = Math.min(order.display ?? order.leaves, order.leaves);
}

/** Market orders first, then better limits, then time. */
function inOrderOfFills(state: NaiveState, side: Side): NaiveOrder[] {
  const orders = callOrders(state).filter((order) => order.side === side);
  return orders.sort((a, b) => {
    if (a.limit === b.limit) return a.time - b.time;
    if (a.limit === null) return -1;
    if (b.limit === null) return 1;
    return side === "buy" ? b.limit - a.limit : a.limit - b.limit;
  });
}

function fillSide(state: NaiveState, side: Side, { price, quantity }: { price: number; quantity: number }): void {
  const { fees } = state.config;
  let left = quantity;
  for (const order of inOrderOfFills(state, side)) {
    if (left === 0) return;
    if (!state.orders.includes(order) || !takesPartAt(order, price)) continue;
    const filled = Math.min(left, order.leaves);
    left -= filled;
    order.leaves -= filled;
    order.filled += filled;
    const fee = feeOf(fees, tradeValue(state, price, filled), fees?.auctionBps ?? 0);
    emit(state, { type: "fill", order: order.order, price, quantity: filled, leaves: order.leaves, fee });
    book(state, order, { price, quantity: filled, fee });
    if (order.leaves === 0) remove(state, order);
    cancelLinked(state, order);
  }
}

/** Market orders, and orders that were for this auction alone. */
function cancelUnfilled(state: NaiveState, side: Side): void {
  for (const order of inOrderOfFills(state, side)) {
    if (order.kind === "market") cancel(state, order, "no_liquidity");
    else if (isOwnCall(state, order)) cancel(state, order, "auction_end");
  }
}
