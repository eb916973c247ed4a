import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BmecatItem, CatalogueRow, ExportProblem } from "@kontor/formats";
import { readBmecat, rowHash, writeBmecat } from "@kontor/formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { recordsFolder } from "./records.ts";

const folder = recordsFolder("standards");
const bmecat = join(folder ?? "", "bmecat");

async function itemsOf(bytes: AsyncIterable<Uint8Array>): Promise<readonly BmecatItem[]> {
  const items: BmecatItem[] = [];
  for await (const item of readBmecat(bytes).items) items.push(item);
  return items;
}

function rowsOf(items: readonly BmecatItem[]): readonly CatalogueRow[] {
  return items.flatMap((item) => (item.kind === "row" ? [item.row] : []));
}

async function exported(
  rows: readonly CatalogueRow[],
): Promise<{ readonly xml: string; readonly problems: readonly ExportProblem[] }> {
  const problems: ExportProblem[] = [];
  const pieces: string[] = [];
  const header = {
    catalogueId: "C1",
    catalogueVersion: "1.0",
    language: "de",
    currency: "EUR",
    supplier: "Acme & Söhne",
    generatedAt: "2026-01-01",
  };
  const groups = [
    { id: "1", parent: null, names: [{ language: "de", text: "Katalog" }] },
    { id: "2", parent: "1", names: [] },
  ];
  const members = rows.map(({ partNumber }) => ({ group: "2", partNumber }));
  for await (const piece of writeBmecat({
    ...header,
    groups,
    rows,
    members,
    onProblem: (problem) => problems.push(problem),
  }))
    pieces.push(piece);
  return { xml: pieces.join(""), problems };
}

/** What the official schema has against a document. */
async function faultsOf(xml: string): Promise<readonly string[]> {
  const schema = { fileName: "bmecat_2005.xsd", contents: readFileSync(join(bmecat, "2005/bmecat_2005.xsd"), "utf8") };
  const { errors } = await validateXML({
    xml: [{ fileName: "catalogue.xml", contents: xml }],
    schema: [schema],
    maxMemoryPages: 4_096,
  });
  return errors.map(({ message }) => message);
}

/** Texts of any characters, short or too long. */
const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 70 }),
  fc.constantFrom("a & b < c > d \"e\" 'f'", "\u0000\u0008x", " \n\t ", "ä".repeat(300)),
);

