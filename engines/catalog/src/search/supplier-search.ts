import type { ClassRef, ProductAttribute } from "./documents.ts";
import type { SearchSetup } from "./memory-search.ts";
import { MemorySearch } from "./memory-search.ts";
import type { CatalogQuery, Cursor, FacetAsk, FacetCounts, NumberFilter, ValueFilter } from "./query.ts";
import type { SynonymRule } from "./text/synonyms.ts";

/** A company as it is looked for. */
export type SupplierDocument = {
  readonly id: string;
  readonly name: string;
  /** What it says of itself, per language (BCP 47). */
  readonly texts: readonly { readonly language: string; readonly text: string }[];
  /** What it supplies. */
  readonly classes: readonly ClassRef[];
  /** Where it delivers. */
  readonly regions: readonly string[];
  /** Those that have not expired, and those of them that somebody has verified. */
  readonly certificates: readonly string[];
  readonly verified: readonly string[];
  /** How much of what it can make in a month, in the unit that belongs to the name. */
  readonly capacities: readonly { readonly of: string; readonly perMonth: number }[];
  /** Only an active supplier is found. */
  readonly active: boolean;
};

/** Facets are "class:<scheme>", "region", "certificate", "verified_certificate" and, with numbers, "capacity:<of>". */
export type SupplierQuery = {
  readonly text: string;
  readonly language: string;
  readonly unfinished: boolean;
  readonly values: readonly ValueFilter[];
  readonly numbers: readonly NumberFilter[];
  readonly facets: readonly FacetAsk[];
  readonly sort: "relevance" | "name";
  readonly limit: number;
  readonly after: Cursor | null;
};

export type SupplierPage = {
  readonly total: number;
  readonly companies: readonly { readonly companyId: string; readonly score: number }[];
  readonly next: Cursor | null;
  readonly facets: readonly FacetCounts[];
};

const ATTRIBUTE = "attribute:";

/** Finds companies with the means that find products: each is one, with its regions and the like as attributes. */
export class SupplierSearch {
  private readonly search: MemorySearch;

  constructor(setup: SearchSetup) {
    this.search = new MemorySearch(setup);
  }

  setSynonyms(rules: readonly SynonymRule[]): void {
    this.search.setSynonyms(rules);
  }

  upsertSupplier(supplier: SupplierDocument): void {
    const { id, name, texts, classes, active } = supplier;
    const own = texts.map(({ language, text }) => ({ language, title: name, description: text }));
    this.search.upsertProduct({
      id,
      texts: own.length > 0 ? own : [{ language: "", title: name, description: "" }],
      brand: null,
      partNumbers: [],
      attributes: attributesOf(supplier),
      classes,
      createdAt: 0,
    });
    this.search.upsertOffer({
      id,
      productId: id,
      vendor: id,
      vendorPartNumber: "",
      gtins: [],
      condition: "",
      region: "",
      leadTimeDays: 0,
      active,
    });
  }

  deleteSupplier(id: string): void {
    this.search.deleteOffer(id);
    this.search.deleteProduct(id);
  }

  find(query: SupplierQuery): SupplierPage {
    const { total, hits, next, facets } = this.search.search(catalogQuery(query));
    return {
      total,
      companies: hits.map(({ productId, score }) => ({ companyId: productId, score })),
      next,
      facets: facets.map((counts) => ({ ...counts, facet: nameOf(counts.facet) })),
    };
  }
}

function attributesOf({ regions, certificates, verified, capacities }: SupplierDocument): ProductAttribute[] {
  const named = (attribute: string, values: readonly string[]): ProductAttribute[] =>
    values.map((value) => ({ attribute, value, language: "" }));
  const amounts = capacities.map(({ of, perMonth }) => ({ attribute: `capacity:${of}`, number: perMonth, unit: "" }));
  return [
    ...named("region", regions),
    ...named("certificate", certificates),
    ...named("verified_certificate", verified),
    ...amounts,
  ];
}

const inner = (facet: string): string => (facet.startsWith("class:") ? facet : ATTRIBUTE + facet);

const nameOf = (facet: string): string => (facet.startsWith(ATTRIBUTE) ? facet.slice(ATTRIBUTE.length) : facet);

function catalogQuery(query: SupplierQuery): CatalogQuery {
  return {
    ...query,
    visibility: [],
    company: null,
    prices: null,
    values: query.values.map((filter) => ({ ...filter, facet: inner(filter.facet) })),
    numbers: query.numbers.map((filter) => ({ ...filter, facet: inner(filter.facet) })),
    facets: query.facets.map((ask) => ({ ...ask, facet: inner(ask.facet) })),
    enough: 1,
  };
}
