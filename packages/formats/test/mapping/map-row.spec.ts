import { describe, expect, test } from "vitest";
import { compileMapping, rowHash } from "../../src/index.ts";
import { workbookOf } from "../workbooks.ts";
import { codesOf, mapped, mappingOf } from "./given.ts";

const partNumber = { field: "part_number" } as const;
const price = { field: "price", tier: 0 } as const;

test("a row says all it can", async () => {
  const text = [
    "sku;name;text;words;ean;ean box;brand;maker;mpn;unspsc;volt;unit;inner;content;price;per;q2;p2;min;mul;max;days;cond;term;place;stock;yours;pics;from;to",
    "A-1;Hülse;Lang;a, b;4006209796856;;Acme;Acme AG;H-1;31161504;230;Karton;Stk;12;1.234,50;100;48;1.200,00;12;12;480;3;gebraucht;DAP;Hamburg;1.000,5;K-9;https://x.example/1.jpg https://x.example/2.jpg;1.1.2026;31.12.2026",
  ].join("\n");
  const [row] = await mapped(
    text,
    mappingOf({
      sku: partNumber,
      name: { field: "name", language: "de" },
      text: { field: "description", language: "de" },
      words: { field: "keywords", language: "de" },
      ean: { field: "gtin", unit: null },
      "ean box": { field: "gtin", unit: "XCT" },
      brand: { field: "brand" },
      maker: { field: "manufacturer" },
      mpn: { field: "manufacturer_part_number" },
      unspsc: { field: "class", scheme: "UNSPSC" },
      volt: { field: "attribute", name: "Voltage", unit: "VLT" },
      unit: { field: "order_unit" },
      inner: { field: "content_unit" },
      content: { field: "content_ratio" },
      price,
      per: { field: "price_base_quantity" },
      q2: { field: "tier_quantity", tier: 2 },
      p2: { field: "price", tier: 2 },
      min: { field: "min_quantity" },
      mul: { field: "multiple" },
      max: { field: "max_quantity" },
      days: { field: "lead_time_days" },
      cond: { field: "condition" },
      term: { field: "delivery_term" },
      place: { field: "delivery_place" },
      stock: { field: "stock" },
      yours: { field: "buyer_part_number", buyer: null },
      pics: { field: "file", kind: "picture" },
      from: { field: "valid_from" },
      to: { field: "valid_until" },
    }),
  );
  expect(row).toEqual({
    ok: true,
    row: {
      partNumber: "A-1",
      mode: "merge",
      texts: [{ language: "de", name: "Hülse", description: "Lang", keywords: ["a", "b"] }],
      gtins: [{ gtin: "04006209796856", unit: null }],
      brand: "Acme",
      manufacturer: "Acme AG",
      manufacturerPartNumber: "H-1",
      classes: [{ scheme: "UNSPSC", code: "31161504" }],
      attributes: [{ name: "Voltage", values: ["230"], unit: "VLT" }],
      orderUnit: "XCT",
      content: { unit: "H87", ratio: { num: "12", den: "1" } },
      prices: [
        { currency: "EUR", minQuantity: "1", amount: "1234.5", baseQuantity: "100" },
        { currency: "EUR", minQuantity: "48", amount: "1200", baseQuantity: "100" },
      ],
      minQuantity: "12",
      multiple: "12",
      maxQuantity: "480",
      leadTimeDays: 3,
      condition: "used",
      deliveryTerm: { term: "DAP", place: "Hamburg" },
      stock: "1000.5",
      buyerPartNumbers: [{ buyer: null, partNumber: "K-9" }],
      files: [
        { kind: "picture", address: "https://x.example/1.jpg" },
        { kind: "picture", address: "https://x.example/2.jpg" },
      ],
      validFrom: "2026-01-01",
      validUntil: "2026-12-31",
    },
  });
});

test("every wrong cell of a row is told, with what to write instead", async () => {
  const text = "sku;ean;price;unit;min;from\n;4006209796857;12,5 EUR;Gebinde;-3;31.02.2026\n";
  const [row] = await mapped(
    text,
    mappingOf({
      sku: partNumber,
      ean: { field: "gtin", unit: null },
      price,
      unit: { field: "order_unit" },
      min: { field: "min_quantity" },
      from: { field: "valid_from" },
    }),
  );
  expect(
    row?.ok === false &&
      row.problems.map(({ row: number, column, value, code, hint }) => [number, column, value, code, hint]),
  ).toEqual([
    [2, "sku", "", "value_missing", "Write a value: the row is of no use without."],
    [
      2,
      "ean",
      "4006209796857",
      "gtin_check_digit_wrong",
      "400620979685 has the check digit 6; or one of its other digits is wrong.",
    ],
    [2, "price", "12,5 EUR", "number_malformed", "Write 12,5 alone, without signs or words."],
    [
      2,
      "unit",
      "Gebinde",
      "unit_unknown",
      'Write a code such as H87 (piece), KGM (kilogram), MTR (metre), XBX (Box), or add "Gebinde" to the mapping\'s units.',
    ],
    [2, "min", "-3", "number_negative", "Write 3, or leave the cell empty."],
    [2, "from", "31.02.2026", "date_malformed", "Write the date as 2026-12-31, or as 31.12.2026."],
  ]);
});

