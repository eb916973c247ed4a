import type { Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import { quantityText } from "../quantities/exact-text.ts";
import { unity } from "../quantities/ratio.ts";
import type { PriceMode } from "./price-book.ts";
import type { LockedPrice } from "./price-question.ts";

/** One of the offers that a vendor made for a line of a quote. */
export type QuotedTier = {
  readonly quantity: bigint;
  readonly unitPrice: bigint;
  readonly priceBaseQuantity: bigint;
  /** Whether more than the quantity may be had at the price. */
  readonly allowsMore: boolean;
};

/** A line of one version of a quote, which never changes. */
export type QuotedLine = {
  readonly reference: string;
  readonly currency: string;
  readonly unit: string;
  readonly priceMode: PriceMode;
  readonly tiers: readonly QuotedTier[];
  /** The instant from which on it cannot be accepted any more. */
  readonly validUntil: Micros;
};

export type QuotedAnswer =
  | { readonly kind: "locked"; readonly price: LockedPrice }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** The price of an accepted quantity, in the quote's own unit, locked; whatever lists and promotions say by now. */
export function lockQuoted(line: QuotedLine, quantity: bigint, at: Micros): QuotedAnswer {
  const { reference, currency, unit, priceMode, tiers, validUntil } = line;
  if (at >= validUntil) {
    return { kind: "rejected", rejection: { code: "quote_expired", at: instantOfMicros(validUntil) } };
  }
  const tier = tiers.reduce<QuotedTier | null>((best, each) => {
    const fits = each.quantity === quantity || (each.allowsMore && each.quantity < quantity);
    return fits && (best === null || goesBefore(each, best)) ? each : best;
  }, null);
  if (tier === null) return { kind: "rejected", rejection: notOffered(line, quantity) };
  const basis = { priceBaseQuantity: tier.priceBaseQuantity, unit, ratio: unity };
  const { unitPrice } = tier;
  return { kind: "locked", price: { source: "quote", reference, currency, unitPrice, priceMode, basis } };
}

/** The greater quantity, of equal ones the lower price. */
function goesBefore(a: QuotedTier, b: QuotedTier): boolean {
  if (a.quantity !== b.quantity) return a.quantity > b.quantity;
  return a.unitPrice * b.priceBaseQuantity < b.unitPrice * a.priceBaseQuantity;
}

function notOffered({ unit, tiers }: QuotedLine, quantity: bigint): CatalogRejection {
  const offered = tiers.map((tier) => tier.quantity).sort((a, b) => (a < b ? -1 : 1));
  const below = offered.findLast((each) => each < quantity);
  const above = offered.find((each) => each > quantity);
  const text = (value: bigint | undefined): string | null => (value === undefined ? null : quantityText(value));
  return { code: "quote_quantity_not_offered", unit, neighbours: { below: text(below), above: text(above) } };
}
