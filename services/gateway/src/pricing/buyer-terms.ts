import type { AgreementLink, BuyerContext, QuantityTerms } from "@kontor/catalog";
import { agreementChainOf } from "@kontor/catalog";
import type { PriceFacts } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";

export type TermsWanted = {
  readonly at: Micros;
  readonly purpose: BuyerContext["purpose"];
  /** Instead of the agreement's or the marketplace's. */
  readonly currency?: string | undefined;
  /** Where there are several with one vendor. */
  readonly agreementId?: string | undefined;
};

/** How somebody buys of one vendor at an instant. */
export type VendorTerms =
  | { readonly kind: "terms"; readonly buyer: BuyerContext; readonly agreement: AgreementLink | null }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** A buyer's terms with one vendor: his agreements with him, and the groups of the vendor and the marketplace. */
export function vendorTerms(facts: PriceFacts, vendorId: string, wanted: TermsWanted): VendorTerms {
  const { buyer } = facts;
  const named = wanted.agreementId ?? null;
  const known = buyer.agreements.find(({ id }) => id === named);
  if (named !== null && known === undefined) return rejected({ code: "agreement_not_in_force" });
  const chain = agreementChainOf({
    nodeId: buyer.nodeId ?? "",
    parents: buyer.parents,
    agreements: buyer.agreements,
    vendorId,
    at: wanted.at,
    named: known?.vendorId === vendorId ? named : null,
  });
  if (chain.kind === "rejected") return chain;
  const [nearest = null] = chain.agreements;
  const agreed = buyer.agreements.find(({ id }) => id === nearest?.agreementId);
  const groups = buyer.groups.filter((group) => group.vendorId === null || group.vendorId === vendorId);
  const ids = new Set(groups.map(({ id }) => id));
  const context: BuyerContext = {
    agreements: chain.agreements,
    customerGroups: ids,
    channelId: buyer.channelId,
    country: buyer.country,
    marketplaceId: buyer.marketplaceId,
    currency: wanted.currency ?? agreed?.currency ?? buyer.currency,
    at: wanted.at,
    purpose: wanted.purpose,
    rounding: buyer.rounding,
    tradeFunctions: ids,
    loyaltyLevel: Math.max(0, ...groups.map(({ loyaltyLevel }) => loyaltyLevel)),
  };
  return { kind: "terms", buyer: context, agreement: nearest };
}

const rejected = (rejection: CatalogRejection): VendorTerms => ({ kind: "rejected", rejection });

/** What is said of quantities of an offer: each agreement for the offer, then for all; the offer's own last. */
export function quantityTermsOf(
  facts: PriceFacts,
  offerId: string,
  agreements: BuyerContext["agreements"],
): readonly QuantityTerms[] {
  const own = facts.sales.get(offerId)?.terms;
  if (own === undefined) return [];
  const agreed = agreements.flatMap(({ agreementId }) =>
    [offerId, null].flatMap((of) =>
      facts.quantityRules.filter((rule) => rule.agreementId === agreementId && rule.offerId === of),
    ),
  );
  const rules = agreed.map(({ minimum, multiple, maximum }) => ({ unit: own.unit, minimum, multiple, maximum }));
  return [...rules, own];
}
