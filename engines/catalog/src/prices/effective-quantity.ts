import type { Ratio } from "../quantities/ratio.ts";
import { add, multiply, whole } from "../quantities/ratio.ts";
import { ratioBetween } from "../quantities/units.ts";
import type { PriceBook, PricedOffer, TierScope } from "./price-book.ts";
import type { OrderedQuantity, PriceQuestion } from "./price-question.ts";

/** One question with its offer and book, as the rules below it want them. */
export type Inquiry = {
  readonly question: PriceQuestion;
  readonly offer: PricedOffer;
  readonly book: PriceBook;
  /** Effective quantities that were counted already: many lists ask for the same few. */
  readonly counted: Map<string, Ratio | null>;
};

export function inquiryOf(question: PriceQuestion, offer: PricedOffer, book: PriceBook): Inquiry {
  return { question, offer, book, counted: new Map() };
}

/**
 * The quantity that chooses the rung, in `unit`; null when the ordered unit cannot be converted into it. Other lines
 * that cannot be converted are not counted.
 */
export function effectiveQuantity(inquiry: Inquiry, unit: string, scope: TierScope): Ratio | null {
  const key = `${scope} ${unit}`;
  const known = inquiry.counted.get(key);
  if (known !== undefined) return known;
  const quantity = count(inquiry, unit, scope);
  inquiry.counted.set(key, quantity);
  return quantity;
}

function count(inquiry: Inquiry, unit: string, scope: TierScope): Ratio | null {
  const { question, offer } = inquiry;
  const ratio = ratioBetween(offer.units, question.unit, unit);
  if (ratio === null) return null;
  let sum = multiply(whole(question.quantity), ratio);
  if (scope === "line") return sum;
  for (const line of question.others) {
    const part = countedPart(inquiry, line, { unit, scope });
    if (part !== null) sum = add(sum, part);
  }
  return sum;
}

type Counting = { readonly unit: string; readonly scope: TierScope };

/** What another line adds: of the same offer always, of the same mix group by way of a base unit that both share. */
function countedPart({ offer, book }: Inquiry, line: OrderedQuantity, { unit, scope }: Counting): Ratio | null {
  const quantity = whole(line.quantity);
  if (line.offerId === offer.id) {
    const ratio = ratioBetween(offer.units, line.unit, unit);
    return ratio === null ? null : multiply(quantity, ratio);
  }
  if (scope !== "mix_group" || offer.mixGroup === null) return null;
  const other = book.offers.get(line.offerId);
  if (other?.mixGroup !== offer.mixGroup || other.vendorId !== offer.vendorId) return null;
  if (other.units.base !== offer.units.base) return null;
  const toBase = ratioBetween(other.units, line.unit, other.units.base);
  const fromBase = ratioBetween(offer.units, offer.units.base, unit);
  return toBase === null || fromBase === null ? null : multiply(multiply(quantity, toBase), fromBase);
}
