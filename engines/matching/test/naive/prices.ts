import type { Side } from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { isStop } from "./naive-state.ts";

type Range = { readonly from: number; readonly step: number };

function rangeOf(config: BookConfig, price: number): Range {
  const ranges: readonly Range[] = config.priceSteps ?? [{ from: 1, step: 1 }];
  const below = ranges.filter((range) => range.from <= price);
  return below.at(-1) ?? ranges[0] ?? { from: 1, step: 1 };
}

export function isOnStep(config: BookConfig, price: number): boolean {
  return price % rangeOf(config, price).step === 0;
}

/** The nearest lower multiple of the step of its range, at least the range's own first. */
export function lowerMultiple(config: BookConfig, price: number): number {
  const { from, step } = rangeOf(config, price);
  const first = Math.ceil(from / step) * step;
  return Math.max(first, Math.floor(price / step) * step);
}

/** The next valid price from here on, going down or up. */
export function roundedPrice(config: BookConfig, price: number, direction: "down" | "up"): number {
  let rounded = price;
  while (rounded > 0 && !isOnStep(config, rounded)) rounded += direction === "down" ? -1 : 1;
  return rounded;
}

/** The highest price a buy may reach, the lowest of a sell: end of the entry band, or of all prices. */
export function farEnd(state: NaiveState, side: Side): number {
  const { minPrice, maxPrice } = state.config;
  const { entry } = state.bands;
  if (side === "buy") return entry === undefined ? maxPrice : Math.min(maxPrice, entry.high);
  return entry === undefined ? minPrice : Math.max(minPrice, entry.low);
}

export function isInEntryBand(state: NaiveState, price: number): boolean {
  const { entry } = state.bands;
  return entry === undefined || (entry.low <= price && price <= entry.high);
}

/** Whether the first price is as good as the limit or better, for an order of this side that would trade at it. */
export function isWithin(side: Side, price: number, limit: number): boolean {
  return side === "buy" ? price <= limit : price >= limit;
}

/** The prices at which the side's orders are shown, in no order. */
function shownPrices(state: NaiveState, side: Side): number[] {
  const prices: number[] = [];
  for (const order of state.orders) {
    if (order.side === side && order.place === "resting" && order.limit !== null) prices.push(order.limit);
  }
  return prices;
}

export function best(side: Side, prices: readonly number[]): number | null {
  if (prices.length === 0) return null;
  return side === "buy" ? Math.max(...prices) : Math.min(...prices);
}

export function bestShown(state: NaiveState, side: Side): number | null {
  return best(side, shownPrices(state, side));
}

/** The one price of the closing cross; null in other phases. */
export function closingPrice(state: NaiveState): number | null {
  return state.phase === "closing_cross" ? state.reference : null;
}

/** How far a market order goes that enters now. */
export function effectiveLimit(state: NaiveState, side: Side): number {
  const closing = closingPrice(state);
  if (closing !== null) return closing;
  const end = farEnd(state, side);
  const { marketProtection } = state.config;
  const other = bestShown(state, side === "buy" ? "sell" : "buy");
  if (marketProtection === undefined || other === null) return end;
  return side === "buy" ? Math.min(end, other + marketProtection) : Math.max(end, other - marketProtection);
}

/** The price that the hold of an order is reckoned with when it is found now: b in "Holds". */
export function boundOf(state: NaiveState, order: NaiveOrder): number {
  if (order.kind === "market") return order.limit ?? farEnd(state, order.side);
  if (order.kind === "pegged") return order.price ?? farEnd(state, order.side);
  if (isStop(order) && order.kind !== "stop_limit") return farEnd(state, order.side);
  return order.price ?? farEnd(state, order.side);
}
