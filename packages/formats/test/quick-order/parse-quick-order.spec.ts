import { expect, test } from "vitest";
import { parseQuickOrder } from "../../src/index.ts";

/** Of each row its number and quantity, or its code. */
const told = (text: string, mark: "." | "," | null = null): unknown =>
  parseQuickOrder(text, mark).rows.map((row) =>
    "code" in row ? [row.row, row.code] : [row.row, row.partNumber, row.quantity],
  );

test.each([
  ["A-1\t5", "A-1", "5"],
  ["A-1;5", "A-1", "5"],
  ["A-1,5", "A-1", "5"],
  ["A-1, 5", "A-1", "5"],
  ["A-1 5", "A-1", "5"],
  ["A 1 b   5", "A 1 b", "5"],
  ["A-1\t\t2,5", "A-1", "2.5"],
  ["A-1;2,5;Hülse", "A-1", "2.5"],
  ["A-1 5 Stk", "A-1", "5"],
  ["A-1 5x", "A-1", "5"],
  ["A-1 5 # for the hall", "A-1", "5"],
])("%s", (line, partNumber, quantity) => {
  expect(told(line)).toEqual([[1, partNumber, quantity]]);
});

test("a separator inside quotes is one all the same, and is told", () => {
  expect(told('"A;1";5')).toEqual([[1, "quantity_malformed"]]);
});

test("comments and empty lines are passed over, and counted", () => {
  expect(told("# order\n\nA;0,1\r\nB;1\n// more\nA;0,2\n")).toEqual([
    [3, "A", "0.1"],
    [4, "B", "1"],
    [6, "A", "0.2"],
  ]);
});

test("every wrong line is told in its place, and the others are taken", () => {
  const lines = ["A-1", "B;x", "C;0", "D;-1", "E;1.000", "F;0,1234567", "G;3", `${"H".repeat(101)};1`];
  expect(told([...lines, "I;9999999999999"].join("\n"))).toEqual([
    [1, "quantity_missing"],
    [2, "quantity_malformed"],
    [3, "quantity_not_positive"],
    [4, "quantity_not_positive"],
    [5, "quantity_ambiguous"],
    [6, "quantity_scale_exceeded"],
    [7, "G", "3"],
    [8, "part_number_too_long"],
    [9, "quantity_too_large"],
  ]);
  const hints = parseQuickOrder(lines.join("\n")).rows.map((row) => ("code" in row ? row.hint : "none needed"));
  expect(hints.every((hint) => hint !== "")).toBe(true);
  expect(told("E;1.000", ",")).toEqual([[1, "E", "1000"]]);
});

test("more lines than one order takes are told, not half of them ordered", () => {
  expect(parseQuickOrder("A;1\n".repeat(2_000))).toMatchObject({ complete: true });
  expect(parseQuickOrder("A;1\n".repeat(2_001))).toMatchObject({ complete: false });
});
