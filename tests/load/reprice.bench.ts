// How long a cart of 50 lines takes to be priced again, from a database with as many contracts and groups as
// `catalog` has, beside bare prepared statements that read the same rows by their keys.
import { measureRepricing } from "./catalogue-repricing.ts";
import { benchOptions } from "./figures.ts";

await measureRepricing(
  benchOptions({ offers: 20_000, vendors: 400, contracts: 500, groups: 20, seed: 1, carts: 200, lines: 50 }),
);
