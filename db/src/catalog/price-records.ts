import type { Micros } from "@kontor/kernel";
import type { Database } from "../connect.ts";
import { priceBuyerOf } from "./price-buyers.ts";
import { priceListsOf, priceRowsOf } from "./price-list-records.ts";
import type { OfferSale } from "./price-offers.ts";
import { priceOffersOf } from "./price-offers.ts";
import { promotionsFor } from "./price-promotions.ts";
import type {
  AgreementFacts,
  OrderMinimumFacts,
  PriceAssignment,
  PriceRecords,
  QuantityRuleFacts,
} from "./price-shapes.ts";
import { entitledOffers, orderMinimumsFor, quantityRulesFor } from "./price-terms.ts";

/** A company, for one of its divisions or as a whole. That the caller may ask for it, and the division is its, is checked before. */
export type PriceBuyer = { readonly companyId: string; readonly divisionId: string | null };

export type PriceQuery = {
  readonly marketplaceId: string;
  /** Null for anybody, who has the public prices. */
  readonly buyer: PriceBuyer | null;
  readonly channelId: string | null;
  readonly offerIds: readonly string[];
  /** The instant whose prices are wanted. */
  readonly at: Micros;
  /** Where `at` lies before it, rows count as they were stored then; else as they are now. */
  readonly now: Micros;
};

/** A group that the buyer is in; null vendor: the marketplace's. */
export type BuyerGroup = { readonly id: string; readonly vendorId: string | null; readonly loyaltyLevel: number };

/** Whose prices they are. */
export type PriceBuyerFacts = {
  readonly marketplaceId: string;
  /** The marketplace's; an agreement may have another. */
  readonly currency: string;
  readonly rounding: "half_up" | "half_even";
  /** The division's or company's; null for anybody. */
  readonly nodeId: string | null;
  /** The division or company above each node. */
  readonly parents: ReadonlyMap<string, string>;
  /** With vendors of the offers, of the node and those above it; whether each is in force at an instant its period tells. */
  readonly agreements: readonly AgreementFacts[];
  readonly groups: readonly BuyerGroup[];
  /** ISO 3166-1 alpha-2, of the company's profile. */
  readonly country: string | null;
  readonly channelId: string | null;
};

/**
 * All that prices of these offers for this buyer depend on, and nothing that they do not: hand `records` to the
 * engine's `indexPriceBook`. Offers that there are not in the marketplace are missing, those that may not be sold to
 * the buyer are not in `entitled`.
 */
export type PriceFacts = {
  readonly buyer: PriceBuyerFacts;
  readonly records: PriceRecords;
  /** By offer: how it is sold, and the tax on it where the buyer is. */
  readonly sales: ReadonlyMap<string, OfferSale>;
  readonly entitled: ReadonlySet<string>;
  readonly quantityRules: readonly QuantityRuleFacts[];
  readonly orderMinimums: readonly OrderMinimumFacts[];
  readonly listNames: ReadonlyMap<string, string>;
};

/**
 * Reads them in three rounds of indexed statements, whatever the number of offers; no list is touched that the buyer
 * does not have. Undefined where there is no such marketplace.
 */
export async function readPriceFacts(db: Database, query: PriceQuery): Promise<PriceFacts | undefined> {
  const [buyer, { offers, sales }] = await Promise.all([priceBuyerOf(db, query), priceOffersOf(db, query)]);
  if (buyer === undefined) return undefined;
  const vendorIds = [...new Set(offers.map(({ vendorId }) => vendorId))];
  const targets = targetsOf(buyer);
  const wanted = { marketplaceId: query.marketplaceId, vendorIds, targets, at: query.at };
  const baseListIds = offers.flatMap(({ baseListId }) => (baseListId === null ? [] : [baseListId]));
  const agreementIds = buyer.agreements.map(({ id }) => id);
  const offerIds = offers.map(({ id }) => id);
  const [found, promotions, entitled, quantityRules, orderMinimums] = await Promise.all([
    priceListsOf(db, { ...wanted, baseListIds: [...new Set(baseListIds)] }),
    promotionsFor(db, { ...wanted, groups: buyer.groups }),
    entitledOffers(db, { ...wanted, offers }),
    quantityRulesFor(db, { agreementIds, offerIds }),
    orderMinimumsFor(db, { ...wanted, agreementIds }),
  ]);
  const rows = await priceRowsOf(db, { ...query, offerIds, listIds: found.lists.map(({ id }) => id) });
  const { lists, assignments, names: listNames } = found;
  const records = { offers, lists, assignments, rows, promotions };
  return { buyer, records, sales, entitled, quantityRules, orderMinimums, listNames };
}

/** What lists, assortments and promotions may be given to, as far as the buyer has it. */
function targetsOf(buyer: PriceBuyerFacts): readonly Pick<PriceAssignment, "target" | "targetId">[] {
  const { agreements, groups, channelId, country, marketplaceId } = buyer;
  const one = (target: PriceAssignment["target"], targetId: string | null) =>
    targetId === null ? [] : [{ target, targetId }];
  return [
    ...agreements.flatMap(({ id }) => one("agreement", id)),
    ...groups.flatMap(({ id }) => one("customer_group", id)),
    ...one("channel", channelId),
    ...one("country", country),
    ...one("marketplace", marketplaceId),
  ];
}
