// The catalogue at a million offers of 400 vendors: how long the search index takes to build and what it holds in
// memory, and how long a page with facets, sorted by the buyer's own price, takes while prices change.
import { measureSearch } from "./catalogue-search.ts";
import { benchOptions } from "./figures.ts";

const { prices, ...options } = benchOptions({
  offers: 1_000_000,
  vendors: 400,
  contracts: 500,
  groups: 20,
  seed: 1,
  queries: 60,
  prices: 50,
});

measureSearch({ ...options, pricesPerSecond: prices });
