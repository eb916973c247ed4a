import type { CatalogQuery, FacetAsk } from "@kontor/catalog";
import { MemorySearch } from "@kontor/catalog";
import { percentile, print } from "./figures.ts";
import type { CatalogueSize, SyntheticCatalogue } from "./synthetic-catalogue.ts";
import { offerIdOf, seededNumbers, syntheticCatalogue } from "./synthetic-catalogue.ts";

const bench = "catalog";

export type SearchLoad = CatalogueSize & {
  /** Queries per set of hits. */
  readonly queries: number;
  readonly pricesPerSecond: number;
};

/** Builds the index, asks it for sets of hits of all sizes while prices change, and says what it takes in memory. */
export function measureSearch(load: SearchLoad): void {
  const catalogue = syntheticCatalogue(load);
  const search = build(catalogue, load);
  defineAssortments(search);
  const started = performance.now();
  search.search(queryOf(search, catalogue, { text: "", buyer: 0, values: [] }));
  print({ bench, figure: "first_search_of_an_assortment", unit: "ms", value: performance.now() - started });
  for (const { text, values } of questions(catalogue)) measure({ search, catalogue, load }, text, values);
}

/** The index with all that it is asked about. */
export function filled(catalogue: SyntheticCatalogue): MemorySearch {
  const search = new MemorySearch(catalogue.setup);
  for (const { product, offers } of catalogue.products()) {
    search.upsertProduct(product);
    for (const offer of offers) search.upsertOffer(offer);
  }
  for (const list of catalogue.lists) search.prices.defineList(list);
  for (const { list, offerId, price } of catalogue.prices()) search.prices.set(list, offerId, price);
  defineAssortments(search);
  return search;
}

function defineAssortments(search: MemorySearch): void {
  search.defineAssortment({ id: "public", include: [], exclude: [{ vendor: "v3" }, { brand: "Brand 7" }] });
  search.defineAssortment({ id: "agreed", include: [], exclude: [{ class: { scheme: "tree", code: "11" } }] });
}

export const wordsIn = (text: string): number => (text === "" ? 0 : text.split(" ").length);

function build(catalogue: SyntheticCatalogue, { offers }: SearchLoad): MemorySearch {
  const search = new MemorySearch(catalogue.setup);
  const busy = process.cpuUsage();
  let spent = 0;
  for (const { product, offers: own } of catalogue.products()) {
    const started = performance.now();
    search.upsertProduct(product);
    for (const offer of own) search.upsertOffer(offer);
    spent += performance.now() - started;
  }
  let rows = 0;
  for (const list of catalogue.lists) search.prices.defineList(list);
  const started = performance.now();
  for (const { list, offerId, price } of catalogue.prices()) {
    search.prices.set(list, offerId, price);
    rows++;
  }
  const prices = performance.now() - started;
  // With making the catalogue, which the seconds are without.
  const cpuS = cpuMsSince(busy) / 1_000;
  const details = { cpuS, offers, products: search.products.count, priceRows: rows };
  print({ bench, figure: "index_build", unit: "s", value: (spent + prices) / 1000, atMost: 90, ...details });
  print({
    bench,
    figure: "index_memory",
    unit: "bytes_per_offer",
    value: search.bytes / offers,
    ...memoryParts(search, offers),
  });
  return search;
}

function memoryParts(search: MemorySearch, offers: number): Record<string, number> {
  return {
    productText: search.products.text.bytes / offers,
    productRest: (search.products.bytes - search.products.text.bytes) / offers,
    offerRows: search.offers.bytes / offers,
    prices: search.prices.bytes / offers,
  };
}

type Question = { readonly text: string; readonly values: CatalogQuery["values"] };

export function questions({ wordOf }: SyntheticCatalogue): Question[] {
  const narrowed = [
    { facet: "attribute:a1", anyOf: [wordOf(1008), wordOf(1009)] },
    { facet: "vendor", anyOf: ["v1", "v2", "v4", "v9"] },
  ];
  const texts = ["", wordOf(0), wordOf(10), wordOf(100), wordOf(1500), `${wordOf(3)} ${wordOf(5)}`, `${wordOf(300)}q`];
  return texts.flatMap((text) => [
    { text, values: [] },
    { text, values: narrowed },
  ]);
}

type Measured = { readonly search: MemorySearch; readonly catalogue: SyntheticCatalogue; readonly load: SearchLoad };

/** A closed loop; prices that fell due meanwhile are written first, in the query's own time. */
function measure({ search, catalogue, load }: Measured, text: string, values: CatalogQuery["values"]): void {
  const random = seededNumbers(load.seed + 2);
  const times: number[] = [];
  let total = 0;
  let changes = 0;
  const begun = performance.now();
  const busy = process.cpuUsage();
  for (let at = 0; at < load.queries; at++) {
    const started = performance.now();
    const due = Math.floor(((started - begun) / 1000) * load.pricesPerSecond);
    for (; changes < due; changes++) {
      const offerId = offerIdOf(Math.floor(random() * load.offers));
      search.prices.set(changes % 2 === 0 ? "base" : "contract 5", offerId, Math.floor(random() * 1e9));
    }
    ({ total } = search.search(queryOf(search, catalogue, { text, buyer: at, values })));
    times.push(performance.now() - started);
  }
  print({
    bench,
    figure: "search_by_own_price",
    unit: "ms_p95",
    value: percentile(times, 95),
    atMost: 150,
    p50: percentile(times, 50),
    cpuMs: cpuMsSince(busy) / times.length,
    hits: total,
    words: wordsIn(text),
    filters: values.length,
    priceChanges: changes,
    queries: times.length,
  });
}

const facets: readonly FacetAsk[] = [
  ...Array.from({ length: 12 }, (_, at) => `attribute:a${at}`),
  "brand",
  "class:tree",
  "vendor",
  "condition",
].map((facet) => ({ kind: "values", facet, top: 20 }));

export function queryOf(
  search: MemorySearch,
  { chainOf }: SyntheticCatalogue,
  { text, buyer, values }: Question & { readonly buyer: number },
): CatalogQuery {
  return {
    text,
    language: "en",
    unfinished: false,
    visibility: ["public", "agreed"].map((id) => ({ vendors: { butNot: [] }, anyOf: [id] })),
    company: null,
    prices: search.prices.view(chainOf(buyer), () => null),
    values,
    numbers: [],
    facets,
    sort: "price_ascending",
    limit: 24,
    after: null,
    enough: 24,
  };
}

/** Of all threads of the process. */
function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