/** Rows of every format, also such that BMEcat has no room for. */
const anyRow: fc.Arbitrary<CatalogueRow> = fc.record(
  {
    partNumber: fc.oneof({ arbitrary: fc.stringMatching(/^[A-Z0-9]{1,32}$/), weight: 4 }, anyText),
    mode: fc.constantFrom("merge" as const, "replace" as const, "withdraw" as const),
    texts: fc.array(
      fc.record(
        {
          language: fc.constantFrom("de", "en-GB", "tlh"),
          name: fc.option(anyText),
          description: anyText,
          keywords: fc.array(anyText, { maxLength: 2 }),
        },
        { requiredKeys: ["language"] },
      ),
      { maxLength: 3 },
    ),
    gtins: fc.array(fc.record({ gtin: fc.constant("04006209796856"), unit: fc.constantFrom(null, "XCT") }), {
      maxLength: 2,
    }),
    brand: anyText,
    manufacturer: fc.option(anyText),
    manufacturerPartNumber: anyText,
    classes: fc.array(fc.record({ scheme: fc.constantFrom("ECLASS-5.1", "My scheme", "UNSPSC"), code: anyText }), {
      maxLength: 2,
    }),
    attributes: fc.array(
      fc.record({ name: anyText, values: fc.array(anyText, { maxLength: 2 }), unit: fc.constantFrom(null, "VLT") }),
      { maxLength: 3 },
    ),
    orderUnit: fc.constantFrom("H87", "XBX", "KGM", "E48", "C62"),
    content: fc.record({
      unit: fc.constantFrom("H87", "E48", "KGM"),
      ratio: fc.record({ num: fc.constant("7"), den: fc.constantFrom("1", "3") }),
    }),
    prices: fc.array(
      fc.record(
        {
          currency: fc.constantFrom("EUR", "BYN"),
          minQuantity: fc.constantFrom("1", "0.5", "10"),
          amount: fc.constantFrom("12.345678", "0", null),
          baseQuantity: fc.constantFrom("1", "100"),
          validFrom: fc.constantFrom("2026-01-01", "2026-03-04T10:00:00.000000Z"),
        },
        { requiredKeys: ["currency", "minQuantity", "amount"] },
      ),
      { maxLength: 3 },
    ),
    minQuantity: fc.constantFrom("0.000001", "12"),
    leadTimeDays: fc.nat({ max: 3_650 }),
    condition: fc.constantFrom("new" as const, "used" as const, "refurbished" as const),
    deliveryTerm: fc.record({ term: fc.constant("DAP"), place: fc.option(anyText) }),
    stock: fc.constant("5"),
    buyerPartNumbers: fc.array(fc.record({ buyer: fc.option(anyText), partNumber: anyText }), { maxLength: 2 }),
    files: fc.array(
      fc.record(
        {
          kind: fc.constantFrom("picture" as const, "manual" as const, "data_sheet" as const),
          address: anyText,
          title: anyText,
          mediaType: fc.constantFrom("image/jpeg", "image/png"),
        },
        { requiredKeys: ["kind", "address"] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["partNumber", "mode", "texts", "orderUnit"] },
);

describe.runIf(folder !== null)("BMEcat files", () => {
  it.each([
    ["samples/henrikpilz/testConvertBMEcatMissingOptions.xml", { row: 1, group: 2, class: 0, member: 1, warning: 13 }],
    [
      "samples/henrikpilz/testCreateExcelFromBMEcatFullDataStrictValidation.xml",
      { row: 1, group: 2, class: 0, member: 1, warning: 12 },
    ],
    [
      "samples/henrikpilz/testCreateExcelFullDataWithCategoryTreeAndDTD.xml",
      { row: 1, group: 1_660, class: 0, member: 2, warning: 3_438 },
    ],
    [
      "samples/henrikpilz/testCreateExcelUserDefinedExtensionHaveFeatures.xml",
      { row: 1, group: 726, class: 0, member: 1, warning: 2_145 },
    ],
    ["samples/olivere/bmecat12-new_catalog.golden.xml", { row: 1, group: 0, class: 5, member: 0, warning: 26 }],
    ["samples/olivere/bmecat12-update_products.golden.xml", { row: 2, group: 0, class: 0, member: 0, warning: 25 }],
    ["samples/olivere/bmecat12-update_prices.golden.xml", { row: 1, group: 0, class: 0, member: 0, warning: 17 }],
    ["samples/olivere/bmecat2005-new_catalog.golden.xml", { row: 1, group: 0, class: 5, member: 0, warning: 29 }],
    [
      "samples/olivere/bmecat2005-new_catalog_with_blank_classification_system.golden.xml",
      { row: 1, group: 0, class: 0, member: 0, warning: 28 },
    ],
    ["1.01/new_catalog_ok.xml", { row: 2, group: 6, class: 3, member: 2, warning: 78 }],
  ])("%s is read with itemised warnings alone", async (path, expected) => {
    const items = await itemsOf(createReadStream(join(bmecat, path)));
    const count = (kind: BmecatItem["kind"]): number => items.filter((item) => item.kind === kind).length;
    expect({
      row: count("row"),
      group: count("group"),
      class: count("class"),
      member: count("member"),
      warning: count("warning"),
    }).toEqual(expected);
    expect(items[0]?.kind === "catalogue" || items[0]?.kind === "warning").toBe(true);
    for (const item of items) {
      if (item.kind === "warning")
        expect(item.warning).toMatchObject({ line: expect.any(Number), path: expect.stringMatching(/^(BMECAT|$)/) });
    }
    const rows = rowsOf(items).filter(({ orderUnit }) => orderUnit !== undefined);
    expect(await faultsOf((await exported(rows)).xml)).toEqual([]);
  });

  it("writes what the official schema passes, whatever rows it is given, and tells what it leaves out", async () => {
    const rows = fc.sample(anyRow, { numRuns: 1_000, seed: 20_260_104 });
    const { xml, problems } = await exported(rows);
    expect(await faultsOf(xml)).toEqual([]);
    expect(new Set(problems.map(({ code }) => code)).size).toBe(5);
    const left = problems.filter(({ code }) => code === "row_left_out");
    const back = rowsOf(await itemsOf(pieces(xml)));
    expect(back).toHaveLength(rows.length - left.length);
    expect(back.length).toBeGreaterThan(100);
    const twice = await exported(back);
    expect(rowsOf(await itemsOf(pieces(twice.xml))).map(rowHash)).toEqual(back.map(rowHash));
  });
});

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(text);
}
