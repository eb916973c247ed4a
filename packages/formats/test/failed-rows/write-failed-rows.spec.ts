import { expect, test } from "vitest";
import type { FailedRow } from "../../src/index.ts";
import { compileMapping, readTable, writeFailedRows } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";
import { mappingOf } from "../mapping/given.ts";

const mapping = mappingOf({
  sku: { field: "part_number" },
  name: { field: "name", language: "de" },
  p: { field: "price", tier: 0 },
});

async function failed(
  text: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly FailedRow[]; readonly good: number }> {
  const table = await readTable(piecesOf(text));
  const compiled = compileMapping(mapping, table);
  if (!compiled.ok) throw new Error("the mapping fits");
  const rows: FailedRow[] = [];
  let good = 0;
  for await (const row of table.rows) {
    const mapped = compiled.mapRow(row);
    if (mapped.ok) good++;
    else rows.push({ row, problems: mapped.problems });
  }
  return { columns: table.columns.map(({ name }) => name), rows, good };
}

test("failed rows come back as they were, with what to write, and can be corrected and sent again", async () => {
  const text = 'sku;p;name;note\nA1;1,5;fine;x\nA2;1,5 EUR;"3"" pipe; long";keep me\n;2,5;none;\n';
  const first = await failed(text);
  const written = (await collected(writeFailedRows(first.columns, first.rows))).join("");
  expect(written.split("\r\n")).toEqual([
    "\ufeffsku;p;name;note;Problem row;Problem columns;Problem codes;What to write",
    'A2;1,5 EUR;"3"" pipe; long";keep me;3;p;number_malformed;p: Write 1,5 alone, without signs or words.',
    ";2,5;none;;4;sku;value_missing;sku: Write a value: the row is of no use without.",
    "",
  ]);
  const again = await failed(written.replace("1,5 EUR", "1,5").replace("\n;2,5", "\nA3;2,5"));
  expect([again.good, again.rows.length]).toEqual([2, 0]);
  const once = (await collected(writeFailedRows(again.columns, first.rows))).join("");
  expect(once).toBe(written);
});
