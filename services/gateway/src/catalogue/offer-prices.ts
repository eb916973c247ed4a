import type {
  BuyerContext,
  PriceBook,
  PricedOffer,
  PriceList,
  PriceRow,
  Promotion,
  QuantityTerms,
} from "@kontor/catalog";
import {
  effectiveTerms,
  leastOf,
  netPerBaseUnit,
  one,
  ratioBetween,
  resolvePrice,
  roundRatio,
  sellableQuantities,
} from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";

/*
 * What the price columns of the index hold of one offer: of each list the price that the resolver finds in it alone, at
 * the least quantity, per base unit. Whatever depends on more than the list is left to the resolver when it is asked for.
 */

/** The lists of a marketplace, as far as an index holds their prices. */
export type ListShelf = {
  readonly lists: ReadonlyMap<string, PriceList>;
  /** Those that derive prices. */
  readonly derived: readonly PriceList[];
  readonly promotions: readonly Promotion[];
  readonly currency: string;
};

/** An offer with its rows and the least that is sold of it. */
export type ShelvedOffer = {
  readonly offer: PricedOffer;
  readonly rows: readonly PriceRow[];
  /** The offer's own, in its order unit. */
  readonly terms: QuantityTerms;
  readonly least: { readonly quantity: bigint; readonly unit: string } | null;
};

export type ColumnPrice = number | "ask_resolver";

export type OfferPrices = {
  readonly byList: ReadonlyMap<string, ColumnPrice>;
  /** By its own base list; null for none. */
  readonly base: ColumnPrice | null;
  /** When the next row or list begins or ends to apply; null when none does. */
  readonly changesAt: Micros | null;
};

/** The least quantity that terms let one order: nearest first, all in the offer's order unit. */
export function leastOrder(offer: PricedOffer, terms: readonly QuantityTerms[]): ShelvedOffer["least"] {
  const unit = terms[0]?.unit ?? "";
  const sold = sellableQuantities(effectiveTerms(terms), offer.units, unit);
  const quantity = sold === null ? null : leastOf(sold);
  return quantity === null ? null : { quantity, unit };
}

export function offerPricesOf(shelved: ShelvedOffer, shelf: ListShelf, at: Micros): OfferPrices {
  const byList = new Map<string, ColumnPrice>();
  for (const list of listsOf(shelved, shelf)) {
    const price = columnPrice(shelved, list, { shelf, at });
    if (price !== null) byList.set(list.id, price);
  }
  const base = shelf.lists.get(shelved.offer.baseListId ?? "");
  const fromBase =
    base === undefined ? null : (byList.get(base.id) ?? (base.adjustment === null ? null : "ask_resolver"));
  const basePrice = base === undefined || !isInForce(base, shelf, at) ? null : fromBase;
  for (const list of shelf.derived) {
    if (byList.has(list.id) || (list.vendorId !== null && list.vendorId !== shelved.offer.vendorId)) continue;
    if (!isPlainlyDerived(list, shelved)) byList.set(list.id, "ask_resolver");
  }
  return { byList, base: basePrice, changesAt: nextChange(shelved, shelf, at) };
}

function listsOf({ rows }: ShelvedOffer, { lists }: ListShelf): readonly PriceList[] {
  return [...new Set(rows.map(({ listId }) => listId))].flatMap((id) => lists.get(id) ?? []);
}

/** Whether the list counts at the instant, in the currency that the index holds. */
export function isInForce({ currency, period }: PriceList, shelf: Pick<ListShelf, "currency">, at: Micros): boolean {
  const { from, to } = period;
  return currency === shelf.currency && (from === null || from <= at) && (to === null || at < to);
}

type Asking = { readonly shelf: ListShelf; readonly at: Micros };

