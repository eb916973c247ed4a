import { expect, test } from "vitest";
import {
  filterCount,
  queryOf,
  readCatalogueSearch,
  toggled,
  withoutFilters,
} from "../../src/catalogue/catalogue-search.ts";

const asked = { language: "en", scheme: "office", attributes: ["length"] };

test("an address with nonsense is read as if the nonsense were not there", () => {
  const given = {
    q: "  M8 ",
    where: ["brand=Bosch", "brand=Bosch", "price=3", 7],
    in: "no class",
    within: -1,
    sort: "loud",
  };
  expect(readCatalogueSearch(given)).toEqual({ q: "M8", where: ["brand=Bosch"] });
});

test("a number typed as words stays words", () => {
  expect(readCatalogueSearch({ q: 4006381333931 })).toEqual({ q: "4006381333931" });
});

test("the usual order is left out of the address", () => {
  expect(readCatalogueSearch({ sort: "relevance" })).toEqual({});
  expect(readCatalogueSearch({ sort: "name" })).toEqual({ sort: "name" });
});

test("an address is asked with its class, its facets and the classes below", () => {
  const search = { q: "M8", where: ["vendor=a"], in: "office=W1", within: 3, sort: "price_ascending" } as const;
  expect(queryOf({ ...asked, search })).toEqual({
    language: "en",
    limit: 25,
    top: 12,
    q: "M8",
    where: ["vendor=a", "class:office=W1"],
    facet: ["brand", "vendor", "condition", "attribute:length", "class:office"],
    under: ["class:office=W1"],
    range: ["lead_time=..3"],
    sort: "price_ascending",
  });
});

test("without a class the topmost ones are counted", () => {
  expect(queryOf({ ...asked, search: {} }).under).toEqual(["class:office"]);
});

test("a choice is put on and taken off", () => {
  const chosen = toggled({ q: "M8" }, "brand=Bosch");
  expect(chosen).toEqual({ q: "M8", where: ["brand=Bosch"] });
  expect(toggled(chosen, "brand=Bosch")).toEqual({ q: "M8" });
});

test("clearing takes off every filter that is counted, and keeps words and order", () => {
  const search = { q: "M8", where: ["brand=Bosch", "vendor=a"], in: "office=W", within: 3, sort: "name" } as const;
  expect(filterCount(search)).toBe(4);
  expect(withoutFilters(search)).toEqual({ q: "M8", sort: "name" });
});
