import { expect, test } from "vitest";
import { parseQuickOrder } from "../../src/index.ts";

const linesOf = (text: string): unknown =>
  parseQuickOrder(text).lines.map(({ partNumber, quantity }) => [partNumber, quantity]);

test.each([
  ["A-1\t5", ["A-1", "5"]],
  ["A-1;5", ["A-1", "5"]],
  ["A-1,5", ["A-1", "5"]],
  ["A-1, 5", ["A-1", "5"]],
  ["A-1 5", ["A-1", "5"]],
  ["A 1 b   5", ["A 1 b", "5"]],
  ["A-1\t\t2,5", ["A-1", "2.5"]],
  ["A-1;2,5;Hülse", ["A-1", "2.5"]],
  ["A-1 5 Stk", ["A-1", "5"]],
  ["A-1 5x", ["A-1", "5"]],
  ['"A;1";5', null],
  ["A-1 5 # for the hall", ["A-1", "5"]],
])("%s", (line, expected) => {
  if (expected !== null) expect(linesOf(line)).toEqual([expected]);
  else expect(parseQuickOrder(line).problems).toHaveLength(1);
});

test("comments and empty lines are passed over, the same number is added up exactly", () => {
  const { lines, problems } = parseQuickOrder("# order\n\nA;0,1\r\nB;1\n// more\nA;0,2\n");
  expect(problems).toEqual([]);
  expect(lines).toEqual([
    { partNumber: "A", quantity: "0.3", lines: [3, 6] },
    { partNumber: "B", quantity: "1", lines: [4] },
  ]);
});

test("every wrong line is told, and the others are taken", () => {
  const { lines, problems } = parseQuickOrder(
    ["A-1", "B;x", "C;0", "D;-1", "E;1.000", "F;0,1234567", "G;3", `${"H".repeat(101)};1`, "I;9999999999999"].join(
      "\n",
    ),
  );
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [1, "quantity_missing"],
    [2, "quantity_malformed"],
    [3, "quantity_not_positive"],
    [4, "quantity_not_positive"],
    [5, "quantity_ambiguous"],
    [6, "quantity_scale_exceeded"],
    [8, "part_number_too_long"],
    [9, "quantity_too_large"],
  ]);
  expect(lines).toEqual([{ partNumber: "G", quantity: "3", lines: [7] }]);
  expect(problems.every(({ hint }) => hint !== "")).toBe(true);
  expect(parseQuickOrder("E;1.000", ",").lines[0]?.quantity).toBe("1000");
  expect(parseQuickOrder("A;1\n".repeat(10) + "x\n".repeat(6_000)).problems.at(-1)?.code).toBe("lines_too_many");
});
