import { createRandom, shuffled } from "@kontor/testkit";
import { expect, test } from "vitest";
import { indexPriceBook } from "../../src/prices/index-price-book.ts";
import type { PriceRecords } from "../../src/prices/price-book.ts";
import type { PriceQuestion } from "../../src/prices/price-question.ts";
import { resolveCart } from "../../src/prices/resolve-cart.ts";
import { resolvePrice } from "../../src/prices/resolve-price.ts";
import type { NaiveAnswer } from "./naive-resolution.ts";
import { naiveResolve } from "./naive-resolution.ts";
import { randomQuestion, randomRecords } from "./random-world.ts";

const shards = 10;
const worldsPerShard = 400;
const questionsPerWorld = 10;

/** The engine's answer in the twin's words. */
function answerOf(question: PriceQuestion, records: PriceRecords): NaiveAnswer {
  const answer = resolvePrice(question, indexPriceBook(records));
  const trace = answer.trace.map(({ level, distance, listId, verdict }) => {
    return `${level} ${distance} ${listId ?? "-"} ${verdict}`;
  });
  trace.sort();
  if (answer.outcome === "on_request") {
    return { price: null, listId: null, rowId: null, percent: null, mode: null, promotions: [], trace };
  }
  const { unitPrice: price, listId, rowId, percent, priceMode: mode, promotions } = answer;
  return { price, listId, rowId, percent, mode, promotions: promotions.map(({ promotionId }) => promotionId), trace };
}

const seen = new Map<string, number>();

test.each(Array.from({ length: shards }, (_, shard) => shard))(
  "the resolver and its twin agree on every question of random worlds, shard %i",
  (shard) => {
    for (let index = 1; index <= worldsPerShard; index += 1) {
      const seed = shard * worldsPerShard + index;
      const random = createRandom(seed);
      const records = randomRecords(random);
      for (let asked = 0; asked < questionsPerWorld; asked += 1) {
        const question = randomQuestion(random);
        const expected = naiveResolve(question, records);
        expect(answerOf(question, records), `seed ${seed}, question ${asked}`).toEqual(expected);
        for (const line of expected.trace) {
          const verdict = line.split(" ").at(-1) ?? "";
          seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
        }
      }
    }
  },
);

test("the order of the records changes nothing", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed);
    const records = randomRecords(random);
    const mixed = {
      offers: shuffled(records.offers, random),
      lists: shuffled(records.lists, random),
      assignments: shuffled(records.assignments, random),
      rows: shuffled(records.rows, random),
      promotions: shuffled(records.promotions, random),
    };
    const question = randomQuestion(random);
    const others = shuffled(question.others, random);
    const [straight, other] = [
      resolvePrice(question, indexPriceBook(records)),
      resolvePrice({ ...question, others }, indexPriceBook(mixed)),
    ];
    expect({ ...other, tier: null }, `seed ${seed}`).toEqual({ ...straight, tier: null });
  }
});

test("a cart's prices are those of its lines asked one by one", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed);
    const book = indexPriceBook(randomRecords(random));
    const { others, buyer, ...first } = randomQuestion(random);
    const lines = [first, ...others.map((other) => ({ ...other, taxPercent: first.taxPercent, locked: null }))];
    const apart = lines.map((line, index) => {
      return resolvePrice({ ...line, buyer, others: lines.toSpliced(index, 1) }, book);
    });
    expect(resolveCart(lines, buyer, book), `seed ${seed}`).toEqual(apart);
  }
});

test("the worlds show every verdict, and each often enough to mean something", () => {
  const rare = [...seen].filter(([, times]) => times < 50);
  expect(rare).toEqual([]);
  expect([...seen.keys()].sort()).toEqual(
    [
      "base_list_without_price",
      "behind_exclusive",
      "below_lowest_band",
      "below_lowest_rung",
      "chosen",
      "currency_differs",
      "exclusive_without_row",
      "lower_level",
      "no_row",
      "not_in_period",
      "offer_inactive",
      "outranked",
      "row_not_in_period",
      "unit_not_convertible",
      "vendor_inactive",
    ].sort(),
  );
});
