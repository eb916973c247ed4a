import type { FrozenLine, LockedPrice, Money, PriceBook, PriceResolution, SeenPrice } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import type { PriceFacts } from "../../catalog/price-records.ts";
import { readPriceFacts } from "../../catalog/price-records.ts";
import type { Database } from "../../connect.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { baseQuantityOf } from "../deliveries/stock.ts";
import type { OfferFacts } from "./offer-facts.ts";
import { offerFactsOf } from "./offer-facts.ts";

/** For whom lines are priced, and when. */
export type BuyingParty = {
  readonly marketplaceId: string;
  readonly companyId: string;
  readonly divisionId: string | null;
  readonly at: Micros;
};

export type LineToPrice = {
  readonly id: string;
  readonly offerId: string;
  readonly quantity: bigint;
  readonly unit: string;
  readonly deliverOn: string | null;
  readonly costCenterId: string | null;
  /** The price that the buyer last saw. */
  readonly seen: SeenPrice | null;
  /** A price that was agreed on: it is not looked up, nor is the quantity judged. */
  readonly locked?: LockedPrice;
};

export type PricedCartLine = LineToPrice & {
  readonly vendorId: string;
  readonly facts: OfferFacts;
  readonly brandId: string | null;
  readonly classIds: readonly string[];
  readonly resolution: PriceResolution;
  readonly tax: FrozenLine["tax"];
  /** By which the vendor is bought of, nearest first. */
  readonly agreements: readonly NonNullable<FrozenLine["agreement"]>[];
  /** Null without a price. */
  readonly amounts: FrozenLine["amounts"] | null;
  readonly money: Money;
  /** Why it cannot be bought in this quantity. */
  readonly quantityFault: CatalogRejection | null;
  /** Of the stock; null where its unit cannot be converted. */
  readonly baseQuantity: bigint | null;
};

export type PricedLines = {
  readonly facts: PriceFacts;
  /** In the order of the lines; those that the buyer may not buy are missing. */
  readonly lines: readonly PricedCartLine[];
  readonly missing: readonly string[];
  /** By offer, also of those. */
  readonly about: ReadonlyMap<string, OfferFacts>;
  /** By vendor, why no price can be told at all. */
  readonly vendorFaults: ReadonlyMap<string, CatalogRejection>;
};

const taxCodes = { standard: "S", reduced: "S", zero: "Z", exempt: "E" } as const;

/** The lines with their prices for the party at the instant, as the engine finds them. */
export async function priceLines(
  db: Database,
  engine: BuyingEngine,
  { party, lines }: { readonly party: BuyingParty; readonly lines: readonly LineToPrice[] },
): Promise<PricedLines | undefined> {
  const { marketplaceId, companyId, divisionId, at } = party;
  const offerIds = [...new Set(lines.map(({ offerId }) => offerId))];
  const query = { marketplaceId, buyer: { companyId, divisionId }, channelId: null, offerIds, at, now: at };
  const [facts, about] = await Promise.all([readPriceFacts(db, query), offerFactsOf(db, { companyId, offerIds })]);
  if (facts === undefined) return undefined;
  const known = lines.flatMap((line) => {
    const own = about.get(line.offerId);
    return own === undefined || !facts.entitled.has(line.offerId) || !facts.sales.has(line.offerId)
      ? []
      : [{ line, facts: own, vendorId: own.vendorId }];
  });
  const found = new Map<string, PricedCartLine>();
  const vendorFaults = new Map<string, CatalogRejection>();
  const book = engine.indexPriceBook(facts.records);
  for (const { vendorId, lines: ofVendor } of engine.splitByVendor(known)) {
    const priced = priceOfVendor(engine, facts, { vendorId, lines: ofVendor, at, book });
    if (priced.fault !== null) vendorFaults.set(vendorId, priced.fault);
    for (const line of priced.lines) found.set(line.id, line);
  }
  return {
    facts,
    about,
    lines: lines.flatMap(({ id }) => found.get(id) ?? []),
    missing: lines.flatMap(({ id }) => (found.has(id) ? [] : [id])),
    vendorFaults,
  };
}

