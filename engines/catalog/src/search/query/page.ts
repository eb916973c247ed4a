import type { Offers } from "../offers/offers.ts";
import type { Products } from "../products.ts";
import type { CatalogQuery, Cursor, Hit } from "../query.ts";
import type { Candidates } from "./candidates.ts";

export type Sorting = {
  readonly query: CatalogQuery;
  readonly products: Products;
  readonly offers: Offers;
  readonly candidates: Candidates;
  /** By product; 0 for all without a text. */
  readonly scores: Float64Array;
};

/** Below zero when the left place comes first; ties by id, so never zero for two products. */
type Order = (left: number, right: number) => number;

/** The first places after the cursor in the query's order. */
export function firstPlaces(sorting: Sorting, places: Uint32Array, count: number): readonly number[] {
  const { query } = sorting;
  const order = orderOf(sorting);
  const after = query.after === null ? null : orderAgainst(sorting, query.after);
  const heap = new TopPlaces(query.limit, order);
  for (let at = 0; at < count; at++) {
    const place = places[at] as number;
    if (after === null || after(place) > 0) heap.offer(place);
  }
  return heap.sorted();
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

function orderOf(sorting: Sorting): Order {
  const { query, products, candidates } = sorting;
  const key = keyOf(sorting);
  const byName = query.sort === "name";
  return (left, right) => {
    const own = key(left);
    const other = key(right);
    if (own !== other) return own < other ? -1 : 1;
    const product = candidates.products[left] as number;
    const against = candidates.products[right] as number;
    const names = byName ? products.compareNames(product, against, query.language) : 0;
    return names === 0 ? products.ids.compare(product, against) : names;
  };
}

/** Above zero for places behind the cursor. */
function orderAgainst(sorting: Sorting, after: Cursor): (place: number) => number {
  const { query, products, candidates } = sorting;
  const key = keyOf(sorting);
  const bound = boundOf(query, after);
  return (place) => {
    const product = candidates.products[place] as number;
    if (query.sort === "name") {
      const name = products.nameOf(product, query.language);
      if (name !== after.key) return typeof after.key === "string" && name < after.key ? -1 : 1;
    } else if (key(place) !== bound) return key(place) < bound ? -1 : 1;
    const id = products.ids.text(product);
    if (id === after.id) return 0;
    return id < after.id ? -1 : 1;
  };
}

function boundOf({ sort }: CatalogQuery, { key }: Cursor): number {
  if (typeof key !== "number") return Number.POSITIVE_INFINITY;
  return sort === "price_ascending" ? key : -key;
}

/** Keeps the first `limit` places of an order: a heap with the last of them on top. */
class TopPlaces {
  private readonly places: number[] = [];
  private readonly limit: number;
  private readonly order: Order;

  constructor(limit: number, order: Order) {
    this.limit = limit;
    this.order = order;
  }

  offer(place: number): void {
    const { places, limit, order } = this;
    if (limit <= 0) return;
    if (places.length < limit) {
      places.push(place);
      this.rise(places.length - 1);
    } else if (order(place, places[0] as number) < 0) {
      places[0] = place;
      this.sink();
    }
  }

  sorted(): readonly number[] {
    return [...this.places].sort(this.order);
  }

  private rise(from: number): void {
    const { places, order } = this;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      if (order(places[at] as number, places[above] as number) <= 0) return;
      this.swap(at, above);
      at = above;
    }
  }

  private sink(): void {
    const { places, order } = this;
    let at = 0;
    for (;;) {
      let last = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < places.length && order(places[below] as number, places[last] as number) > 0) last = below;
      }
      if (last === at) return;
      this.swap(at, last);
      at = last;
    }
  }

  private swap(left: number, right: number): void {
    const place = this.places[left] as number;
    this.places[left] = this.places[right] as number;
    this.places[right] = place;
  }
}
