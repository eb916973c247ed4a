import { expect, test } from "vitest";
import { blockOf, blocksOfCheckout } from "../../src/buying/block.ts";
import { mended, quantityIn, quickOutcome } from "../../src/buying/quick-rows.ts";

const multiple = {
  type: "urn:kontor:problem:quantity_not_multiple",
  title: "The quantity is not a multiple of what is sold at a time.",
  status: 409,
  code: "quantity_not_multiple",
  limit: "50",
  unit: "H87",
  neighbours: { below: "3050", above: "3100" },
} as const;

test("a block names its rule, its owner and the quantities that would do", () => {
  const block = blockOf(multiple);
  expect(block).toMatchObject({ code: "quantity_not_multiple", owner: "vendor", limit: "50", unit: "H87" });
  expect(block.advice?.choices).toEqual(["3050", "3100"]);
});

test("a budget names the person whom to ask, and what is left", () => {
  const told = { code: "budget_exceeded", name: "Assembly 2026", ownerId: "nora", currency: "EUR", left: "12.00" };
  expect(blockOf(told)).toMatchObject({ owner: "company", ownerId: "nora", rule: "Assembly 2026", limit: "12.00" });
});

test("what is not known belongs to the marketplace and is told by its code", () => {
  expect(blockOf({ code: "rate_limited" })).toMatchObject({
    code: "rate_limited",
    owner: "marketplace",
    advice: null,
  });
});

test("a refused checkout says of each line what blocks it", () => {
  const refused = { code: "checkout_blocked", faults: [{ ...multiple, lineId: "l1" }, "junk"] };
  expect(blocksOfCheckout(refused).map(({ lineId, block }) => [lineId, block.code])).toEqual([
    ["l1", "quantity_not_multiple"],
  ]);
  expect(blocksOfCheckout({ code: "budget_exceeded" })).toHaveLength(1);
});

const cart = { version: 1, lines: [], orders: [] };

test("lines that are well are counted, all others stay to be mended", () => {
  const outcome = quickOutcome({
    cart,
    lines: [
      { row: 1, text: "A 5", outcome: "added", lineId: "l1", faults: [] },
      { row: 2, text: "B 51", outcome: "added", lineId: "l2", faults: [multiple] },
      { row: 4, text: "C 1", outcome: "unknown" },
    ],
  });
  expect(outcome.added).toBe(2);
  expect(outcome.rows.map(({ row, kind }) => [row, kind])).toEqual([
    [2, "faulty"],
    [4, "unknown"],
  ]);
  const right = quickOutcome({ cart, lines: [{ row: 1, text: "D 1", outcome: "added", lineId: "l3" }] });
  expect(mended(outcome, 4, right)).toMatchObject({ added: 3, rows: [{ row: 2 }] });
  const wrong = quickOutcome({ cart, lines: [{ row: 1, text: "E", outcome: "unreadable" }] });
  expect(mended(outcome, 4, wrong).rows.map(({ row, kind }) => [row, kind])).toEqual([
    [2, "faulty"],
    [4, "unreadable"],
  ]);
});

test("the quantity of a pasted line is the number at its end", () => {
  expect(["A-1\t5", "4006381333931;2,5", "A 7 ", "A"].map(quantityIn)).toEqual(["5", "2.5", "7", null]);
});
