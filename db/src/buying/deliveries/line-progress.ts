import type { LineProgress } from "@kontor/catalog";
import type { LineDelivery } from "@kontor/protocol";
import { millionthsText } from "../../catalog/millionths.ts";
import type { SeenPriceRow } from "../../schema/catalog-buying.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { seenPriceOf } from "../carts/seen-price.ts";
import type { OrderLineRow } from "../orders/order-reads.ts";

/** Lines that were bought, also those of which nothing is left. */
export const bought = (lines: readonly OrderLineRow[]): readonly OrderLineRow[] =>
  lines.filter(({ state, cancelled }) => state === "confirmed" || cancelled > 0n);

export function progressOf(line: OrderLineRow): LineProgress {
  const { quantity, cancelled, shipped, received, damaged, missing, returned } = line;
  return { quantity, cancelled, shipped, received, damaged, missing, returned };
}

export function deliveryOf({ openOf }: Pick<BuyingEngine, "openOf">, line: OrderLineRow): LineDelivery {
  const { quantity: _, ...counts } = progressOf(line);
  const texts = Object.entries({ open: openOf(progressOf(line)), ...counts }).map(([name, value]) => {
    return [name, millionthsText(value)];
  });
  return Object.fromEntries(texts);
}

/** At what a line was frozen, as the engine takes it. */
export function frozenPriceOf({ frozen }: OrderLineRow) {
  const { unitPrice, basis, priceMode } = seenPriceOf(frozen["price"] as SeenPriceRow);
  const taxPercent = BigInt((frozen["tax"] as { readonly percent: string }).percent);
  return { unitPrice, basis, priceMode, taxPercent };
}

/** So much of a line in the stock's unit, a started one counted whole. */
export function inStockUnit({ frozen }: OrderLineRow, quantity: bigint): bigint {
  const whole = BigInt((frozen["baseQuantity"] as string | null) ?? "0");
  const ordered = BigInt((frozen["ordered"] as { readonly quantity: string }).quantity);
  return (whole * quantity + ordered - 1n) / ordered;
}
