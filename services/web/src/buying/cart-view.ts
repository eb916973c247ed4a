import type { CartLineRecord, CartOrderRecord, CartRecord } from "@kontor/protocol";
import { sumOf } from "../catalogue/decimal-text.ts";

export type CartOrder = { readonly order: CartOrderRecord; readonly lines: readonly CartLineRecord[] };

/** The cart as it will be ordered: one order per vendor with its lines. */
export type CartView = {
  readonly orders: readonly CartOrder[];
  /** Lines that no order has, because they cannot be priced. */
  readonly loose: readonly CartLineRecord[];
  readonly totals: readonly { readonly currency: string; readonly total: string }[];
  /** Lines whose price is another than when they were put in. */
  readonly changed: readonly CartLineRecord[];
  /** How many things stand in the way, but for prices that only want consent. */
  readonly blocks: number;
};

export function cartView({ lines, orders }: CartRecord): CartView {
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  const shown = orders.map((order) => ({ order, lines: order.lineIds.flatMap((id) => byId.get(id) ?? []) }));
  const held = new Set(orders.flatMap(({ lineIds }) => lineIds));
  const currencies = [...new Set(orders.map(({ currency }) => currency))];
  const faults = [...lines.flatMap((line) => line.faults), ...orders.flatMap((order) => order.faults)];
  return {
    orders: shown,
    loose: lines.filter(({ lineId }) => !held.has(lineId)),
    totals: currencies.map((currency) => ({
      currency,
      total: sumOf(orders.filter((order) => order.currency === currency).map(({ total }) => total)),
    })),
    changed: lines.filter(({ before, price }) => before !== undefined && price !== undefined),
    blocks: faults.filter(({ code }) => code !== "price_changed").length,
  };
}

/** Consent to the changed prices that a person has seen and ticked. */
export function consentsTo(view: CartView, agreed: ReadonlySet<string>) {
  return view.changed.flatMap(({ lineId, price }) =>
    price !== undefined && agreed.has(lineId) ? [{ lineId, unitPrice: price.unitPrice }] : [],
  );
}