describe("untold, and told to be nothing", () => {
  const ladder = mappingOf({
    sku: partNumber,
    p: price,
    q2: { field: "tier_quantity", tier: 2 },
    p2: { field: "price", tier: 2 },
    brand: { field: "brand" },
  });
  const saying = async (row: string): Promise<unknown> => {
    const [read] = await mapped(`sku;p;q2;p2;brand\nA0;1,5;10;1,4;x\n${row}\n`, ladder).then((rows) => rows.slice(1));
    return read?.ok === true ? [read.row.prices, read.row.brand] : codesOf(read === undefined ? [] : [read]);
  };
  const rung = (minQuantity: string, amount: string | null) => ({
    currency: "EUR",
    minQuantity,
    amount,
  });

  test("a blank price removes its rung, a rung without quantity and price is not told of", async () => {
    expect(await saying("A1;2,5;10;;")).toEqual([[rung("1", "2.5"), rung("10", null)], null]);
    expect(await saying("A1;2,5;;;x")).toEqual([[rung("1", "2.5")], "x"]);
    expect(await saying("A1;;10;2,4;x")).toEqual([[rung("1", null), rung("10", "2.4")], "x"]);
  });

  test("a row that ends early does not tell what is behind its end", async () => {
    expect(await saying("A1;2,5")).toEqual([[rung("1", "2.5")], undefined]);
    expect(await saying("A1")).toEqual([undefined, undefined]);
  });

  test("what does not go together is told at the cell to change", async () => {
    expect(await saying("A1;2,5;;2,4;")).toEqual(["3 q2 tier_incomplete"]);
    expect(await saying("A1;2,5;10;2,6;")).toEqual(["3 p2 price_ladder_rises"]);
    expect(await saying("A1;2,5;1;2,4;")).toEqual(["3 q2 tier_repeated"]);
  });
});

describe("numbers", () => {
  const single = mappingOf({ sku: partNumber, p: price });
  const amountsOf = async (...cells: readonly string[]): Promise<readonly unknown[]> => {
    const rows = await mapped(`sku;p\n${cells.map((cell, at) => `A${at};${cell}`).join("\n")}\n`, single);
    return rows.map((row) => (row.ok ? row.row.prices?.[0]?.amount : row.problems[0]?.code));
  };

  test("are read by the mark that their column shows", async () => {
    expect(await amountsOf("1.234", "0,5", "1 234,5", "1'000")).toEqual(["1234", "0.5", "1234.5", "1000"]);
    expect(await amountsOf("1.234", "0.5", "1,234.5")).toEqual(["1.234", "0.5", "1234.5"]);
    expect(await amountsOf("12.5", "12,75", "12,80", "12,90")).toEqual(["12.5", "12.75", "12.8", "12.9"]);
  });

  test("are not guessed where nothing shows it, and not taken with the other mark", async () => {
    expect(await amountsOf("1.234", "2.500")).toEqual(["number_ambiguous", "number_ambiguous"]);
    const told = await mapped("sku;p\nA1;12.5\nA2;1.234\n", { ...single, decimalMark: "," });
    expect(told.map((row) => (row.ok ? row.row.prices?.[0]?.amount : row.problems[0]?.hint))).toEqual([
      'Write 12,5: the decimal mark of this column is ",".',
      "1234",
    ]);
  });

  test("have six decimal places at most, twelve digits before them, and no exponent", async () => {
    expect(await amountsOf("0,1234567", "1234567890123,5", "1,5E+3", "0,123456", "#NV", "0")).toEqual([
      "number_scale_exceeded",
      "number_too_large",
      "number_malformed",
      "0.123456",
      "formula_error",
      "0",
    ]);
  });

  test("of JSON are refused by name where they are money or quantities, and only there", async () => {
    const mapping = mappingOf({
      sku: partNumber,
      p: price,
      days: { field: "lead_time_days" },
      stock: { field: "stock" },
    });
    const rows = await mapped(
      '{"sku":4711,"p":12.95,"days":3,"stock":7}\n{"sku":"A","p":"12.95","days":3,"stock":"7"}\n',
      mapping,
    );
    expect(codesOf(rows)).toEqual(["1 p number_not_text", "1 stock number_not_text"]);
    expect(rows[1]).toMatchObject({ ok: true, row: { prices: [{ amount: "12.95" }], leadTimeDays: 3 } });
  });

  test("of a workbook have a point, whatever its texts have", async () => {
    const cell = (at: string, value: string): string => `<c r="${at}"><v>${value}</v></c>`;
    const text = (at: string, value: string): string => `<c r="${at}" t="str"><v>${value}</v></c>`;
    const sheet = `<row r="1">${text("A1", "sku")}${text("B1", "p")}</row><row r="2">${text("A2", "A1")}${cell("B2", "1.234")}</row><row r="3">${text("A3", "A2")}${text("B3", "1,5")}</row>`;
    const rows = await mapped(workbookOf({ sheets: { A: sheet } }), single);
    expect(rows.map((row) => row.ok && row.row.prices?.[0]?.amount)).toEqual(["1.234", "1.5"]);
  });
});

