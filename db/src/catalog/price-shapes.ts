import type { Micros } from "@kontor/kernel";

/*
 * What the catalogue's engine prices by, in its own shapes: unit prices and quantities in millionths, percentages in
 * ten-thousandths of a percent, instants in UTC microseconds. The database knows nothing of the engine; that one takes
 * the other's shapes is checked where both meet.
 */

export type PricePeriod = { readonly from: Micros | null; readonly to: Micros | null };
export type PriceRatio = { readonly num: bigint; readonly den: bigint };

export type PriceUnits = {
  readonly base: string;
  readonly others: ReadonlyMap<
    string,
    { readonly ratio: PriceRatio; readonly decimals: number; readonly sold: boolean }
  >;
};

export type PriceOffer = {
  readonly id: string;
  readonly vendorId: string;
  readonly active: boolean;
  readonly vendorActive: boolean;
  readonly baseListId: string | null;
  readonly brandId: string | null;
  /** `scheme:code` of the product's classes and of all above them. */
  readonly classIds: readonly string[];
  readonly mixGroup: string | null;
  readonly units: PriceUnits;
};

export type BandScope =
  | { readonly kind: "all" }
  | { readonly kind: "class"; readonly classId: string }
  | { readonly kind: "brand"; readonly brandId: string };

export type PercentBand = { readonly scope: BandScope; readonly minQuantity: bigint; readonly percent: bigint };

export type PriceListFacts = {
  readonly id: string;
  readonly vendorId: string | null;
  readonly currency: string;
  readonly priceMode: "net" | "gross";
  readonly period: PricePeriod;
  readonly exclusive: boolean;
  readonly stacking: "none" | "promotions";
  readonly tierScope: "line" | "offer" | "mix_group";
  readonly adjustment: { readonly baseListId: string | null; readonly bands: readonly PercentBand[] } | null;
};

export type PriceRowFacts = {
  readonly id: string;
  readonly listId: string;
  readonly offerId: string;
  readonly unit: string;
  readonly priceBaseQuantity: bigint;
  readonly minQuantity: bigint;
  readonly price: bigint;
  readonly period: PricePeriod;
};

export type PriceAssignment = {
  readonly listId: string;
  readonly target: "agreement" | "customer_group" | "channel" | "country" | "marketplace";
  readonly targetId: string;
  readonly priority: number;
};

export type PromotionFacts = {
  readonly id: string;
  readonly condition:
    | { readonly kind: "functional"; readonly tradeFunction: string }
    | { readonly kind: "quantity"; readonly minQuantity: bigint }
    | { readonly kind: "loyalty"; readonly minLevel: number }
    | { readonly kind: "seasonal" };
  readonly effect:
    | { readonly kind: "percent"; readonly percent: bigint }
    | { readonly kind: "amount"; readonly amount: bigint; readonly currency: string };
  readonly bearer:
    | { readonly kind: "vendor" }
    | { readonly kind: "marketplace" }
    | { readonly kind: "shared"; readonly marketplacePercent: bigint };
  readonly scope: {
    readonly vendorId: string | null;
    readonly brandId: string | null;
    readonly classId: string | null;
    readonly offerIds: ReadonlySet<string> | null;
  };
  readonly period: PricePeriod;
  readonly stackGroup: number;
  readonly priority: number;
};

/** What the engine makes its book of. */
export type PriceRecords = {
  readonly offers: readonly PriceOffer[];
  readonly lists: readonly PriceListFacts[];
  readonly assignments: readonly PriceAssignment[];
  readonly rows: readonly PriceRowFacts[];
  readonly promotions: readonly PromotionFacts[];
};

/** An agreement as far as it decides which lists count; `nodeId` is the division's that it is for, or the company's. */
export type AgreementFacts = {
  readonly id: string;
  readonly version: number;
  readonly vendorId: string;
  readonly nodeId: string;
  readonly period: PricePeriod;
  readonly active: boolean;
  readonly currency: string;
};

export type QuantityTermsFacts = {
  readonly unit: string;
  readonly minimum: bigint | null;
  readonly multiple: bigint | null;
  readonly maximum: bigint | null;
};

/** Of one agreement; an offer's own rule goes before the one for all offers. */
export type QuantityRuleFacts = {
  readonly agreementId: string;
  readonly offerId: string | null;
  readonly minimum: bigint | null;
  readonly multiple: bigint | null;
  readonly maximum: bigint | null;
};

/** Amounts in the smallest units of the currency; `agreementId` null for all buyers of the vendor. */
export type OrderMinimumFacts = {
  readonly vendorId: string;
  readonly agreementId: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly mode: { readonly kind: "block" } | { readonly kind: "fee"; readonly fee: bigint };
};
