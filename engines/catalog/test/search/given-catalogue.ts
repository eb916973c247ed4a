import type { OfferDocument, ProductDocument } from "../../src/search/documents.ts";
import type { SearchSetup } from "../../src/search/memory-search.ts";
import { MemorySearch } from "../../src/search/memory-search.ts";
import type { CatalogPage, CatalogQuery } from "../../src/search/query.ts";

export type Article = Partial<Omit<ProductDocument, "texts">> & {
  readonly title: string;
  readonly description?: string;
  readonly language?: string;
  readonly offers?: readonly Partial<OfferDocument>[];
};

const plainSetup: SearchSetup = { classes: [], synonyms: [] };

/** A catalogue of articles by id, each with one offer of the same id unless it names its own. */
export function given(articles: Readonly<Record<string, Article>>, setup: Partial<SearchSetup> = {}): MemorySearch {
  const search = new MemorySearch({ ...plainSetup, ...setup });
  search.prices.defineList({ id: "base", dense: true, vendor: null });
  for (const [id, article] of Object.entries(articles)) put(search, id, article);
  return search;
}

export function put(search: MemorySearch, id: string, article: Article): void {
  const { title, description = "", language = "en", offers = [{}], ...rest } = article;
  search.upsertProduct({
    brand: null,
    partNumbers: [],
    attributes: [],
    classes: [],
    createdAt: 0,
    ...rest,
    id,
    texts: [{ language, title, description }],
  });
  for (const [at, offer] of offers.entries()) {
    search.upsertOffer({
      id: at === 0 ? id : `${id}-${at}`,
      productId: id,
      vendor: "vera",
      vendorPartNumber: "",
      gtins: [],
      condition: "new",
      region: "",
      leadTimeDays: 0,
      active: true,
      ...offer,
    });
  }
}

export function page(search: MemorySearch, query: Partial<CatalogQuery>): CatalogPage {
  return search.search({
    text: "",
    language: "en",
    unfinished: false,
    visibility: [],
    company: null,
    prices: null,
    values: [],
    numbers: [],
    facets: [],
    sort: "relevance",
    limit: 24,
    after: null,
    enough: 1,
    ...query,
  });
}

export const found = (search: MemorySearch, text: string, query: Partial<CatalogQuery> = {}): string[] =>
  page(search, { text, ...query }).hits.map(({ productId }) => productId);
