import type { Fees } from "../../src/config.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";

/** Fee of one fill in minor units: half up, at least the minimum where the rate is above zero. */
export function feeOf(fees: Fees | undefined, value: number, bps: number): number {
  if (fees === undefined) return 0;
  const scaled = BigInt(value) * BigInt(bps) + 5_000n;
  const rest = ((scaled % 10_000n) + 10_000n) % 10_000n;
  const fee = Number((scaled - rest) / 10_000n);
  return bps > 0 ? Math.max(fee, fees.minimum) : fee;
}

export function tradeValue(state: NaiveState, price: number, quantity: number): number {
  return price * quantity * state.config.tickValue;
}

/** What one unit of a buy order holds: its price and the most that a fee can be. */
function holdPerUnit(state: NaiveState, order: NaiveOrder): number {
  const unit = tradeValue(state, order.bound, 1);
  const { fees } = state.config;
  if (fees === undefined) return unit;
  const worst = Math.max(fees.makerBps, fees.takerBps, fees.auctionBps);
  if (worst <= 0) return unit;
  const fee = Number((BigInt(unit) * BigInt(worst) + 9_999n) / 10_000n);
  return unit + Math.max(fees.minimum, fee);
}

/** Money of a buy order, goods of a sell order. */
export function holdOf(state: NaiveState, order: NaiveOrder): number {
  return order.side === "sell" ? order.leaves : order.leaves * holdPerUnit(state, order);
}

type Held = { cashHeld: number; goodsHeld: number };

export function heldOf(state: NaiveState, account: number): Held {
  const held = { cashHeld: 0, goodsHeld: 0 };
  for (const order of state.orders) {
    if (order.account !== account) continue;
    if (order.side === "buy") held.cashHeld += holdOf(state, order);
    else held.goodsHeld += holdOf(state, order);
  }
  return held;
}

/** What one side of a fill does to its account's allocation. */
export function book(
  state: NaiveState,
  order: NaiveOrder,
  fill: { price: number; quantity: number; fee: number },
): void {
  const allocation = state.accounts.get(order.account);
  if (allocation === undefined) return;
  const value = tradeValue(state, fill.price, fill.quantity);
  if (order.side === "buy") {
    allocation.cash -= value + fill.fee;
    allocation.goods += fill.quantity;
  } else {
    allocation.cash += value - fill.fee;
    allocation.goods -= fill.quantity;
  }
}
