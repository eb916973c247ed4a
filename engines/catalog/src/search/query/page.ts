import type { Offers } from "../offers/offers.ts";
import type { Products } from "../products.ts";
import type { CatalogQuery, Cursor, Hit } from "../query.ts";
import type { Candidates } from "./candidates.ts";
import type { Order } from "./top-places.ts";
import { TopPlaces } from "./top-places.ts";

export type Sorting = {
  readonly query: CatalogQuery;
  readonly products: Products;
  readonly offers: Offers;
  readonly candidates: Candidates;
  /** By product; 0 for all without a text. */
  readonly scores: Float64Array;
};

/** The first places after the cursor in the query's order. */
export function firstPlaces(sorting: Sorting, places: Uint32Array, count: number): readonly number[] {
  const { query } = sorting;
  const keys = new Float64Array(sorting.candidates.count);
  const keyAt = keyOf(sorting);
  for (let at = 0; at < count; at++) keys[places[at] as number] = keyAt(places[at] as number);
  const after = query.after === null ? null : orderAgainst(sorting, keys, query.after);
  const first = new TopPlaces(query.limit, keys, tieOrderOf(sorting));
  for (let at = 0; at < count; at++) {
    const place = places[at] as number;
    if (after === null || after(place) > 0) first.offer(place);
  }
  return first.sorted();
}

export function hitOf({ products, offers, candidates, scores }: Sorting, place: number): Hit {
  const product = candidates.products[place] as number;
  const price = candidates.prices[place] as number;
  return {
    productId: products.ids.text(product),
    score: scores[product] ?? 0,
    fromPrice: price < 0 ? null : price,
    offerId: offers.ids.text(candidates.offers[place] as number),
    offerCount: candidates.offerCounts[place] as number,
  };
}

export function cursorOf({ query, products, candidates, scores }: Sorting, place: number): Cursor {
  const product = candidates.products[place] as number;
  const id = products.ids.text(product);
  switch (query.sort) {
    case "relevance":
      return { key: scores[product] ?? 0, id };
    case "newest":
      return { key: products.createdAt.values[product] as number, id };
    case "name":
      return { key: products.nameOf(product, query.language), id };
    default: {
      const price = candidates.prices[place] as number;
      return { key: price < 0 ? null : price, id };
    }
  }
}

/** The number to sort by, smaller first; products without a price come last in either direction. */
function keyOf({ query, products, candidates, scores }: Sorting): (place: number) => number {
  switch (query.sort) {
    case "relevance":
      return (place) => -(scores[candidates.products[place] as number] ?? 0);
    case "newest":
      return (place) => -(products.createdAt.values[candidates.products[place] as number] as number);
    case "name":
      return () => 0;
    default: {
      const sign = query.sort === "price_ascending" ? 1 : -1;
      return (place) => {
        const price = candidates.prices[place] as number;
        return price < 0 ? Number.POSITIVE_INFINITY : sign * price;
      };
    }
  }
}

/** Of two places with the same key. */
function tieOrderOf({ query, products, candidates }: Sorting): Order {
  const byName = query.sort === "name";
  return (left, right) => {
    const product = candidates.products[left] as number;
    const against = candidates.products[right] as number;
    const names = byName ? products.compareNames(product, against, query.language) : 0;
    return names === 0 ? products.ids.compare(product, against) : names;
  };
}

/** Above zero for places behind the cursor. */
function orderAgainst(sorting: Sorting, keys: Float64Array, after: Cursor): (place: number) => number {
  const { query, products, candidates } = sorting;
  const bound = boundOf(query, after);
  return (place) => {
    const product = candidates.products[place] as number;
    if (query.sort === "name") {
      const name = products.nameOf(product, query.language);
      if (name !== after.key) return typeof after.key === "string" && name < after.key ? -1 : 1;
    } else if (keys[place] !== bound) return (keys[place] as number) < bound ? -1 : 1;
    const id = products.ids.text(product);
    if (id === after.id) return 0;
    return id < after.id ? -1 : 1;
  };
}

function boundOf({ sort }: CatalogQuery, { key }: Cursor): number {
  if (typeof key !== "number") return Number.POSITIVE_INFINITY;
  return sort === "price_ascending" ? key : -key;
}
