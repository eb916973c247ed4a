import fc from "fast-check";
import { expect, test } from "vitest";
import type { CatalogPage, Cursor } from "../../src/search/query.ts";
import { NaiveSearch } from "./naive-search.ts";
import { naiveMatches, naiveRanking } from "./naive-text.ts";
import type { Question } from "./questions.ts";
import { asked, plainQuestion, question } from "./questions.ts";
import type { World } from "./world.ts";
import { changeSearch, changes, changeWorld, emptySearch, emptyWorld, searchOf, words } from "./world.ts";

const seed = 4;

/** Texts that the twin reads as the index does. */
const plainText = fc
  .array(fc.constantFrom(...words, "node2", "acme", "red"), { maxLength: 3 })
  .map((list) => [...new Set(list)].join(" "));

test("an index changed step by step finds what one built at once finds, to the last digit of a score", () => {
  fc.assert(
    fc.property(changes, fc.array(question, { minLength: 1, maxLength: 6 }), (steps, questions) => {
      const world = emptyWorld();
      const search = emptySearch();
      for (const [at, change] of steps.entries()) {
        changeWorld(world, change);
        changeSearch(search, change);
        // Assortments and scratch memory are then in use while the rest changes.
        if (at % 16 === 0) search.search(asked(search, questions[0] as Question));
      }
      const rebuilt = searchOf(world);
      for (const own of questions) {
        expect(search.search(asked(search, own))).toEqual(rebuilt.search(asked(rebuilt, own)));
      }
    }),
    { seed, numRuns: 200 },
  );
});

test("hits, from prices, assortments and every facet's counts equal a search that looks at each offer by each rule", () => {
  fc.assert(
    fc.property(changes, question, plainText, (steps, asking, text) => {
      const world = emptyWorld();
      for (const change of steps) changeWorld(world, change);
      const own = { ...asking, text, unfinished: false, limit: 50 };
      const search = searchOf(world);
      const page = search.search(asked(search, own));
      const twin = new NaiveSearch(world, own, naiveMatches(world, own)).page();
      const hits = page.hits.map(({ score, ...hit }) => hit);
      const byId = (left: { productId: string }, right: { productId: string }) =>
        left.productId < right.productId ? -1 : 1;
      expect([...hits].sort(byId)).toEqual([...twin.hits].sort(byId));
      expect(page.total).toBe(twin.hits.length);
      expect(page.facets).toEqual(twin.facets);
      expect(page.hits.map(({ productId }) => productId)).toEqual(inOrder(page, world, own));
    }),
    { seed, numRuns: 600 },
  );
});

/** The page's hits sorted anew, by what the question asks. */
function inOrder({ hits }: CatalogPage, world: World, { sort, text }: Question): string[] {
  const ranking = naiveRanking(world, text);
  const keyOf = (id: string, price: number | null): number | string => {
    const product = world.products.get(id);
    if (sort === "newest") return -(product?.createdAt ?? 0);
    if (sort === "name") return product?.texts[0]?.title ?? "";
    if (sort === "relevance") return text === "" ? 0 : -Math.round((ranking.get(id)?.score ?? 0) * 1e9);
    if (price === null) return Number.POSITIVE_INFINITY;
    return sort === "price_ascending" ? price : -price;
  };
  return hits
    .map(({ productId, fromPrice }) => ({ productId, key: keyOf(productId, fromPrice) }))
    .sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key) || (a.productId < b.productId ? -1 : 1))
    .map(({ productId }) => productId);
}

test("pages put together are the list, in every order", () => {
  fc.assert(
    fc.property(changes, question, fc.constantFrom(1, 2, 3), (steps, own, limit) => {
      const world = emptyWorld();
      for (const change of steps) changeWorld(world, change);
      const search = searchOf(world);
      const whole = search.search(asked(search, { ...own, limit: 50 }));
      const paged: string[] = [];
      let after: Cursor | null = null;
      do {
        const page: CatalogPage = search.search(asked(search, { ...own, limit, after }));
        paged.push(...page.hits.map(({ productId }) => productId));
        after = page.next;
        expect(page.total).toBe(whole.total);
      } while (after !== null);
      expect(paged).toEqual(whole.hits.map(({ productId }) => productId));
    }),
    { seed, numRuns: 300 },
  );
});

test("BM25F is the textbook's, with the fields' weights", () => {
  fc.assert(
    fc.property(changes, plainText, (steps, text) => {
      const world = emptyWorld();
      for (const change of steps) changeWorld(world, change);
      const search = searchOf(world);
      const query = { text, sort: "relevance", enough: 50 } as const;
      const page = search.search(asked(search, { ...plainQuestion, ...query }));
      const ranking = naiveRanking(world, text);
      for (const { productId, score } of page.hits) {
        expect(score).toBeCloseTo(text === "" ? 0 : (ranking.get(productId)?.score ?? Number.NaN), 9);
      }
    }),
    { seed, numRuns: 300 },
  );
});
