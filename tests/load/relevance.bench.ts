// nDCG@10 and recall@100 of catalogue search on products with judged queries, beside plain BM25 over all text and over
// titles; and what the weights come to when they are chosen on one half of the queries and tried on the other.
import type { CatalogQuery, RankingRules } from "@kontor/catalog";
import { MemorySearch, rankingRules } from "@kontor/catalog";
import { recordsFolder } from "../replay/records.ts";
import { print } from "./figures.ts";
import type { JudgedSet } from "./judged-queries.ts";
import { esciSet, icecatSet, ndcgAt10, recallAt100 } from "./judged-queries.ts";
import { allTextOf, PlainBm25, titleOf } from "./plain-bm25.ts";

const bench = "relevance";
const goals: Readonly<Record<string, number>> = { "icecat-it-office": 0.75, "esci-us": 0.6 };

type Find = (query: string) => readonly string[];
type Scores = { readonly ndcg: readonly (number | null)[]; readonly recall: number };

function main(): void {
  const folder = recordsFolder("catalog");
  if (folder === null) return;
  const sets = [icecatSet(folder), esciSet(folder)];
  for (const set of sets) {
    const own = scoresOf(set, findWith(set, rankingRules));
    const all = new PlainBm25(set.products, allTextOf);
    const titles = new PlainBm25(set.products, titleOf);
    const bm25 = scoresOf(set, (query) => all.find(query, 100));
    const bm25Titles = scoresOf(set, (query) => titles.find(query, 100));
    print({
      bench,
      figure: "ndcg_at_10",
      unit: "share",
      dataset: set.name,
      value: mean(own.ndcg),
      atLeast: goals[set.name] ?? 0,
      evenQueries: mean(halfOf(own.ndcg, 0)),
      oddQueries: mean(halfOf(own.ndcg, 1)),
      plainBm25: mean(bm25.ndcg),
      plainBm25Titles: mean(bm25Titles.ndcg),
      queries: known(own.ndcg).length,
      queriesWithoutGain: set.queries.length - known(own.ndcg).length,
    });
    print({
      bench,
      figure: "recall_at_100",
      unit: "share",
      dataset: set.name,
      value: own.recall,
      plainBm25: bm25.recall,
      plainBm25Titles: bm25Titles.recall,
    });
  }
  crossValidate(sets);
}

/** Weights around the shipped ones: what a title, a description and a title's length count. */
function candidates(): readonly RankingRules[] {
  const { weight, lengthShare, coveragePower } = rankingRules;
  return [4, 6, 8].flatMap((title) =>
    [0.4, 0.7, 1].map((description) => ({
      weight: [title, ...weight.slice(1, 5), description],
      lengthShare,
      coveragePower,
    })),
  );
}

/** The best weights of one half of the queries of both sets at once, tried on the other half; and the other way round. */
function crossValidate(sets: readonly JudgedSet[]): void {
  const tried = candidates().map((rules) => sets.map((set) => scoresOf(set, findWith(set, rules)).ndcg));
  const heldOut = sets.map(() => [0, 0]);
  for (const half of [0, 1]) {
    const values = tried.map((ndcg) => ndcg.reduce((sum, own) => sum + mean(halfOf(own, half)), 0));
    const best = tried[values.indexOf(Math.max(...values))] ?? [];
    for (const [at, own] of best.entries()) {
      const pair = heldOut[at] ?? [];
      pair[1 - half] = mean(halfOf(own, 1 - half));
    }
  }
  for (const [at, { name }] of sets.entries()) {
    const [even = 0, odd = 0] = heldOut[at] ?? [];
    print({
      bench,
      figure: "ndcg_at_10_held_out",
      unit: "share",
      dataset: name,
      value: (even + odd) / 2,
      evenQueries: even,
      oddQueries: odd,
      candidates: tried.length,
    });
  }
}

function findWith({ products, classes }: JudgedSet, ranking: RankingRules): Find {
  const search = new MemorySearch({ classes, synonyms: [], ranking });
  for (const product of products) {
    search.upsertProduct(product);
    search.upsertOffer({
      id: product.id,
      productId: product.id,
      vendor: "vendor",
      vendorPartNumber: "",
      gtins: [],
      condition: "new",
      region: "",
      leadTimeDays: 0,
      active: true,
    });
  }
  return (text) => search.search(queryOf(text)).hits.map(({ productId }) => productId);
}

function queryOf(text: string): CatalogQuery {
  return {
    text,
    language: "en",
    unfinished: false,
    visibility: [],
    company: null,
    prices: null,
    values: [],
    numbers: [],
    facets: [],
    sort: "relevance",
    limit: 100,
    after: null,
    enough: 100,
  };
}

function scoresOf(set: JudgedSet, find: Find): Scores {
  const found = set.queries.map((judged) => ({ judged, ids: find(judged.query) }));
  return {
    ndcg: found.map(({ judged, ids }) => ndcgAt10(ids, judged)),
    recall: mean(found.map(({ judged, ids }) => recallAt100(ids, judged, set.relevantFrom))),
  };
}

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** Queries in file order, every other one. */
const halfOf = (values: readonly (number | null)[], half: number) => values.filter((_, at) => at % 2 === half);

function mean(values: readonly (number | null)[]): number {
  const all = known(values);
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

main();
