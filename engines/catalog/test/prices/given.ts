import { formatDecimal, microsOfInstant, parseDecimal } from "@kontor/kernel";
import { amountOf } from "../../src/orders/line-amounts.ts";
import { indexPriceBook } from "../../src/prices/index-price-book.ts";
import { always } from "../../src/prices/period.ts";
import type {
  AssignmentTarget,
  ListAssignment,
  PriceBook,
  PricedOffer,
  PriceList,
  PriceRecords,
  PriceRow,
} from "../../src/prices/price-book.ts";
import type { BuyerContext, LockedPrice, PriceQuestion } from "../../src/prices/price-question.ts";
import type { Priced, PriceResolution } from "../../src/prices/resolution.ts";
import { resolvePrice } from "../../src/prices/resolve-price.ts";
import type { Promotion } from "../../src/promotions/promotion.ts";
import { priceText } from "../../src/quantities/exact-text.ts";
import type { Rounding } from "../../src/quantities/rounding.ts";
import type { VariantUnit } from "../../src/quantities/units.ts";

/** A price or quantity in millionths. */
export function six(text: string): bigint {
  return exact(text, 6);
}

/** A percentage in ten-thousandths. */
export function percent(text: string): bigint {
  return exact(text, 4);
}

/** An amount in hundredths. */
export function cents(text: string): bigint {
  return exact(text, 2);
}

function exact(text: string, scale: number): bigint {
  const value = parseDecimal(text, scale);
  if (typeof value === "string") throw new Error(`${text} is ${value}`);
  return value;
}

export function instant(text: string): number {
  const at = microsOfInstant(text);
  if (at === null) throw new Error(`${text} is no instant`);
  return at;
}

export const euro = { currency: "EUR", exponent: 2, rounding: "half_up" } as const;
export const today = instant("2026-06-01T12:00:00Z");

export function offer(id: string, changes: Partial<PricedOffer> = {}): PricedOffer {
  return {
    id,
    vendorId: "vendor",
    active: true,
    vendorActive: true,
    baseListId: "base",
    brandId: null,
    classIds: [],
    mixGroup: null,
    units: { base: "C62", others: new Map() },
    ...changes,
  };
}

/** A unit that is sold in wholes: `num / den` base units. */
export function unit(num: bigint, den = 1n, decimals = 0): VariantUnit {
  return { ratio: { num, den }, decimals, sold: true };
}

export function list(id: string, changes: Partial<PriceList> = {}): PriceList {
  return {
    id,
    vendorId: "vendor",
    currency: "EUR",
    priceMode: "net",
    period: always,
    exclusive: false,
    stacking: "none",
    tierScope: "line",
    adjustment: null,
    ...changes,
  };
}

/** Rungs of one offer as pairs of least quantity and price. */
export function ladder(
  listId: string,
  rungs: readonly (readonly [minQuantity: string, price: string])[],
  changes: Partial<PriceRow> = {},
): PriceRow[] {
  return rungs.map(([minQuantity, price]) => ({
    id: `${listId}-${changes.offerId ?? "screw"}-${changes.unit ?? "C62"}-${minQuantity}`,
    listId,
    offerId: "screw",
    unit: "C62",
    priceBaseQuantity: six("1"),
    minQuantity: six(minQuantity),
    price: six(price),
    period: always,
    ...changes,
  }));
}

export function assign(
  listId: string,
  [target, targetId]: readonly [AssignmentTarget, string],
  priority = 0,
): ListAssignment {
  return { listId, target, targetId, priority };
}

export function bookOf(records: Partial<PriceRecords>): PriceBook {
  return indexPriceBook({
    offers: [offer("screw")],
    lists: [list("base")],
    assignments: [],
    rows: [],
    promotions: [],
    ...records,
  });
}

export function promotion(id: string, changes: Partial<Promotion> = {}): Promotion {
  return {
    id,
    condition: { kind: "seasonal" },
    effect: { kind: "percent", percent: percent("10") },
    bearer: { kind: "vendor" },
    scope: { vendorId: null, brandId: null, classId: null, offerIds: null },
    period: always,
    stackGroup: 1,
    priority: 0,
    ...changes,
  };
}

export function buyer(changes: Partial<BuyerContext> = {}): BuyerContext {
  return {
    agreements: [],
    customerGroups: new Set(),
    channelId: null,
    country: null,
    marketplaceId: "market",
    currency: "EUR",
    at: today,
    purpose: "cart",
    rounding: "half_up",
    tradeFunctions: new Set(),
    loyaltyLevel: 0,
    ...changes,
  };
}

export const guest = buyer();

type Asking = {
  readonly offerId?: string;
  readonly unit?: string;
  readonly taxPercent?: bigint;
  readonly others?: PriceQuestion["others"];
  readonly locked?: LockedPrice | null;
  readonly buyer?: BuyerContext;
};

export function question(quantity: string, asking: Asking = {}): PriceQuestion {
  return {
    offerId: "screw",
    quantity: six(quantity),
    unit: "C62",
    buyer: guest,
    taxPercent: 0n,
    others: [],
    locked: null,
    ...asking,
  };
}

export function ask(book: PriceBook, quantity: string, asking: Asking = {}): PriceResolution {
  return resolvePrice(question(quantity, asking), book);
}

/** The answer as text: the unit price, or why there is none. */
export function told(resolution: PriceResolution): string {
  return resolution.outcome === "priced" ? priceText(resolution.unitPrice) : `on request: ${resolution.cause}`;
}

export function requirePriced(resolution: PriceResolution): Priced {
  if (resolution.outcome !== "priced") throw new Error(`no price: ${resolution.cause}`);
  return resolution;
}

/** The trace as lines: level, list, verdict. */
export function traced({ trace }: PriceResolution): string[] {
  return trace.map(({ level, listId, verdict }) => `${level} ${listId ?? "-"} ${verdict}`);
}

/** The rounded amount of one line as it would be ordered, as text. */
export function lineOf(
  book: PriceBook,
  quantity: string,
  { currency = "EUR", unit: code = "C62", rounding = "half_up" as Rounding } = {},
): string {
  const money = { currency, exponent: 2, rounding };
  const { unitPrice, basis } = requirePriced(ask(book, quantity, { unit: code, buyer: buyer({ currency, rounding }) }));
  return formatDecimal(amountOf({ unitPrice, basis, quantity: six(quantity) }, money), 2);
}
