import { describe, expect, test } from "vitest";
import type { PriceChain } from "../../src/search/offers/price-columns.ts";
import { given, page } from "./given-catalogue.ts";

const list = (id: string, more: { exclusive?: boolean; derived?: { base: string; percent: number } } = {}) => ({
  list: id,
  exclusive: more.exclusive ?? false,
  derived: more.derived ?? null,
});

const euros = (amount: number): number => amount * 1_000_000;

function shop() {
  const search = given({
    drill: { title: "drill", offers: [{ id: "o1" }, { id: "o2", vendor: "vito" }] },
    saw: { title: "saw", offers: [{ id: "o3" }] },
    file: { title: "file", offers: [{ id: "o4", vendor: "vito" }] },
  });
  for (const id of ["g1", "g2", "contract"]) search.prices.defineList({ id, dense: false, vendor: null });
  search.prices.defineList({ id: "of vera", dense: false, vendor: "vera" });
  for (const [offer, price] of Object.entries({ o1: 10, o2: 11, o3: 30 }))
    search.prices.set("base", offer, euros(price));
  const seen = (chain: PriceChain, query: object = {}) =>
    page(search, { sort: "price_ascending", prices: search.prices.view(chain, () => null), ...query }).hits.map(
      ({ productId, fromPrice, offerId }) => [productId, fromPrice === null ? null : fromPrice / 1e6, offerId],
    );
  return { search, seen };
}

describe("the order of lists", () => {
  test("S1 a dearer contract wins over a cheaper list", () => {
    const { search, seen } = shop();
    search.prices.set("contract", "o3", euros(31));
    expect(seen([[list("contract")], [list("base")]])[1]).toEqual(["saw", 31, "o3"]);
  });

  test("S2 of two groups the cheaper when equal, the first when not, none when the first is exclusive", () => {
    const { search, seen } = shop();
    search.prices.set("g1", "o3", euros(7));
    search.prices.set("g2", "o3", euros(5));
    const saw = (chain: PriceChain) => seen(chain).find(([id]) => id === "saw")?.[1];
    expect(saw([[list("g1"), list("g2")], [list("base")]])).toBe(5);
    expect(saw([[list("g1")], [list("g2")], [list("base")]])).toBe(7);
    search.prices.set("g1", "o3", null);
    expect(saw([[list("g1", { exclusive: true })], [list("g2")], [list("base")]])).toBe(null);
  });

  test("a vendor's exclusive list shuts out lower lists for that vendor's offers alone", () => {
    const { seen } = shop();
    expect(seen([[list("of vera", { exclusive: true })], [list("base")]])).toEqual([
      ["drill", 11, "o2"],
      ["file", null, "o4"],
      ["saw", null, "o3"],
    ]);
  });

  test("a percentage derives from the base list where a list has no row, to scale 6", () => {
    const { search, seen } = shop();
    search.prices.set("base", "o3", 33_333_333);
    const half = list("g1", { derived: { base: "base", percent: -500_000 } });
    expect(seen([[half], [list("base")]])[1]).toEqual(["saw", 16.666667, "o3"]);
    search.prices.set("g1", "o3", euros(40));
    expect(seen([[half], [list("base")]])[1]).toEqual(["saw", 40, "o3"]);
  });
});

test("an offer without a price sets no from price, and a product on request is last in either direction", () => {
  const { search, seen } = shop();
  expect(seen([[list("base")]])).toEqual([
    ["drill", 10, "o1"],
    ["saw", 30, "o3"],
    ["file", null, "o4"],
  ]);
  search.prices.set("base", "o1", null);
  expect(seen([[list("base")]], { sort: "price_descending" })).toEqual([
    ["saw", 30, "o3"],
    ["drill", 11, "o2"],
    ["file", null, "o4"],
  ]);
});

test("the resolver is asked for what is marked, and for nothing that the buyer may not see", () => {
  const { search } = shop();
  search.prices.set("base", "o4", "ask_resolver");
  search.prices.set("base", "o3", "ask_resolver");
  search.defineAssortment({ id: "of vito", include: [{ vendor: "vito" }], exclude: [] });
  const asked: string[] = [];
  const prices = search.prices.view([[list("base")]], (offerId) => {
    asked.push(offerId);
    return euros(3);
  });
  const { hits } = page(search, {
    sort: "price_ascending",
    prices,
    visibility: [{ vendors: { butNot: [] }, anyOf: ["of vito"] }],
  });
  expect(hits.map(({ productId, fromPrice }) => [productId, fromPrice])).toEqual([
    ["file", euros(3)],
    ["drill", euros(11)],
  ]);
  expect(asked).toEqual(["o4"]);
});

test("a list that is not defined and a price that is no whole number are faults of the feed", () => {
  const { search } = shop();
  expect(() => search.prices.set("none", "o1", 1)).toThrow(RangeError);
  expect(() => search.prices.set("base", "o1", 0.5)).toThrow(RangeError);
  expect(() => search.prices.set("base", "o1", -1)).toThrow(RangeError);
});
