import type { DailyStatement } from "@kontor/protocol";
import { expect, test } from "vitest";
import { statementTable } from "../src/routes/ledger/statement-table.ts";

const asset = { assetId: "EUR", marketplaceId: "m", kind: "currency", unit: "EUR", scale: 2 } as const;
const at = "2026-11-02T12:00:00.000000Z";
const accountId = "00000000-0000-4000-8000-000000000001";

const statement = (reference: string): DailyStatement => ({
  marketplaceId: "m",
  companyId: "mill",
  day: "2026-11-02",
  from: "2026-11-02T00:00:00.000000Z",
  until: "2026-11-03T00:00:00.000000Z",
  accounts: [
    {
      account: { accountId, purpose: "available", asset },
      opening: "5.00",
      closing: "3.00",
      postings: [
        { accountId, no: 2, transferId: accountId, kind: "transfer", amount: "-2.00", balance: "3.00", reference, at },
      ],
    },
  ],
  fills: [],
  fees: [{ currency: "EUR", amount: "-0.50" }],
});

const cellsOf = (table: string): readonly (readonly string[])[] => table.split("\r\n").map((line) => line.split(","));

test("the table has a line per balance, posting and sum of fees, with one number of cells", () => {
  const rows = cellsOf(statementTable(statement("Deposit 1"))).slice(0, -1);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([14]));
  expect(rows.map(([line]) => line)).toEqual(["line", "opening", "posting", "closing", "fees"]);
  expect(rows[2]).toEqual([
    ...["posting", at, "available", "", "EUR", "EUR", "Deposit 1"],
    ...["", "", "", "", "", "-2.00", "3.00"],
  ]);
  expect(rows[4]?.at(-2)).toBe("-0.50");
});

test.each([
  ["=cmd()", ",'=cmd(),"],
  ["-1+2", ",'-1+2,"],
  ['say "no", please', ',"say ""no"", please",'],
])("text stays text: %s", (reference, cell) => {
  expect(statementTable(statement(reference))).toContain(cell);
});