type OfVendor = {
  readonly vendorId: string;
  readonly lines: readonly { readonly line: LineToPrice; readonly facts: OfferFacts }[];
  readonly at: Micros;
  readonly book: PriceBook;
};

function priceOfVendor(engine: BuyingEngine, facts: PriceFacts, { vendorId, lines, at, book }: OfVendor) {
  const { buyer, sales } = facts;
  const { nodeId, parents, agreements } = buyer;
  const question = { nodeId: nodeId ?? "", parents, agreements, vendorId, at, named: null };
  const chain = engine.agreementChainOf(question);
  const links = chain.kind === "chain" ? chain.agreements : [];
  const nearest = agreements.find(({ id }) => id === links[0]?.agreementId);
  const currency = lines[0]?.line.locked?.currency ?? nearest?.currency ?? buyer.currency;
  const money: Money = { currency, exponent: engine.exponentOf(currency), rounding: buyer.rounding };
  const context = {
    agreements: links,
    customerGroups: new Set(buyer.groups.map(({ id }) => id)),
    channelId: buyer.channelId,
    country: buyer.country,
    marketplaceId: buyer.marketplaceId,
    currency,
    at,
    purpose: "cart",
    rounding: buyer.rounding,
    tradeFunctions: new Set<string>(),
    loyaltyLevel: loyaltyOf(facts, vendorId),
  } as const;
  const asked = lines.map(({ line }) => {
    return { ...line, taxPercent: sales.get(line.offerId)?.taxPercent ?? 0n, locked: line.locked ?? null };
  });
  const resolutions = engine.resolveCart(asked, context, book);
  const priced = lines.flatMap(({ line, facts: own }, index) => {
    const [offer, sale, resolution] = [book.offers.get(line.offerId), sales.get(line.offerId), resolutions[index]];
    if (offer === undefined || sale === undefined || resolution === undefined) return [];
    const tax = { category: taxCodes[sale.taxCategory], percent: sale.taxPercent };
    const terms = [...termsOf(facts, links, { ...line, orderUnit: sale.terms.unit }), sale.terms];
    const { quantity, unit } = line;
    const made: PricedCartLine = {
      ...line,
      vendorId,
      facts: own,
      brandId: offer.brandId,
      classIds: offer.classIds,
      resolution,
      tax,
      agreements: links,
      amounts: amountsOf(engine, resolution, { quantity, taxPercent: tax.percent, money }),
      money,
      quantityFault:
        line.locked === undefined ? engine.checkQuantity({ quantity, unit, units: offer.units, terms }) : null,
      baseQuantity: baseQuantityOf(offer.units, { quantity, unit }),
    };
    return [made];
  });
  return { fault: chain.kind === "rejected" ? chain.rejection : null, lines: priced };
}

function loyaltyOf({ buyer }: PriceFacts, vendorId: string): number {
  const levels = buyer.groups.filter((group) => group.vendorId === null || group.vendorId === vendorId);
  return Math.max(0, ...levels.map(({ loyaltyLevel }) => loyaltyLevel));
}

type Sold = { readonly offerId: string; readonly orderUnit: string };

/** What the agreements say of the offer's quantities, nearest first; an offer's own rule goes before the one for all. */
function termsOf(
  { quantityRules }: PriceFacts,
  links: readonly { readonly agreementId: string }[],
  { offerId, orderUnit }: Sold,
) {
  return links.flatMap(({ agreementId }) => {
    const rules = quantityRules.filter((rule) => rule.agreementId === agreementId);
    const own = rules.filter((rule) => rule.offerId === offerId);
    const all = rules.filter((rule) => rule.offerId === null);
    return [...own, ...all].map(({ minimum, multiple, maximum }) => ({ unit: orderUnit, minimum, multiple, maximum }));
  });
}

type Amounted = { readonly quantity: bigint; readonly taxPercent: bigint; readonly money: Money };

function amountsOf(engine: BuyingEngine, resolution: PriceResolution, { quantity, taxPercent, money }: Amounted) {
  if (resolution.outcome === "on_request") return null;
  const { unitPrice, basis, priceMode } = resolution;
  const amount = engine.amountOf({ unitPrice, basis, quantity }, money);
  return engine.lineAmounts({ amount, priceMode, taxPercent }, money);
}
