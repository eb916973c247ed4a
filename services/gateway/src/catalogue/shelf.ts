import type { PricedOffer, PriceRow } from "@kontor/catalog";
import type { FeedClass, FeedOffer, FeedProduct, MarketShelf } from "@kontor/db";
import type { ListShelf, ShelvedOffer } from "./offer-prices.ts";
import { leastOrder } from "./offer-prices.ts";
import type { RuledOffers } from "./ruled-offers.ts";

/** A marketplace's lists and what else decides over prices, as the index asks for them. */
export type Shelf = ListShelf & {
  readonly assignments: MarketShelf["assignments"];
  readonly assortments: MarketShelf["assortments"];
  readonly taxRates: MarketShelf["taxRates"];
  readonly attributeUnits: MarketShelf["attributeUnits"];
  readonly languages: MarketShelf["languages"];
  readonly synonyms: MarketShelf["synonyms"];
  readonly ruled: RuledOffers;
  /** The class above each, as `scheme:code`. */
  readonly parents: ReadonlyMap<string, string>;
};

export function parentsOf(classes: readonly FeedClass[]): Shelf["parents"] {
  return new Map(
    classes.flatMap(({ scheme, code, parent }) =>
      parent === null ? [] : [[`${scheme}:${code}`, `${scheme}:${parent}`]],
    ),
  );
}

export function shelfOf(market: MarketShelf, parents: Shelf["parents"]): Shelf {
  const { currency, lists, promotions, assignments, assortments, taxRates, attributeUnits } = market;
  const { languages, synonyms, ruled } = market;
  return {
    currency,
    promotions,
    assignments,
    assortments,
    taxRates,
    attributeUnits,
    languages,
    synonyms,
    ruled: { offers: new Set(ruled.offerIds), vendors: new Set(ruled.vendorIds) },
    lists: new Map(lists.map((list) => [list.id, list])),
    derived: lists.filter(({ adjustment }) => adjustment !== null),
    parents,
  };
}

/** An offer as the engine prices it. */
export function shelvedOffer(offer: FeedOffer, product: FeedProduct, { parents }: Shelf): ShelvedOffer {
  const others = new Map(
    offer.units.map(({ unit, num, den, decimals, sold }) => [
      unit,
      { ratio: { num: BigInt(num), den: BigInt(den) }, decimals, sold },
    ]),
  );
  const priced: PricedOffer = {
    id: offer.id,
    vendorId: offer.vendorId,
    active: true,
    vendorActive: true,
    baseListId: offer.baseListId,
    brandId: product.brandId,
    classIds: withParents(
      product.classes.map(({ scheme, code }) => `${scheme}:${code}`),
      parents,
    ),
    mixGroup: offer.mixGroup,
    units: { base: offer.baseUnit, others },
  };
  const whole = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  const { orderUnit, minQuantity, multiple, maxQuantity } = offer;
  const terms = {
    unit: orderUnit,
    minimum: whole(minQuantity),
    multiple: whole(multiple),
    maximum: whole(maxQuantity),
  };
  const rows = offer.prices.map((row) => rowOf(row, offer.id));
  return { offer: priced, rows, terms, least: leastOrder(priced, [terms]) };
}

function withParents(classes: readonly string[], parents: ReadonlyMap<string, string>): readonly string[] {
  const all = new Set<string>();
  for (const own of classes) {
    for (let at: string | undefined = own; at !== undefined && !all.has(at); at = parents.get(at)) all.add(at);
  }
  return [...all];
}

function rowOf({ validFrom, validUntil, ...row }: FeedOffer["prices"][number], offerId: string): PriceRow {
  return {
    ...row,
    offerId,
    priceBaseQuantity: BigInt(row.priceBaseQuantity),
    minQuantity: BigInt(row.minQuantity),
    price: BigInt(row.price),
    period: { from: validFrom, to: validUntil },
  };
}