test("cells that were not decoded, rows that are not whole and lines that are no JSON are told", async () => {
  const mapping = mappingOf({ sku: partNumber, name: { field: "name", language: "de" } });
  const broken = Buffer.concat([
    Buffer.from("sku;name\nA1;Größe\nA2;"),
    Buffer.from([0xfc]),
    Buffer.from('lse\nA3;"open\nA4;a;b\n'),
  ]);
  const padded = Buffer.concat([
    Buffer.from("sku;name\n"),
    Buffer.from("A0;Größe\n".repeat(40_000)),
    broken.subarray(9),
  ]);
  expect(codesOf(await mapped(padded, mapping)).map((line) => line.replace(/^\d+ /, ""))).toEqual([
    "name text_undecodable",
    "- quote_unclosed",
    "- cells_extra",
  ]);
  expect(codesOf(await mapped('{"sku":"A"}\n{"sku"\n[]\n{"name":"x"}\n', mapping))).toEqual([
    "2 - json_malformed",
    "3 - json_not_object",
    "4 sku value_missing",
  ]);
});

describe("dates", () => {
  const dated = mappingOf({ sku: partNumber, from: { field: "valid_from" }, to: { field: "valid_until" } });
  test.each([
    ["2026-03-04", "2026-03-04"],
    ["4.3.2026", "2026-03-04"],
    ["20260304", "2026-03-04"],
    ["03/04/2026", "date_ambiguous"],
    ["13/04/2026", "2026-04-13"],
    ["04/13/2026", "2026-04-13"],
    ["2026-03-04T00:00:00", "2026-03-04"],
    ["2026-03-04T12:00:00+02:00", "2026-03-04T10:00:00.000000Z"],
    ["2026-03-04T12:00:00", "date_malformed"],
    ["4.3.26", "date_malformed"],
  ])("%s is %s", async (written, expected) => {
    const [row] = await mapped(
      `sku;from\nA;${written}\n`,
      mappingOf({ sku: partNumber, from: { field: "valid_from" } }),
    );
    expect(row?.ok === true ? row.row.validFrom : row?.problems[0]?.code).toBe(expected);
  });

  test("a period ends after it begins", async () => {
    expect(codesOf(await mapped("sku;from;to\nA;2.1.2026;1.1.2026\nB;1.1.2026;1.1.2026\n", dated))).toEqual([
      "2 to period_reversed",
    ]);
  });
});

test("a mapping that does not fit is told whole before a row is read", () => {
  const table = { format: "csv", columns: [{ name: "sku", decimalMark: null }] } as const;
  const mapping = mappingOf(
    {
      p: { field: "price", tier: 2 },
      name: { field: "name", language: "Deutsch" },
      a: { field: "gtin", unit: "Karton" },
    },
    { constants: [{ field: "min_quantity", constant: "1,5" }], unitAliases: { Bund: "XX9" } },
  );
  const compiled = compileMapping(mapping, table);
  expect(compiled.ok ? [] : compiled.problems.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
    "column_missing p",
    "column_missing name",
    "column_missing a",
    "part_number_unmapped part_number",
    "currency_unmapped currency",
    "tier_quantity_unmapped p",
    "language_malformed name",
    "unit_unknown a",
    "unit_unknown Bund",
    "constant_wrong min_quantity",
  ]);
});

test("a row's hash tells what it says, not how it was written", async () => {
  const [a] = await mapped(
    "sku;name;p;u\nA1;Hülse;1,50;Stk\n",
    mappingOf({ sku: partNumber, name: { field: "name", language: "de" }, p: price, u: { field: "order_unit" } }),
  );
  const [b] = await mapped(
    '{"einheit":"PCE","preis":"1.5","nr":"A1","n":"Hülse"}\n',
    mappingOf({ einheit: { field: "order_unit" }, preis: price, nr: partNumber, n: { field: "name", language: "de" } }),
  );
  if (a?.ok !== true || b?.ok !== true) throw new Error("both rows are right");
  expect(rowHash(a.row)).toBe(rowHash(b.row));
  expect(rowHash(a.row)).toMatch(/^[0-9a-f]{64}$/);
  expect(rowHash({ ...a.row, stock: null })).not.toBe(rowHash(a.row));
});
