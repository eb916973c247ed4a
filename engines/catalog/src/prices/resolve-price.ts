import { applyPromotions } from "../promotions/apply-promotions.ts";
import type { AppliedPromotion } from "../promotions/promotion.ts";
import type { Candidate } from "./candidate.ts";
import type { Inquiry } from "./effective-quantity.ts";
import { inquiryOf } from "./effective-quantity.ts";
import type { ListLevel } from "./list-levels.ts";
import { baseLevelOf, listLevelsOf } from "./list-levels.ts";
import type { PriceBook } from "./price-book.ts";
import type { LockedPrice, PriceBasis, PriceQuestion } from "./price-question.ts";
import type { Asked, OnRequest, Priced, PriceResolution } from "./resolution.ts";
import type { SearchResult } from "./search-lists.ts";
import { searchLists } from "./search-lists.ts";

/**
 * The price of one line for one buyer at one instant, and why. A locked price is the answer as it is; else the lists
 * are asked level by level, the one that wins chooses its rung, and promotions come last, where it allows them.
 *
 * Units  quantities and unit prices in millionths, instants in UTC microseconds.
 * Shape  the same records give the same answer, in whatever order they come.
 * Errors none: without a price the answer is `on_request` with its cause and trace.
 */
export function resolvePrice(question: PriceQuestion, book: PriceBook): PriceResolution {
  const offer = book.offers.get(question.offerId);
  return priceIn(question, book, offer === undefined ? [] : listLevelsOf(question.buyer, offer.vendorId, book));
}

/** The same with the buyer's lists for the offer's vendor, for callers with many lines. */
export function priceIn(question: PriceQuestion, book: PriceBook, levels: readonly ListLevel[]): PriceResolution {
  if (question.locked !== null) return lockedAnswer(question, question.locked);
  const asked = askedOf(question);
  const offer = book.offers.get(question.offerId);
  if (offer === undefined) return { outcome: "on_request", cause: "offer_unknown", asked, trace: [] };
  const inquiry = inquiryOf(question, offer, book);
  const found = searchLists([...levels, baseLevelOf(offer, book)], inquiry);
  if (found.candidate === null) {
    return { outcome: "on_request", cause: causeOf(found, inquiry), asked, trace: found.trace };
  }
  return pricedAnswer(found.candidate, inquiry, found.trace);
}

function askedOf({ quantity, unit, buyer }: PriceQuestion): Asked {
  return { quantity, unit, currency: buyer.currency, at: buyer.at, purpose: buyer.purpose };
}

function causeOf({ ended }: SearchResult, { offer }: Inquiry): OnRequest["cause"] {
  if (!offer.vendorActive) return "vendor_inactive";
  if (!offer.active) return "offer_inactive";
  return ended ? "exclusive" : "no_price";
}

function lockedAnswer(question: PriceQuestion, locked: LockedPrice): Priced {
  const { source, reference, currency, unitPrice, priceMode, basis } = locked;
  return {
    outcome: "priced",
    source,
    unitPrice,
    currency,
    priceMode,
    basis,
    listId: null,
    rowId: null,
    percent: null,
    tier: null,
    promotions: [],
    asked: askedOf(question),
    trace: [{ level: source, distance: 0, target: reference, listId: null, rowId: null, verdict: "chosen" }],
  };
}

function pricedAnswer(candidate: Candidate, inquiry: Inquiry, trace: Priced["trace"]): Priced {
  const { list, row, ratio, percent, priceMode, tier } = candidate;
  const basis: PriceBasis = { priceBaseQuantity: row.priceBaseQuantity, unit: row.unit, ratio };
  const promotions = list.stacking === "none" ? [] : promotionsOn(candidate.price, basis, inquiry);
  return {
    outcome: "priced",
    source: percent === null ? "row" : "percent",
    unitPrice: promotions.at(-1)?.after ?? candidate.price,
    currency: list.currency,
    priceMode,
    basis,
    listId: list.id,
    rowId: row.id,
    percent,
    tier,
    promotions,
    asked: askedOf(inquiry.question),
    trace,
  };
}

function promotionsOn(
  price: bigint,
  basis: PriceBasis,
  { question, offer, book }: Inquiry,
): readonly AppliedPromotion[] {
  const { buyer, quantity, unit } = question;
  const promotions = [...(book.promotions.get(offer.vendorId) ?? []), ...(book.promotions.get("") ?? [])];
  return applyPromotions(promotions, { price, basis, offer, buyer, quantity, unit });
}
