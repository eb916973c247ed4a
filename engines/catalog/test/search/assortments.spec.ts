import { expect, test } from "vitest";
import type { AssortmentRule } from "../../src/search/documents.ts";
import { found, given } from "./given-catalogue.ts";

const classes = ["1", "2"].map((code) => ({ scheme: "tree", code, parent: null, names: [] }));
const of = (code: string) => [{ scheme: "tree", code }];

const articles = {
  a1: { title: "thing", brand: "acme", classes: of("1"), offers: [{ vendor: "vera" }] },
  a2: { title: "thing", brand: "acme", classes: of("2"), offers: [{ vendor: "vito" }] },
  b1: { title: "thing", brand: "bolt", classes: of("1"), offers: [{ vendor: "vera" }] },
  b2: { title: "thing", brand: "bolt", classes: of("2"), offers: [{ vendor: "vera" }] },
};

const brandInClass: AssortmentRule = { brand: "acme", class: { scheme: "tree", code: "1" } };

const seen = (include: readonly AssortmentRule[], exclude: readonly AssortmentRule[]): string[] => {
  const search = given(articles, { classes });
  search.defineAssortment({ id: "own", include, exclude });
  return found(search, "thing", { visibility: [{ vendors: { butNot: [] }, anyOf: ["own"] }] });
};

test("a rule holds when all of its parts do; excluding wins; nothing included by name is everything", () => {
  expect(seen([], [])).toEqual(["a1", "a2", "b1", "b2"]);
  expect(seen([brandInClass], [])).toEqual(["a1"]);
  expect(seen([], [brandInClass])).toEqual(["a2", "b1", "b2"]);
  expect(seen([{ brand: "acme", vendor: "vera" }, { offerId: "b2" }], [])).toEqual(["a1", "b2"]);
  expect(seen([{ vendor: "vera" }], [{ offerId: "b1" }])).toEqual(["a1", "b2"]);
  expect(seen([{ offerId: "b1", brand: "acme" }], [])).toEqual([]);
});
