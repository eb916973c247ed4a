// The catalogue at a million offers of 400 vendors: how long the search index takes to build and what it holds in
// memory, and how long a page with facets, sorted by the buyer's own price, takes while prices change; how many times as
// long Postgres takes for the same page of fewer offers; and how long a cart of 50 lines takes to be priced again, from a
// database of fewer offers with as many contracts and groups.
import { compareWithSql } from "./catalogue-against-sql.ts";
import { measureRepricing } from "./catalogue-repricing.ts";
import { measureSearch } from "./catalogue-search.ts";
import { benchOptions } from "./figures.ts";

const { prices, sqlOffers, sqlQueries, priced, carts, lines, ...options } = benchOptions({
  offers: 1_000_000,
  vendors: 400,
  contracts: 500,
  groups: 20,
  seed: 1,
  queries: 60,
  prices: 50,
  sqlOffers: 50_000,
  sqlQueries: 5,
  priced: 20_000,
  carts: 200,
  lines: 50,
});

measureSearch({ ...options, pricesPerSecond: prices });
await compareWithSql({ ...options, offers: sqlOffers, queries: sqlQueries, pricesPerSecond: 0 });
const { vendors, contracts, groups, seed } = options;
await measureRepricing({ offers: priced, vendors, contracts, groups, seed, carts, lines });
