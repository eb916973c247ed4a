import type { Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { BuyerRow } from "./price-buyers.ts";
import { buyerOf, buyerStatement } from "./price-buyers.ts";
import type { WantedListRow } from "./price-list-records.ts";
import { listOf, priceRowsIn, priceRowsText, wantedLists, wantedListsStatement } from "./price-list-records.ts";
import type { OfferSale, PriceOfferRow } from "./price-offers.ts";
import { offersIn, offersSold, priceOffersStatement } from "./price-offers.ts";
import type { PromotionRow } from "./price-promotions.ts";
import { promotionsIn, promotionsStatement } from "./price-promotions.ts";
import type {
  AgreementFacts,
  OrderMinimumFacts,
  PriceAssignment,
  PriceOffer,
  PriceRecords,
  QuantityRuleFacts,
} from "./price-shapes.ts";
import type { OrderMinimumRow, QuantityRuleRow } from "./price-terms.ts";
import {
  entitledOffers,
  isLimited,
  orderMinimumsIn,
  orderMinimumsStatement,
  quantityRulesIn,
  quantityRulesStatement,
} from "./price-terms.ts";
import { jsonRows } from "./sql-values.ts";

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
 * Reads them in two statements, each prepared once, whatever the number of offers; a third where assortments limit what
 * the buyer may order. No list is touched that he does not have. Undefined where there is no such marketplace.
 */
export async function readPriceFacts(db: Database, query: PriceQuery): Promise<PriceFacts | undefined> {
  const [sold] = await runPrepared<SoldRow>(db, soldStatement(query));
  if (sold === undefined || sold.buyer === null) return undefined;
  const buyer = buyerOf(sold.buyer, query);
  const { offers, sales } = offersIn(sold.offers);
  const targets = targetsOf(buyer);
  const vendorIds = [...new Set(offers.map(({ vendorId }) => vendorId))];
  const [priced] = await runPrepared<PricedRow>(db, pricedStatement(query, { buyer, offers, vendorIds, targets }));
  if (priced === undefined) throw new Error("a statement of one row had none");
  const { marketplaceId } = query;
  const entitled = priced.isLimited
    ? await entitledOffers(db, { marketplaceId, targets, offers })
    : new Set(offers.map(({ id }) => id));
  return {
    buyer,
    records: {
      offers,
      lists: priced.lists.map(listOf),
      assignments: priced.lists.flatMap(({ assignments }) => assignments),
      rows: priceRowsIn(priced.rows),
      promotions: promotionsIn(priced.promotions, buyer.groups),
    },
    sales,
    entitled,
    quantityRules: quantityRulesIn(priced.rules),
    orderMinimums: orderMinimumsIn(priced.minimums),
    listNames: new Map(priced.lists.map(({ id, name }) => [id, name])),
  };
}

type SoldRow = { readonly buyer: BuyerRow | null; readonly offers: readonly PriceOfferRow[] };

/** Who buys, and what is sold. */
function soldStatement(query: PriceQuery): SQL {
  const vendors = sql`(select vendor_id from vendors)`;
  return sql`
    with ${offersSold(query)}, vendors as materialized (select distinct vendor_id from sold)
    select (select row_to_json(one) from (${buyerStatement(query, vendors)}) one) as buyer,
      ${jsonRows(priceOffersStatement(query))} as offers`;
}

type PricedRow = {
  readonly isLimited: boolean;
  readonly lists: readonly WantedListRow[];
  readonly rows: string | null;
  readonly promotions: readonly PromotionRow[];
  readonly rules: readonly QuantityRuleRow[];
  readonly minimums: readonly OrderMinimumRow[];
};

type Sold = {
  readonly buyer: PriceBuyerFacts;
  readonly offers: readonly PriceOffer[];
  readonly vendorIds: readonly string[];
  readonly targets: ReturnType<typeof targetsOf>;
};

/** What it is sold at, and on which terms. */
function pricedStatement(query: PriceQuery, { buyer, offers, vendorIds, targets }: Sold): SQL {
  const { marketplaceId, at } = query;
  const baseListIds = [...new Set(offers.flatMap(({ baseListId }) => baseListId ?? []))];
  const agreementIds = buyer.agreements.map(({ id }) => id);
  const offerIds = offers.map(({ id }) => id);
  return sql`
    with ${wantedLists({ marketplaceId, vendorIds, targets, baseListIds })}
    select ${isLimited(targets)} as "isLimited", ${jsonRows(wantedListsStatement)} as lists,
      ${priceRowsText({ ...query, offerIds })} as rows,
      ${jsonRows(promotionsStatement({ marketplaceId, vendorIds, at }))} as promotions,
      ${jsonRows(quantityRulesStatement({ agreementIds, offerIds }))} as rules,
      ${jsonRows(orderMinimumsStatement({ marketplaceId, vendorIds, agreementIds }))} as minimums`;
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
