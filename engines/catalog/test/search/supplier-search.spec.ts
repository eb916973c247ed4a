import { expect, test } from "vitest";
import type { SupplierDocument, SupplierQuery } from "../../src/search/supplier-search.ts";
import { SupplierSearch } from "../../src/search/supplier-search.ts";

const node = (code: string, parent: string | null, name: string) => ({
  scheme: "tree",
  code,
  parent,
  names: [{ language: "en", name }],
});

const supplier = (id: string, more: Partial<SupplierDocument>): SupplierDocument => ({
  id,
  name: id,
  texts: [],
  classes: [],
  regions: [],
  certificates: [],
  verified: [],
  capacities: [],
  active: true,
  ...more,
});

function market(): SupplierSearch {
  const classes = [node("1", null, "Steel"), node("11", "1", "Sheet"), node("2", null, "Grain")];
  const search = new SupplierSearch({ classes, synonyms: [] });
  search.upsertSupplier(
    supplier("Rolling Works", {
      classes: [{ scheme: "tree", code: "11" }],
      regions: ["north", "south"],
      certificates: ["ISO 9001"],
      capacities: [{ of: "sheet t", perMonth: 500 }],
    }),
  );
  search.upsertSupplier(
    supplier("Small Mill", {
      classes: [{ scheme: "tree", code: "1" }],
      regions: ["south"],
      texts: [{ language: "en", text: "Cutting of sheets" }],
      capacities: [{ of: "sheet t", perMonth: 40 }],
    }),
  );
  search.upsertSupplier(supplier("Farmers", { classes: [{ scheme: "tree", code: "2" }], regions: ["north"] }));
  return search;
}

const all: SupplierQuery = {
  text: "",
  language: "en",
  unfinished: false,
  values: [],
  numbers: [],
  facets: [],
  sort: "name",
  limit: 10,
  after: null,
};

const names = (search: SupplierSearch, query: Partial<SupplierQuery>): string[] =>
  search.find({ ...all, ...query }).companies.map(({ companyId }) => companyId);

test("companies are found by category with all below it, region, certificate, capacity and words", () => {
  const search = market();
  expect(names(search, {})).toEqual(["Farmers", "Rolling Works", "Small Mill"]);
  expect(names(search, { values: [{ facet: "class:tree", anyOf: ["1"] }] })).toEqual(["Rolling Works", "Small Mill"]);
  expect(names(search, { values: [{ facet: "region", anyOf: ["north"] }] })).toEqual(["Farmers", "Rolling Works"]);
  expect(names(search, { values: [{ facet: "certificate", anyOf: ["ISO 9001"] }] })).toEqual(["Rolling Works"]);
  expect(names(search, { numbers: [{ facet: "capacity:sheet t", from: 100, to: null }] })).toEqual(["Rolling Works"]);
  expect(names(search, { text: "sheet", sort: "relevance" })).toEqual(["Rolling Works", "Small Mill"]);
});

test("counts are of companies, each facet without its own selection", () => {
  const { facets, total } = market().find({
    ...all,
    values: [{ facet: "region", anyOf: ["north"] }],
    facets: [
      { kind: "values", facet: "region", top: 5 },
      { kind: "values", facet: "class:tree", top: 5, under: null },
      { kind: "numbers", facet: "capacity:sheet t", ranges: [{ from: 100, to: null }] },
    ],
  });
  expect(total).toBe(2);
  expect(facets).toEqual([
    {
      kind: "values",
      facet: "region",
      values: [
        { value: "north", count: 2, selected: true },
        { value: "south", count: 2, selected: false },
      ],
      more: 0,
    },
    {
      kind: "values",
      facet: "class:tree",
      values: [
        { value: "1", count: 1, selected: false },
        { value: "2", count: 1, selected: false },
      ],
      more: 0,
    },
    { kind: "numbers", facet: "capacity:sheet t", counts: [1], least: 500, greatest: 500 },
  ]);
});

test("who was deleted or is not active is not found", () => {
  const search = market();
  search.deleteSupplier("Farmers");
  search.upsertSupplier(supplier("Small Mill", { active: false }));
  expect(names(search, {})).toEqual(["Rolling Works"]);
});
