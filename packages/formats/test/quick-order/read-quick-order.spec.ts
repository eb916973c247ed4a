import { expect, test } from "vitest";
import type { TableOptions } from "../../src/index.ts";
import { orderColumnsOf, readQuickOrder, readTable } from "../../src/index.ts";
import { piecesOf } from "../bytes.ts";
import { workbookOf } from "../workbooks.ts";

type Told = Parameters<typeof orderColumnsOf>[1];

/** Of each row its number, quantity and unit, or its code; of a table without the columns which of them is missing. */
async function told(content: string | Uint8Array, columns?: Told, options: TableOptions = {}): Promise<unknown> {
  const table = await readTable(piecesOf(content, 4_096), options);
  const found = orderColumnsOf(table, columns);
  if ("missing" in found) {
    await table.close();
    return found;
  }
  const { rows } = await readQuickOrder(table, found);
  return rows.map((row) => [row.row, ...("code" in row ? [row.code] : [row.partNumber, row.quantity, row.unit])]);
}

test.each([
  ["Artikelnummer;Menge\nA-1;5\n", [2, "A-1", "5", undefined]],
  ["Anzahl;EAN;Einheit\n5;4006381333931;Stück\n", [2, "4006381333931", "5", "H87"]],
  ["Ref;Qty\nA-1;5\n", [2, "A-1", "5", undefined]],
  ["Code;Wanted\nA-1;5\n", [2, "A-1", "5", undefined]],
  ["A-1;5\n", [1, "A-1", "5", undefined]],
  ["A-1;2,5;for the hall\n", [1, "A-1", "2.5", undefined]],
  ['{"sku":"A-1","qty":"5"}\n', [1, "A-1", "5", undefined]],
])("%s", async (text, row) => {
  expect(await told(text)).toEqual([row]);
});

test("of several numbers the first that a row has filled is read, the buyer's own before the others", async () => {
  const text = "EAN;Kundenartikelnummer;SKU;Menge\n4006381333931;;;1\n4006381333931;MY 1;S-1;2\n;;S-1;3\n;;;4\nx\n";
  expect(await told(text)).toEqual([
    [2, "4006381333931", "1", undefined],
    [3, "MY 1", "2", undefined],
    [4, "S-1", "3", undefined],
    [5, "part_number_missing"],
    [6, "quantity_missing"],
  ]);
});

test("rows have the numbers that a spreadsheet shows, and what is wrong with one is told there", async () => {
  const rows = ["SKU,Qty", "A,1", "", "B,x", "C,2,5", 'D,"2,5"', "E,#REF!", "F,1,", 'G "x,1'];
  expect(await told(rows.join("\n"))).toEqual([
    [2, "A", "1", undefined],
    [4, "quantity_malformed"],
    [5, "row_malformed"],
    [6, "D", "2.5", undefined],
    [7, "row_malformed"],
    [8, "F", "1", undefined],
    [9, 'G "x', "1", undefined],
  ]);
  expect(await told("A-1,2,5\nB-2,3,\n")).toEqual([
    [1, "row_malformed"],
    [2, "B-2", "3", undefined],
  ]);
});

test("a column's other numbers tell what its marks mean; where none does, a row is ambiguous", async () => {
  expect(await told("SKU;Menge\nA;1.000\nB;2,5\n")).toEqual([
    [2, "A", "1000", undefined],
    [3, "B", "2.5", undefined],
  ]);
  expect(await told("SKU;Menge\nA;1.000\n")).toEqual([[2, "quantity_ambiguous"]]);
  expect(await told('{"sku":"A-1","qty":5}\n')).toEqual([[1, "quantity_not_text"]]);
});

test("a workbook's numbers are taken as they are, and its texts as texts", async () => {
  const cell = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = [
    `<row r="1">${cell("A1", "Artikel-Nr.")}${cell("B1", "Bestellmenge")}</row>`,
    `<row r="2">${cell("A2", "A-1")}<c r="B2"><v>1.25</v></c></row>`,
    `<row r="4">${cell("A4", "B-1")}${cell("B4", "2,5")}</row>`,
  ];
  expect(await told(workbookOf({ sheets: { Order: rows.join("") } }))).toEqual([
    [2, "A-1", "1.25", undefined],
    [4, "B-1", "2.5", undefined],
  ]);
});

test("columns that were told count, and which one cannot be found is told", async () => {
  const text = "One;Two;Three\nA;5;7\n";
  expect(await told(text)).toEqual({ missing: "partNumber" });
  expect(await told(text, { partNumber: "One" })).toEqual({ missing: "quantity" });
  expect(await told(text, { partNumber: "One", quantity: "Three" })).toEqual([[2, "A", "7", undefined]]);
  expect(await told(text, { partNumber: "One", quantity: "Four" })).toEqual({ missing: "quantity" });
});

test("what unpacks to more than was allowed is not unpacked", async () => {
  const bomb = workbookOf({ sheets: { Order: `<row r="1"><c><v>${"1".repeat(100_000)}</v></c></row>` } });
  expect(bomb.length).toBeLessThan(3_000);
  await expect(told(bomb, {}, { unpackedBytesMax: 50_000 })).rejects.toMatchObject({ code: "file_too_large" });
  const texts = workbookOf({ sheets: { Order: "" }, sharedTexts: ["x".repeat(100_000)] });
  await expect(told(texts, {}, { unpackedBytesMax: 50_000 })).rejects.toMatchObject({ code: "file_too_large" });
});

test("more rows than one order takes are told, not half of them ordered", async () => {
  const table = await readTable(piecesOf(`SKU;Qty\n${"A;1\n".repeat(2_001)}`, 4_096));
  expect(await readQuickOrder(table, { partNumbers: ["SKU"], quantity: "Qty", unit: null })).toMatchObject({
    complete: false,
  });
});
