import fc from "fast-check";
import { expect, test } from "vitest";
import { netPerBaseUnit } from "../../src/prices/cheapest-price.ts";
import type { PriceBook } from "../../src/prices/price-book.ts";
import type { BuyerContext } from "../../src/prices/price-question.ts";
import { resolvePrice } from "../../src/prices/resolve-price.ts";
import type { Rounding } from "../../src/quantities/rounding.ts";
import type { PriceChain } from "../../src/search/offers/price-columns.ts";
import { assign, bookOf, buyer, ladder, list, offer, question } from "../prices/given.ts";
import { given, page } from "./given-catalogue.ts";

/** One list of a level: its priority, whether it ends the search, its percentage on the base, its rows by offer. */
type Listed = {
  readonly priority: number;
  readonly exclusive: boolean;
  readonly marketplaces: boolean;
  readonly percent: bigint | null;
  readonly prices: readonly (number | null)[];
};

const offerIds = ["o0", "o1", "o2", "o3"];
const vendorOf = (at: number): string => (at % 2 === 0 ? "vendor" : "vito");

const prices = fc.array(fc.option(fc.integer({ min: 0, max: 4 }).map((step) => step * 3_333_335)), {
  minLength: offerIds.length,
  maxLength: offerIds.length,
});

const listed: fc.Arbitrary<Listed> = fc.record({
  priority: fc.integer({ min: 0, max: 1 }),
  exclusive: fc.nat(4).map((dice) => dice === 0),
  marketplaces: fc.boolean(),
  percent: fc.option(fc.constantFrom(-123_456n, 70_000n, -2_000_000n), { freq: 2 }),
  prices,
});

const levels = fc.array(fc.array(listed, { maxLength: 3 }), { maxLength: 3 });
const nameOf = (level: number, at: number): string => `list ${level} ${at}`;

/** The levels as the resolver has them: agreements of a chain, the nearest first. */
function bookFor(lists: readonly (readonly Listed[])[], base: Listed["prices"]): PriceBook {
  const rowsOf = (listId: string, own: Listed["prices"]) =>
    own.flatMap((price, at) =>
      price === null ? [] : ladder(listId, [["1", "0"]], { offerId: offerIds[at] ?? "", price: BigInt(price) }),
    );
  const all = lists.flatMap((own, level) => own.map((one, at) => ({ one, level, id: nameOf(level, at) })));
  return bookOf({
    offers: offerIds.map((id, at) => offer(id, { vendorId: vendorOf(at) })),
    lists: [
      list("base", { vendorId: null }),
      ...all.map(({ one, id }) =>
        list(id, {
          vendorId: one.marketplaces ? null : "vendor",
          exclusive: one.exclusive,
          adjustment:
            one.percent === null
              ? null
              : { baseListId: null, bands: [{ scope: { kind: "all" }, minQuantity: 0n, percent: one.percent }] },
        }),
      ),
    ],
    assignments: all.map(({ one, level, id }) => assign(id, ["agreement", `agreement ${level}`], one.priority)),
    rows: [...rowsOf("base", base), ...all.flatMap(({ one, id }) => rowsOf(id, one.prices))],
  });
}

/** The same as the columns have it: a step per level and priority. */
function chainFor(lists: readonly (readonly Listed[])[]): PriceChain {
  const steps = lists.flatMap((own, level) =>
    [1, 0].map((priority) =>
      own.flatMap((one, at) =>
        one.priority === priority
          ? [
              {
                list: nameOf(level, at),
                exclusive: one.exclusive,
                derived: one.percent === null ? null : { base: "base", percent: Number(one.percent) },
              },
            ]
          : [],
      ),
    ),
  );
  return [...steps, [{ list: "base", exclusive: false, derived: null }]];
}

function columnsOf(lists: readonly (readonly Listed[])[], base: Listed["prices"], rounding: Rounding) {
  const articles = offerIds.map((id, at) => [id, { title: id, offers: [{ id, vendor: vendorOf(at) }] }] as const);
  const search = given(Object.fromEntries(articles), { rounding });
  const put = (listId: string, own: Listed["prices"]): void => {
    for (const [at, price] of own.entries()) search.prices.set(listId, offerIds[at] ?? "", price);
  };
  put("base", base);
  for (const [level, own] of lists.entries()) {
    for (const [at, one] of own.entries()) {
      const id = nameOf(level, at);
      search.prices.defineList({ id, dense: at === 1, vendor: one.marketplaces ? null : "vendor" });
      put(id, one.prices);
    }
  }
  const shown = page(search, { prices: search.prices.view(chainFor(lists), () => null) });
  return new Map(shown.hits.map(({ offerId, fromPrice }) => [offerId, fromPrice]));
}

test("the price columns have the resolver's price of every plain offer", () => {
  const rounding = fc.constantFrom<Rounding>("half_up", "half_even");
  fc.assert(
    fc.property(levels, prices, rounding, (lists, base, mode) => {
      const book = bookFor(lists, base);
      const agreements = lists.map((_, level) => ({ agreementId: `agreement ${level}`, version: 1 }));
      const asking: BuyerContext = buyer({ agreements, rounding: mode });
      const columns = columnsOf(lists, base, mode);
      for (const offerId of offerIds) {
        const found = resolvePrice(question("1", { offerId, buyer: asking }), book);
        const known = book.offers.get(offerId);
        const net = found.outcome === "priced" && known !== undefined ? netPerBaseUnit(found, known, 0n) : null;
        const wanted = net === null ? null : Number(net.num / net.den);
        expect([offerId, columns.get(offerId)]).toEqual([offerId, wanted]);
      }
    }),
    { seed: 6, numRuns: 500 },
  );
});