function columnPrice(shelved: ShelvedOffer, list: PriceList, { shelf, at }: Asking): ColumnPrice | null {
  const { offer, rows, least } = shelved;
  if (least === null || list.currency !== shelf.currency) return null;
  if (list.priceMode === "gross") return "ask_resolver";
  if (list.stacking === "promotions" && shelf.promotions.some((promotion) => mayLower(promotion, offer, at))) {
    return "ask_resolver";
  }
  const always = { from: null, to: null };
  const alone: PriceList = { ...list, period: always, exclusive: false, adjustment: null, stacking: "none" };
  const book: PriceBook = {
    offers: new Map([[offer.id, { ...offer, active: true, vendorActive: true, baseListId: list.id }]]),
    lists: new Map([[list.id, alone]]),
    rows: new Map([[offer.id, new Map([[list.id, rows.filter(({ listId }) => listId === list.id)]])]]),
    assignments: new Map(),
    promotions: new Map(),
  };
  const found = resolvePrice(questionAt({ offer, least, currency: list.currency, at }), book);
  if (found.outcome === "on_request") return null;
  const cost = netPerBaseUnit(found, offer, 0n);
  return cost === null ? null : columnNumber(roundRatio(cost.num, cost.den, "half_up"));
}

/** What a column can hold of a price; more is asked for. */
export function columnNumber(price: bigint): ColumnPrice {
  return price <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(price) : "ask_resolver";
}

function questionAt(asked: {
  readonly offer: PricedOffer;
  readonly least: NonNullable<ShelvedOffer["least"]>;
  readonly currency: string;
  readonly at: Micros;
}) {
  const { offer, least, currency, at } = asked;
  const nowhere = { channelId: null, country: null, marketplaceId: "" };
  const nobody = {
    agreements: [],
    customerGroups: new Set<string>(),
    tradeFunctions: new Set<string>(),
    loyaltyLevel: 0,
  };
  const buyer: BuyerContext = { ...nowhere, ...nobody, currency, at, purpose: "display", rounding: "half_up" };
  return { offerId: offer.id, ...least, buyer, taxPercent: 0n, others: [], locked: null };
}

function mayLower({ scope, period }: Promotion, offer: PricedOffer, at: Micros): boolean {
  if (period.to !== null && period.to <= at) return false;
  if (scope.vendorId !== null && scope.vendorId !== offer.vendorId) return false;
  if (scope.brandId !== null && scope.brandId !== offer.brandId) return false;
  if (scope.classId !== null && !offer.classIds.includes(scope.classId)) return false;
  return scope.offerIds === null || scope.offerIds.has(offer.id);
}

/** The one percentage that a list derives everything with; null where it is not as simple. */
export function soleBand({
  adjustment,
  tierScope,
}: PriceList): { readonly percent: bigint; readonly from: bigint } | null {
  const [band, ...others] = adjustment?.bands ?? [];
  if (band === undefined || others.length > 0 || band.scope.kind !== "all" || tierScope !== "line") return null;
  return { percent: band.percent, from: band.minQuantity };
}

/** Whether percentages of column prices are exactly what the resolver derives for the offer. */
function isPlainlyDerived(list: PriceList, { offer, rows, least }: ShelvedOffer): boolean {
  const band = soleBand(list);
  if (band === null || least === null) return false;
  const inBase = ratioBetween(offer.units, least.unit, offer.units.base);
  if (inBase === null || least.quantity * inBase.num < band.from * inBase.den) return false;
  const baseListId = list.adjustment?.baseListId ?? offer.baseListId;
  return rows
    .filter(({ listId }) => listId === baseListId)
    .every(({ unit, priceBaseQuantity }) => unit === offer.units.base && priceBaseQuantity === one);
}

function nextChange(shelved: ShelvedOffer, shelf: ListShelf, at: Micros): Micros | null {
  const base = shelf.lists.get(shelved.offer.baseListId ?? "");
  const periods = [...shelved.rows.map(({ period }) => period), ...(base === undefined ? [] : [base.period])];
  const ahead = periods.flatMap(({ from, to }) => [from, to]).filter((edge) => edge !== null && edge > at);
  return ahead.length === 0 ? null : Math.min(...(ahead as number[]));
}
