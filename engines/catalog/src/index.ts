export type {
  Assortment,
  AssortmentRule,
  BuyerPartNumbers,
  ClassNode,
  ClassRef,
  OfferDocument,
  ProductAttribute,
  ProductDocument,
  ProductText,
} from "./search/documents.ts";
export type { SearchSetup } from "./search/memory-search.ts";
export { MemorySearch } from "./search/memory-search.ts";
export type { ChainedList, PriceChain, PriceColumns, PriceListShape } from "./search/offers/price-columns.ts";
export type { PriceView } from "./search/offers/price-view.ts";
export { ASK_RESOLVER, NO_PRICE } from "./search/offers/price-view.ts";
export type {
  CatalogPage,
  CatalogQuery,
  CatalogSearch,
  Cursor,
  FacetAsk,
  FacetCounts,
  Hit,
  NumberFilter,
  NumberRange,
  SortOrder,
  ValueCount,
  ValueFilter,
  Visibility,
} from "./search/query.ts";
