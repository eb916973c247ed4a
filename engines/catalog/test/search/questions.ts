import fc from "fast-check";
import type { MemorySearch } from "../../src/search/memory-search.ts";
import type { PriceChain } from "../../src/search/offers/price-columns.ts";
import type { CatalogQuery, FacetAsk, VisibilityRule } from "../../src/search/query.ts";
import { assortmentIds, brands, codes, colours, conditions, lists, vendors, words } from "./world.ts";

export type Question = Omit<CatalogQuery, "prices"> & { readonly chain: PriceChain | null };

export const asked = (search: MemorySearch, { chain, ...query }: Question): CatalogQuery => ({
  ...query,
  prices: chain === null ? null : search.prices.view(chain, () => null),
});

export const plainQuestion: Question = {
  text: "",
  language: "en",
  unfinished: false,
  visibility: [],
  company: null,
  chain: null,
  values: [],
  numbers: [],
  facets: [],
  sort: "relevance",
  limit: 50,
  after: null,
  enough: 1,
};

const derived = fc.option(
  fc.record({ base: fc.constantFrom("base", "frame"), percent: fc.constantFrom(-123_457, 50_000) }),
  { freq: 2 },
);

const chain: fc.Arbitrary<PriceChain> = fc.array(
  fc.array(
    fc.record({
      list: fc.constantFrom(...lists.map(({ id }) => id)),
      exclusive: fc.nat(5).map((n) => n === 0),
      derived,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  { maxLength: 4 },
);

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1, maxLength: 2 });

/** Mostly nothing: of questions that narrow everything at once hardly one finds anything. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const filters = fc.tuple(
  seldom(some(brands)),
  seldom(some(colours)),
  seldom(some(codes)),
  seldom(some(vendors)),
  seldom(some([...conditions, "broken"])),
);

const valueFilters = filters.map(([brand, colour, code, vendor, condition]) =>
  Object.entries({ brand, "attribute:colour": colour, "class:tree": code, vendor, condition }).flatMap(
    ([facet, anyOf]) => (anyOf === null ? [] : [{ facet, anyOf }]),
  ),
);

const range = (low: number, high: number) =>
  fc.record({
    from: fc.option(fc.integer({ min: low, max: high })),
    to: fc.option(fc.integer({ min: low, max: high })),
  });

const numberFilters = fc
  .tuple(seldom(range(1, 9)), seldom(range(0, 5)), seldom(range(0, 60_000_000)))
  .map(([size, days, price]) =>
    Object.entries({ "attribute:size": size, lead_time: days, price }).flatMap(([facet, bounds]) =>
      bounds === null ? [] : [{ facet, ...bounds }],
    ),
  );

const ranges = [
  { from: null, to: 3 },
  { from: 2, to: 6 },
  { from: 7, to: null },
];

const facets: readonly FacetAsk[] = [
  ...["brand", "attribute:colour", "class:tree", "vendor", "condition", "region"].map(
    (facet) => ({ kind: "values", facet, top: 2 }) as const,
  ),
  { kind: "values", facet: "class:tree", top: 9, under: null },
  { kind: "values", facet: "class:tree", top: 9, under: "1" },
  { kind: "numbers", facet: "attribute:size", ranges },
  { kind: "numbers", facet: "lead_time", ranges },
  { kind: "numbers", facet: "price", ranges: [{ from: 0, to: 25_000_000 }] },
];

const texts = fc.oneof(
  fc.constant(""),
  fc
    .array(fc.constantFrom(...words, "node2", "unknownness"), { minLength: 1, maxLength: 3 })
    .map((list) => list.join(" ")),
  fc.constantFrom("mx 100", "MX-101", "VP-3", "4 006381 333931", "0000096385074", "own1", "own 2"),
);

const visibilityRule: fc.Arbitrary<VisibilityRule> = fc.record({
  vendors: fc.oneof(fc.record({ only: fc.constantFrom(...vendors) }), fc.record({ butNot: fc.subarray([...vendors]) })),
  anyOf: fc.subarray(assortmentIds),
});

export const question: fc.Arbitrary<Question> = fc.record({
  text: texts,
  language: fc.constant("en"),
  unfinished: fc.boolean(),
  visibility: fc.array(visibilityRule, { maxLength: 3 }),
  company: fc.constantFrom(null, "ben"),
  chain: fc.option(chain, { freq: 8 }),
  values: valueFilters,
  numbers: numberFilters,
  facets: fc.constant(facets),
  sort: fc.constantFrom("relevance", "name", "newest", "price_ascending", "price_descending"),
  limit: fc.constantFrom(1, 3, 50),
  after: fc.constant(null),
  enough: fc.constantFrom(0, 1, 4),
});
