import fc from "fast-check";
import { expect, test } from "vitest";
import type { BmecatItem, CatalogueRow, ExportProblem } from "../../src/index.ts";
import { readBmecat, rowHash, writeBmecat } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";
import { expressibleRow } from "./rows.ts";

const header = {
  catalogueId: "C1",
  catalogueVersion: "1.0",
  language: "de",
  currency: "EUR",
  supplier: "Acme & Söhne",
  generatedAt: "2026-01-01",
};

async function thereAndBack(
  rows: readonly CatalogueRow[],
  size = 64,
): Promise<{ readonly items: readonly BmecatItem[]; readonly problems: readonly ExportProblem[] }> {
  const problems: ExportProblem[] = [];
  const written = (
    await collected(writeBmecat({ ...header, rows, onProblem: (problem) => problems.push(problem) }))
  ).join("");
  return { items: await collected(readBmecat(piecesOf(written, size)).items), problems };
}

test("what the standard can say comes back the same, without a warning", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(expressibleRow, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 200 }),
      async (rows, size) => {
        const { items, problems } = await thereAndBack(rows, size);
        expect(problems).toEqual([]);
        expect(items.flatMap((item) => (item.kind === "warning" ? [item.warning] : []))).toEqual([]);
        const back = items.flatMap((item) => (item.kind === "row" ? [item.row] : []));
        expect(back.map(rowHash)).toEqual(rows.map(rowHash));
      },
    ),
    { numRuns: 300 },
  );
});

test("what it cannot say is told, and what it cannot do without leaves the row out", async () => {
  const base: CatalogueRow = {
    partNumber: "A1",
    mode: "merge",
    texts: [{ language: "de", name: "x".repeat(151) }],
    orderUnit: "H87",
  };
  const { items, problems } = await thereAndBack([
    {
      ...base,
      brand: "Acme",
      stock: "5",
      content: { unit: "H87", ratio: { num: "1", den: "3" } },
      gtins: [{ gtin: "04006209796856", unit: "XCT" }],
      prices: [
        { currency: "EUR", minQuantity: "1", amount: "1", baseQuantity: "100" },
        { currency: "EUR", minQuantity: "10", amount: "1", baseQuantity: "1" },
        { currency: "BYN", minQuantity: "1", amount: "1", baseQuantity: "100" },
        { currency: "EUR", minQuantity: "20", amount: null },
      ],
    },
    { partNumber: "A2", mode: "merge", orderUnit: "KGM" },
    { ...base, partNumber: "A3", orderUnit: "E48" },
    { ...base, partNumber: "A4".repeat(17) },
    { ...base, partNumber: "A5", mode: "withdraw" },
  ]);
  expect(problems.map(({ partNumber, code, member }) => `${partNumber.slice(0, 2)} ${code} ${member}`)).toEqual([
    "A1 unit_replaced orderUnit",
    "A1 member_not_in_format brand",
    "A1 member_not_in_format stock",
    "A1 member_not_in_format gtins",
    "A1 text_cut name",
    "A1 unit_replaced content",
    "A1 value_left_out content",
    "A1 value_left_out prices",
    "A1 value_left_out prices",
    "A2 row_left_out texts",
    "A3 value_left_out orderUnit",
    "A3 row_left_out orderUnit",
    "A4 value_left_out partNumber",
    "A4 unit_replaced orderUnit",
    "A4 row_left_out texts",
    "A5 unit_replaced orderUnit",
    "A5 row_left_out mode",
  ]);
  const rows = items.flatMap((item) => (item.kind === "row" ? [item.row] : []));
  expect(rows).toMatchObject([{ partNumber: "A1", orderUnit: "C62", prices: [{ amount: "1", baseQuantity: "100" }] }]);
});

test("groups and what stands in them come back; an article without a price is on request", async () => {
  const groups = [
    { id: "1", parent: null, names: [{ language: "de", text: "Katalog" }] },
    {
      id: "2",
      parent: "1",
      names: [
        { language: "de", text: "Rohre" },
        { language: "en", text: "Pipes" },
      ],
    },
  ];
  const rows: readonly CatalogueRow[] = [
    { partNumber: "A1", mode: "replace", texts: [{ language: "de", name: "Rohr" }], orderUnit: "MTR", prices: [] },
  ];
  const written = (
    await collected(writeBmecat({ ...header, groups, rows, members: [{ group: "2", partNumber: "A1" }] }))
  ).join("");
  const items = await collected(readBmecat(piecesOf(written)).items);
  expect(items.map((item) => ("group" in item ? item.group : item.kind))).toEqual([
    "catalogue",
    groups[0],
    groups[1],
    "row",
    "2",
  ]);
  expect(items[3]).toMatchObject({ row: rows[0] });
});

test("a header that does not fit is an error of the caller", async () => {
  await expect(collected(writeBmecat({ ...header, catalogueVersion: "1", rows: [] }))).rejects.toThrow(RangeError);
});
