import { expect, test } from "vitest";
import type { FieldTarget } from "../../src/index.ts";
import { compileMapping, readTable } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";
import { codesOf, mapped, mappingOf } from "./given.ts";

const partNumber = { field: "part_number" } as const;

test.each<readonly [FieldTarget, cell: string, code: string, hint: string]>([
  [{ field: "name", language: "de" }, "x".repeat(201), "value_too_long", "Write at most 200 characters; it has 201."],
  [{ field: "min_quantity" }, "0", "number_not_positive", "Write a number above 0, or leave the cell empty."],
  [{ field: "lead_time_days" }, "2,5", "number_not_whole", "Write 3, or another whole number."],
  [{ field: "lead_time_days" }, "2 Wochen", "number_malformed", "Write the days alone: 14."],
  [{ field: "gtin", unit: null }, "628586414214", "gtin_check_digit_wrong", "62858641421 has the check digit"],
  [{ field: "gtin", unit: null }, "12345", "gtin_length_wrong", "Write its 8, 12, 13 or 14 digits"],
  [{ field: "gtin", unit: null }, "882780756328", "", ""],
  [
    { field: "gtin", unit: null },
    "88698629123",
    "gtin_length_wrong",
    "Write 088698629123, if leading zeros were lost.",
  ],
  [{ field: "gtin", unit: null }, "4,00621E+12", "gtin_", "The spreadsheet rounded it"],
  [{ field: "gtin", unit: null }, "400620979685X", "gtin_character_wrong", "Write its"],
  [{ field: "gtin", unit: null }, "0000000000000", "gtin_part_wrong", "Leave the cell empty"],
  [{ field: "currency" }, "EURO", "", ""],
  [{ field: "currency" }, "XQX", "currency_unknown", "Write its code of three letters"],
  [{ field: "currency" }, "DEM", "currency_withdrawn", "DEM ended in"],
  [{ field: "content_ratio" }, "1/x", "ratio_malformed", "Write a number such as 6 or 0.5"],
  [{ field: "content_ratio" }, "12", "content_incomplete", "Write the unit of what is inside"],
  [{ field: "content_unit" }, "Stk", "content_incomplete", "Write how many of it"],
  [{ field: "condition" }, "schön", "condition_unknown", "Write new, refurbished or used."],
  [{ field: "delivery_term" }, "DAT Hamburg", "delivery_term_unknown", "DAT became DPU"],
  [{ field: "delivery_place" }, "Hamburg", "delivery_place_alone", "Write the rule"],
  [{ field: "file", kind: "picture" }, "bild.jpg", "address_malformed", "Write whole addresses"],
])("%j with %s", async (target, ...[cell, code, hint]) => {
  const [row] = await mapped(`sku;it\nA1;${cell}\n`, mappingOf({ sku: partNumber, it: target }));
  const problem = row?.ok === false ? row.problems[0] : undefined;
  if (code === "") expect(row?.ok).toBe(true);
  else {
    expect(problem?.code).toContain(code);
    expect(problem?.hint).toContain(hint);
  }
});

test("cells that do not go together", async () => {
  const mapping = mappingOf({
    sku: partNumber,
    min: { field: "min_quantity" },
    max: { field: "max_quantity" },
    p: { field: "price", tier: 0 },
    c: { field: "currency" },
  });
  expect(codesOf(await mapped("sku;min;max;p;c\nA;5;4;1;EUR\nB;1;2;1,5;\n", mapping))).toEqual([
    "2 max quantity_order_wrong",
    "3 p currency_missing",
  ]);
});

test("two columns for one target", () => {
  const table = {
    format: "csv",
    columns: [
      { name: "a", decimalMark: null },
      { name: "b", decimalMark: null },
    ],
  } as const;
  const compiled = compileMapping(mappingOf({ a: partNumber, b: partNumber }), table);
  expect(compiled.ok ? [] : compiled.problems.map(({ code }) => code)).toEqual(["target_repeated"]);
});

test("files beyond the limits", async () => {
  await expect(readTable(piecesOf("a;b\n1;2\n"), { headerRow: 9 })).rejects.toMatchObject({ code: "header_missing" });
  const long = await readTable(piecesOf(`sku;name\nA;${"x".repeat(1_200_000)}\n`, 65_536))
    .then((table) => collected(table.rows))
    .catch((error: unknown) => error);
  expect(long).toMatchObject({ code: "row_too_long" });
});
