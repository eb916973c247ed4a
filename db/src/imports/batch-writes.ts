import type { MatchVerdict, VariantMeasures } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import type { AttributeValue, ProductText } from "@kontor/protocol";
import type { WantedRung } from "../catalog/price-rungs.ts";
import type { ProductRow } from "../catalog/product-records.ts";
import type { KnownOffer, OfferRow, StockRow } from "./known-offers.ts";

/* What a batch of rows comes to: all that is written of it, decided before anything is. */

export type ToldClass = { readonly scheme: string; readonly code: string; readonly primary: boolean };

/** What a product says of itself, apart from who sells it. */
export type ProductTerms = {
  readonly brand: string | null;
  readonly partNo: string | null;
  readonly texts: readonly ProductText[];
  readonly classes: readonly ToldClass[];
  readonly attributes: readonly AttributeValue[];
};

type Verdict = Exclude<MatchVerdict, { kind: "apart" }>;
/** What a product was found to be like, and what was decided of it. */
export type Finding = { readonly otherId: string; readonly verdict: Verdict };

/** A product that the vendor's file describes and that was not known by its offer. */
export type NewProduct = ProductTerms & {
  readonly productId: string;
  readonly variantId: string;
  readonly measures: VariantMeasures;
  readonly findings: readonly Finding[];
  /** Which product it is beyond doubt; null where it stays one of its own. */
  readonly mergedInto: MergeTarget | null;
};

export type MergeTarget = Pick<ProductRow, "id" | "ownerCompanyId" | "version">;

/** A product of the vendor's own that its only offer's row says otherwise of. */
export type RevisedProduct = {
  readonly known: KnownOffer;
  readonly terms: ProductTerms;
  readonly gtins: readonly { readonly gtin: string; readonly unit: string }[];
};

export type ChangedOffer = { readonly row: OfferRow; readonly before: KnownOffer; readonly action: string };
export type GoneRung = { readonly id: string; readonly offerId: string; readonly partNumber: string };
export type PutRung = WantedRung & {
  readonly offerId: string;
  readonly partNumber: string;
  readonly price: bigint;
};

export type BatchWrites = {
  readonly products: readonly NewProduct[];
  readonly revised: readonly RevisedProduct[];
  /** With the product that each offer's variant is of. */
  readonly offers: readonly { readonly row: OfferRow; readonly productId: string; readonly reason: string | null }[];
  readonly changed: readonly ChangedOffer[];
  readonly goneRungs: readonly GoneRung[];
  readonly rungs: readonly PutRung[];
  readonly stock: readonly StockRow[];
  readonly now: Micros;
};
