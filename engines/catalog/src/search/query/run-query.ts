import type { MemorySearch } from "../memory-search.ts";
import type { CatalogPage, CatalogQuery } from "../query.ts";
import { askedWords } from "../text/asked-words.ts";
import type { Ranking } from "../text/ranking.ts";
import type { Candidates, Scope } from "./candidates.ts";
import { FacetCounting } from "./facet-counting.ts";
import { Filters } from "./filters.ts";
import { identified, liftExact } from "./identified.ts";
import { cursorOf, firstPlaces, hitOf } from "./page.ts";

const nothing = new Float64Array(0);

/** Shares of what was asked that a hit must have, tried from the first until there are enough. */
const coverageSteps: readonly number[] = [1, 0.75, 0.5, 0.25, 0];
/** Sums of the same numbers in another order differ by less. */
const ROUNDING = 1e-9;

export function runQuery(index: MemorySearch, query: CatalogQuery): CatalogPage {
  const { products, offers } = index;
  const visible = index.assortments.visibleTo(query.visibility);
  const found = query.text.trim() === "" ? null : rankText(index, query, visible);
  const prices = index.priceScratch.fill(query.prices, offers.count);
  const filters = new Filters(query, products, offers);
  const scope: Scope = { offers, visible, filters, prices, view: query.prices };
  const candidates = index.scan.scan(scope, products.liveTable.subarray(0, products.count), found);
  const coverage = found === null ? 1 : coverageNeeded(candidates, found, query.enough);
  const counting = query.facets.length === 0 ? null : new FacetCounting(scope, products, query.facets);
  const places = new Uint32Array(candidates.count);
  let total = 0;
  for (let place = 0; place < candidates.count; place++) {
    if (found !== null && (found.coverage[candidates.products[place] as number] as number) < coverage) continue;
    counting?.take(candidates, place);
    if (candidates.missed[place] === 0 && (candidates.offerCounts[place] as number) > 0) places[total++] = place;
  }
  const sorting = { query, products, offers, candidates, scores: found?.scores ?? nothing };
  const first = firstPlaces(sorting, places, total);
  const last = first.length === query.limit ? first.at(-1) : undefined;
  return {
    total,
    hits: first.map((place) => hitOf(sorting, place)),
    next: last === undefined ? null : cursorOf(sorting, last),
    facets: counting?.results() ?? [],
    coverage,
  };
}

/** Ranks by words; a product whose number was asked for comes before all others. */
function rankText(index: MemorySearch, query: CatalogQuery, visible: Uint32Array): Ranking {
  const { products, synonyms, ranker } = index;
  const numbers = (text: string): number[] => identified(index, { text, company: query.company, visible });
  const words = askedWords(products.text, query, { synonyms, numbers });
  const ranking = ranker.rank(words, products.count);
  return liftExact(ranking, ranker, numbers(query.text));
}

/** The most that can be asked of a hit so that there are enough of them: of what the buyer may see, before filters. */
function coverageNeeded({ products, count }: Candidates, { coverage }: Ranking, enough: number): number {
  const reached = coverageSteps.map(() => 0);
  for (let place = 0; place < count; place++) {
    const covered = coverage[products[place] as number] as number;
    let step = 0;
    while (covered < (coverageSteps[step] as number) - ROUNDING) step++;
    reached[step] = (reached[step] as number) + 1;
  }
  let sum = 0;
  for (const [step, needed] of coverageSteps.entries()) {
    sum += reached[step] as number;
    if (sum >= Math.max(1, enough)) return needed - ROUNDING;
  }
  return 0;
}
