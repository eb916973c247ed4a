import type { PriceView } from "./offers/price-view.ts";

export type SortOrder = "relevance" | "name" | "newest" | "price_ascending" | "price_descending";

/** Bounds are inclusive; null is open. */
export type NumberRange = { readonly from: number | null; readonly to: number | null };

export type ValueFilter = { readonly facet: string; readonly anyOf: readonly string[] };
export type NumberFilter = NumberRange & { readonly facet: string };

/**
 * Facets by name: "brand", "class:<scheme>", "attribute:<name>" are the product's; "vendor", "condition", "region",
 * "lead_time" and "price" the offer's, and have to be so of one and the same offer.
 */
export type FacetAsk =
  | {
      readonly kind: "values";
      readonly facet: string;
      readonly top: number;
      /** Of a class facet: only nodes right below this one, null for the scheme's top; absent for all nodes. */
      readonly under?: string | null;
    }
  | { readonly kind: "numbers"; readonly facet: string; readonly ranges: readonly NumberRange[] };

/** What holds for some vendors' offers: they are in one of the assortments. */
export type VisibilityRule = {
  readonly vendors: { readonly only: string } | { readonly butNot: readonly string[] };
  readonly anyOf: readonly string[];
};

/** What a buyer may see: offers for which each rule holds that is about their vendor; without rules all offers. */
export type Visibility = readonly VisibilityRule[];

/** Where a page ended. */
export type Cursor = { readonly key: number | string | null; readonly id: string };

export type CatalogQuery = {
  readonly text: string;
  readonly language: string;
  /** The last word may still be being typed. */
  readonly unfinished: boolean;
  readonly visibility: Visibility;
  /** For the buyer's own part numbers. */
  readonly company: string | null;
  /** Null for a buyer to whom no price is shown. */
  readonly prices: PriceView | null;
  readonly values: readonly ValueFilter[];
  readonly numbers: readonly NumberFilter[];
  readonly facets: readonly FacetAsk[];
  readonly sort: SortOrder;
  readonly limit: number;
  readonly after: Cursor | null;
  /** Fewer visible products with all the words than this, and products with most of them count as well. */
  readonly enough: number;
};

export type Hit = {
  readonly productId: string;
  readonly score: number;
  /** The least price of an offer that is a hit, per base unit at scale 6; null when none of them has a price. */
  readonly fromPrice: number | null;
  /** The offer of that price, else the first by id. */
  readonly offerId: string;
  /** Offers of the product that are hits. */
  readonly offerCount: number;
};

export type ValueCount = {
  readonly value: string;
  readonly count: number;
  readonly selected: boolean;
};

export type FacetCounts =
  | {
      readonly kind: "values";
      readonly facet: string;
      /** The most first; what is selected is always there. */
      readonly values: readonly ValueCount[];
      /** Values with a count that were left out. */
      readonly more: number;
    }
  | {
      readonly kind: "numbers";
      readonly facet: string;
      readonly counts: readonly number[];
      /** Of all products that the facet's own selection does not narrow; null without any. */
      readonly least: number | null;
      readonly greatest: number | null;
    };

export type CatalogPage = {
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly next: Cursor | null;
  readonly facets: readonly FacetCounts[];
  /** The share of what was asked that a hit has at least: 1 when all words are in every hit. */
  readonly coverage: number;
};

/** Query in, page out: what an operator's own search server has to do. */
export type CatalogSearch = { readonly search: (query: CatalogQuery) => CatalogPage };
