import type { Side } from "../../src/commands.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { farEnd } from "./prices.ts";

export type AuctionResult = {
  readonly price: number | null;
  readonly quantity: number;
  readonly surplus: number;
  readonly surplusSide: Side | null;
};

type Candidate = { readonly price: number; readonly volume: number; readonly difference: number };

/** All that rests but for all-or-none orders, with its whole quantity. */
export function callOrders(state: NaiveState): NaiveOrder[] {
  return state.orders.filter((order) => order.place === "resting");
}

/** Whether an order would trade in an auction at this price. */
export function takesPartAt(order: NaiveOrder, price: number): boolean {
  if (order.limit === null) return true;
  return order.side === "buy" ? order.limit >= price : order.limit <= price;
}

function candidateAt(orders: readonly NaiveOrder[], price: number): Candidate {
  const total = (side: Side): number =>
    orders.reduce((sum, order) => (order.side === side && takesPartAt(order, price) ? sum + order.leaves : sum), 0);
  const buys = total("buy");
  const sells = total("sell");
  return { price, volume: Math.min(buys, sells), difference: buys - sells };
}

/** The price at which an auction would trade now, with its volume and surplus. */
export function auctionResult(state: NaiveState): AuctionResult {
  const orders = callOrders(state);
  const price = auctionPrice(state, orders);
  if (price === null) return { price: null, quantity: 0, surplus: 0, surplusSide: null };
  const { volume, difference } = candidateAt(orders, price);
  let surplusSide: Side | null = null;
  if (difference !== 0) surplusSide = difference > 0 ? "buy" : "sell";
  return { price, quantity: volume, surplus: Math.abs(difference), surplusSide };
}

function auctionPrice(state: NaiveState, orders: readonly NaiveOrder[]): number | null {
  const limits = orders.map((order) => order.limit).filter((limit) => limit !== null);
  if (limits.length === 0) {
    const { reference } = state;
    if (reference === null || candidateAt(orders, reference).volume === 0) return null;
    return farEnd(state, "sell") <= reference && reference <= farEnd(state, "buy") ? reference : null;
  }
  const candidates = [...new Set(limits)].sort((a, b) => a - b).map((limit) => candidateAt(orders, limit));
  const volume = Math.max(...candidates.map((candidate) => candidate.volume));
  if (volume === 0) return null;
  const most = candidates.filter((candidate) => candidate.volume === volume);
  const least = Math.min(...most.map((candidate) => Math.abs(candidate.difference)));
  return chosen(
    state,
    most.filter((candidate) => Math.abs(candidate.difference) === least),
  );
}

/** Of those left after the highest volume and the smallest surplus, in order of price. */
function chosen(state: NaiveState, left: readonly Candidate[]): number {
  const prices = left.map((candidate) => candidate.price);
  const lowest = Math.min(...prices);
  const highest = Math.max(...prices);
  if (left.every((candidate) => candidate.difference > 0)) return pressed(state, highest, { lowest, highest });
  if (left.every((candidate) => candidate.difference < 0)) return pressed(state, lowest, { lowest, highest });
  if (left.every((candidate) => candidate.difference === 0)) return inInterval(state, lowest, highest);
  const withBuys = left.filter((candidate) => candidate.difference > 0).map((candidate) => candidate.price);
  const withSells = left.filter((candidate) => candidate.difference < 0).map((candidate) => candidate.price);
  return inInterval(state, Math.max(...withBuys), Math.min(...withSells));
}

/** Market pressure pushes the price to one end, but not further from the reference than is configured. */
function pressed(state: NaiveState, price: number, left: { lowest: number; highest: number }): number {
  const { reference } = state;
  const { pressureBoundBps } = state.config;
  if (pressureBoundBps === undefined || reference === null) return price;
  const bound = Math.floor((reference * pressureBoundBps) / 10_000);
  const bounded = Math.max(reference - bound, Math.min(reference + bound, price));
  return Math.max(left.lowest, Math.min(left.highest, bounded));
}

function inInterval({ reference }: NaiveState, lower: number, upper: number): number {
  if (reference === null) return Math.floor((lower + upper) / 2);
  if (reference <= lower) return lower;
  return reference >= upper ? upper : reference;
}
