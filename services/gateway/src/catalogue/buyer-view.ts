import type { AgreementLink, BuyerContext, ChainedList, PriceChain, PriceList, Visibility } from "@kontor/catalog";
import { agreementChainOf } from "@kontor/catalog";
import type { PriceBuyerFacts } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { isInForce, soleBand } from "./offer-prices.ts";
import type { Shelf } from "./shelf.ts";

/** The column of each offer's own base price. */
export const baseColumn = "base";

/** How one buyer sees a marketplace: which lists he has in which order, and what he may order. */
export type BuyerView = {
  /** As he is to one vendor: an agreement with another is none of his. */
  readonly contextFor: (vendorId: string) => BuyerContext;
  /** By each of his agreements that are in force its vendor. */
  readonly agreementVendors: ReadonlyMap<string, string>;
  readonly chain: PriceChain;
  readonly visibility: Visibility;
};

export function buyerViewOf(buyer: PriceBuyerFacts, shelf: Shelf, at: Micros): BuyerView {
  const chains = agreementsOf(buyer, at);
  const { marketplaceId, country, channelId, groups } = buyer;
  const context: BuyerContext = {
    agreements: chains.map(({ link }) => link),
    customerGroups: new Set(groups.map(({ id }) => id)),
    channelId,
    country,
    marketplaceId,
    currency: shelf.currency,
    at,
    purpose: "display",
    rounding: buyer.rounding,
    tradeFunctions: new Set(groups.map(({ id }) => id)),
    loyaltyLevel: Math.max(0, ...groups.map(({ loyaltyLevel }) => loyaltyLevel)),
  };
  const contextFor = (vendor: string): BuyerContext => ({
    ...context,
    agreements: chains.filter(({ vendorId }) => vendorId === vendor).map(({ link }) => link),
  });
  const agreementVendors = new Map(chains.map(({ link, vendorId }) => [link.agreementId, vendorId]));
  const chain = chainOf({ context, chains, shelf, at });
  return { contextFor, agreementVendors, chain, visibility: visibilityOf(context, shelf) };
}

/** Of every vendor the buyer's agreements, nearest first; a vendor's chain stands for his offers alone. */
function agreementsOf({ nodeId, parents, agreements }: PriceBuyerFacts, at: Micros): readonly LinkedVendor[] {
  if (nodeId === null) return [];
  const vendors = [...new Set(agreements.map(({ vendorId }) => vendorId))].sort();
  return vendors.flatMap((vendorId) => {
    const chain = agreementChainOf({ nodeId, parents, agreements, vendorId, at, named: null });
    return chain.kind === "chain" ? chain.agreements.map((link) => ({ link, vendorId })) : [];
  });
}

/** An agreement and whose offers it is about. */
type LinkedVendor = { readonly link: AgreementLink; readonly vendorId: string };

type Target = readonly [kind: Shelf["assignments"][number]["target"], id: string];

type Chaining = {
  readonly context: BuyerContext;
  readonly chains: readonly LinkedVendor[];
  readonly shelf: Shelf;
  readonly at: Micros;
};

function chainOf({ context, chains, shelf, at }: Chaining): PriceChain {
  const places: Target[] = [["marketplace", context.marketplaceId]];
  if (context.channelId !== null) places.push(["channel", context.channelId]);
  if (context.country !== null) places.push(["country", context.country]);
  const groups = [...context.customerGroups].map((id): Target => ["customer_group", id]);
  const agreed = chains.flatMap(({ link, vendorId }) =>
    stepsOf([["agreement", link.agreementId]], shelf, at).map((lists) =>
      // Another vendor's list has no offer in common with this one's.
      lists
        .filter(({ list }) => [null, vendorId].includes(shelf.lists.get(list)?.vendorId ?? null))
        .map((list) => ({ ...list, forVendor: vendorId })),
    ),
  );
  const own = { list: baseColumn, exclusive: false, derived: null };
  return [...agreed, ...stepsOf(groups, shelf, at), ...stepsOf(places, shelf, at), [own]];
}

/** The lists of one level, by falling priority; those of equal priority are asked together. */
function stepsOf(targets: readonly Target[], shelf: Shelf, at: Micros): PriceChain {
  const priorities = new Map<string, number>();
  for (const { listId, target, targetId, priority } of shelf.assignments) {
    if (!targets.some(([kind, id]) => kind === target && id === targetId)) continue;
    priorities.set(listId, Math.max(priority, priorities.get(listId) ?? priority));
  }
  const steps = new Map<number, ChainedList[]>();
  for (const [listId, priority] of priorities) {
    const list = shelf.lists.get(listId);
    if (list === undefined || !isInForce(list, shelf, at)) continue;
    steps.set(priority, [...(steps.get(priority) ?? []), chainedOf(list)]);
  }
  return [...steps].sort(([a], [b]) => b - a).map(([, lists]) => lists);
}

/** A list that derives in more than one way has its offers marked to be asked for instead. */
function chainedOf(list: PriceList): ChainedList {
  const band = list.adjustment === null ? null : soleBand(list);
  const base = list.adjustment?.baseListId ?? baseColumn;
  return { list: list.id, exclusive: list.exclusive, derived: band && { base, percent: Number(band.percent) } };
}

/**
 * Every assortment for everybody holds what may be ordered; where there are some of the buyer's agreements and groups for
 * a vendor, one of these does too.
 */
function visibilityOf({ agreements, customerGroups, marketplaceId }: BuyerContext, { assortments }: Shelf): Visibility {
  const forAll = assortments.filter(({ target, targetId }) => target === "marketplace" && targetId === marketplaceId);
  const given = assortments.filter(
    ({ target, targetId }) =>
      (target === "agreement" && agreements.some(({ agreementId }) => agreementId === targetId)) ||
      (target === "customer_group" && customerGroups.has(targetId)),
  );
  const vendors = [...new Set(given.flatMap(({ vendorId }) => vendorId ?? []))];
  const ofAll = given.filter(({ vendorId }) => vendorId === null).map(({ id }) => id);
  return [
    ...forAll.map(({ id, vendorId }) => ({
      vendors: vendorId === null ? { butNot: [] } : { only: vendorId },
      anyOf: [id],
    })),
    ...vendors.map((only) => ({
      vendors: { only },
      anyOf: [...given.filter(({ vendorId }) => vendorId === only).map(({ id }) => id), ...ofAll],
    })),
    ...(ofAll.length === 0 ? [] : [{ vendors: { butNot: vendors }, anyOf: ofAll }]),
  ];
}
