import { expect, test } from "vitest";
import { readTable } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";

test("members are columns, nested ones by their path; absent is not empty; digits stay as written", async () => {
  const text = [
    '{"sku":"A1","price":"12.50","name":{"de":"Hülse"},"tags":["a","b"],"stock":null}',
    "",
    '{"sku":"A2","price":12.500000000000000001,"big":4006209796856,"ok":true}',
    "{broken",
    "[1]",
  ].join("\n");
  const table = await readTable(piecesOf(text));
  expect(table.format).toBe("ndjson");
  const rows = await collected(table.rows);
  const named = rows.map(({ columns, cells }) =>
    Object.fromEntries(columns.flatMap((name, at) => (cells[at] === null ? [] : [[name, cells[at]]]))),
  );
  expect(named.slice(0, 2)).toEqual([
    { sku: "A1", price: "12.50", "name.de": "Hülse", "tags.0": "a", "tags.1": "b", stock: "" },
    { sku: "A2", price: "12.500000000000000001", big: "4006209796856", ok: "true" },
  ]);
  expect(rows.map(({ number, faults }) => [number, faults?.[0] ?? null])).toEqual([
    [1, null],
    [3, null],
    [4, "json_malformed"],
    [5, "json_not_object"],
  ]);
  const second = rows[1];
  expect([...(second?.numbers ?? [])].map((at) => second?.columns[at])).toEqual(["price", "big"]);
});
