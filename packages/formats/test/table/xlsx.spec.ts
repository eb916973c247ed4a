import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTable } from "../../src/index.ts";
import { SharedTexts } from "../../src/table/xlsx/shared-texts.ts";
import { collected, piecesOf } from "../bytes.ts";
import { workbookOf } from "../workbooks.ts";

const header =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><v>date</v></c></row>';

async function cellsOf(
  row: string,
  parts: {
    readonly formats?: readonly string[];
    readonly from1904?: boolean;
    readonly sharedTexts?: readonly string[];
  } = {},
) {
  const workbook = workbookOf({ sheets: { Prices: header + row }, sharedTexts: ["<t>price</t>"], ...parts });
  const table = await readTable(piecesOf(workbook, 1_000));
  return (await collected(table.rows)).map(({ cells }) => cells);
}

test("cells come as text: shared, inline and rich texts, numbers, booleans, errors, formulas by their value", async () => {
  const sharedTexts = [
    "<t>price</t>",
    '<r><t>Rohr </t></r><r><t xml:space="preserve">3&quot;</t></r><rPh sb="0" eb="1"><t>x</t></rPh>',
    "<t>a_x000A_b</t>",
  ];
  const row = `<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>17.779</v></c><c r="C2" t="s"><v>2</v></c></row>
    <row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" t="e"><v>#N/A</v></c></row>
    <row r="6"><c r="A6"><f>1+1</f><v>2</v></c><c r="B6"><f>1+1</f></c><c r="C6"/></row>`;
  expect(await cellsOf(row, { sharedTexts })).toEqual([
    ['Rohr 3"', "17.779", "a\nb"],
    ["TRUE", "#N/A"],
    ["2", "#UNCALCULATED!"],
  ]);
});

test.each([
  ["1.1000000000000001", "1.1"],
  ["0.30000000000000004", "0.3"],
  ["4006209796856", "4006209796856"],
  ["4.0062097968560001E+12", "4006209796856"],
  ["1.5E-3", "0.0015"],
  ["123456789012345678", "123456789012345678"],
  ["-0.50", "-0.50"],
  ["1E3", "1000"],
])("the number %s is %s: fifteen digits, no exponent, never rounded as shown", async (written, text) => {
  expect(await cellsOf(`<row r="2"><c r="A2"><v>${written}</v></c></row>`)).toEqual([[text]]);
});

test.each([
  ["dd.mm.yyyy", "46022", "2025-12-31"],
  ["yyyy-mm-dd\\ hh:mm;@", "46022.5", "2025-12-31T12:00:00"],
  ["[$-407]d. mmmm yyyy", "46023", "2026-01-01"],
  ["hh:mm", "0.75", "18:00:00"],
  ["#,##0.00 [$€-407]", "46022", "46022"],
  ['0.00 "days"', "2", "2"],
])("a cell of the format %s with %s is %s", async (format, value, text) => {
  const row = `<row r="2"><c r="A2" s="1"><v>${value}</v></c></row>`;
  expect(await cellsOf(row, { formats: [format] })).toEqual([[text]]);
});

test("days of old Macintoshes count from 1904", async () => {
  const row = '<row r="2"><c r="A2" s="1"><v>44560</v></c></row>';
  expect(await cellsOf(row, { formats: ["yyyy-mm-dd"], from1904: true })).toEqual([["2025-12-31"]]);
});

test("the first sheet in sight is read, or the named one; one that is not there is told with those that are", async () => {
  const sheet = (name: string): string => `${header}<row r="2"><c r="A2" t="str"><v>${name}</v></c></row>`;
  const workbook = workbookOf({
    sheets: { Hidden: sheet("h"), First: sheet("f"), Second: sheet("s") },
    hidden: ["Hidden"],
    sharedTexts: ["<t>price</t>"],
  });
  const firstCell = async (name?: string): Promise<unknown> => {
    const table = await readTable(piecesOf(workbook, 500), name === undefined ? {} : { sheet: name });
    return [table.sheet, (await collected(table.rows))[0]?.cells[0]];
  };
  expect(await firstCell()).toEqual(["First", "f"]);
  expect(await firstCell("Second")).toEqual(["Second", "s"]);
  await expect(firstCell("Third")).rejects.toMatchObject({
    code: "sheet_missing",
    hint: "Choose one of: Hidden, First, Second.",
  });
});

test("nothing is left behind, whether it is read to the end, left, or broken", async () => {
  const temporaryFolder = await mkdtemp(join(tmpdir(), "formats-spec-"));
  const rows = Array.from(
    { length: 5_000 },
    (_, at) => `<row r="${at + 2}"><c r="A${at + 2}" t="str"><v>${at}</v></c></row>`,
  ).join("");
  const workbook = workbookOf({ sheets: { A: header + rows }, sharedTexts: ["<t>price</t>"] });
  const table = await readTable(piecesOf(workbook, 500), { temporaryFolder });
  expect(await readdir(temporaryFolder)).toHaveLength(1);
  expect(await collected(table.rows)).toHaveLength(5_000);
  expect(await readdir(temporaryFolder)).toEqual([]);
  const left = await readTable(piecesOf(workbook, 500), { temporaryFolder });
  for await (const _ of left.rows) break;
  expect(await readdir(temporaryFolder)).toEqual([]);
  await expect(readTable(piecesOf(workbook.subarray(0, 900), 500), { temporaryFolder })).rejects.toMatchObject({
    code: "zip_broken",
  });
  const bomb = workbookOf({ sheets: { A: '<!DOCTYPE x><row r="1"/>' } });
  await expect(readTable(piecesOf(bomb, 500), { temporaryFolder })).rejects.toMatchObject({ code: "workbook_broken" });
  expect(await readdir(temporaryFolder)).toEqual([]);
});

test("more shared texts than memory is given are found again in their file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "formats-spec-"));
  const texts = new SharedTexts(folder, 2_097_152);
  const textOf = (at: number): string => `${at} ${"ä".repeat((at * 7_919) % 40_000)}`;
  for (let at = 0; at < 200; at++) texts.add(textOf(at));
  const wrong = Array.from({ length: 200 }, (_, at) => at).filter((at) => texts.at(at) !== textOf(at));
  expect(wrong).toEqual([]);
  expect(await readdir(folder)).toEqual(["shared-texts"]);
  expect([texts.at(200), texts.at(-1), texts.at(Number.NaN)]).toEqual([null, null, null]);
  texts.close();
});
