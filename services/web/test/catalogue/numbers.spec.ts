import fc from "fast-check";
import { expect, test } from "vitest";
import { isPositive, sumOf, trimmed } from "../../src/catalogue/decimal-text.ts";
import { sourceLevel, traceLines } from "../../src/catalogue/price-trace.ts";
import { adviceInProblem, adviceOf } from "../../src/catalogue/quantity-advice.ts";

test("zeros that only say how finely a number is kept go, and no others", () => {
  expect(["1.550000", "100", "0.000000", "10.0", "9.73"].map(trimmed)).toEqual(["1.55", "100", "0", "10", "9.73"]);
});

test("decimal strings are summed exactly", () => {
  expect(sumOf(["0.10", "0.2", "0.3"])).toBe("0.60");
  expect(sumOf([])).toBe("0");
  expect(sumOf(["999999999999999999.99", "0.01"])).toBe("1000000000000000000.00");
  const cents = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { maxLength: 20 });
  const text = (value: bigint): string => {
    const digits = (value < 0n ? -value : value).toString().padStart(3, "0");
    return `${value < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  };
  fc.assert(
    fc.property(cents, (values) => {
      fc.pre(values.length > 0);
      expect(sumOf(values.map(text))).toBe(text(values.reduce((sum, value) => sum + value, 0n)));
    }),
    { seed: 7 },
  );
});

test("nothing and less are not positive", () => {
  expect(["0", "0.00", "-1", "0.01"].map(isPositive)).toEqual([false, false, false, true]);
});

test("a quantity that is allowed needs no advice", () => {
  expect(adviceOf({ allowed: true })).toBeNull();
  expect(adviceOf(undefined)).toBeNull();
});

test("a wrong quantity is told with its rule and both neighbours, or the one there is", () => {
  const verdict = { allowed: false, code: "quantity_not_multiple", limit: "50", unit: "H87" };
  expect(adviceOf({ ...verdict, neighbours: { below: "3050", above: "3100" } })).toEqual({
    code: "quantity_not_multiple",
    limit: "50",
    unit: "H87",
    choices: ["3050", "3100"],
  });
  expect(adviceOf({ ...verdict, neighbours: { below: null, above: "50" } })?.choices).toEqual(["50"]);
  expect(adviceInProblem({ code: "quantity_not_multiple", neighbours: { below: null, above: "50" } })?.choices).toEqual(
    ["50"],
  );
  expect(adviceInProblem({ code: "stock_insufficient" })).toBeNull();
});

test("the way to a price names each list once where it failed alike, and the one that counts", () => {
  const step = { level: "agreement", distance: 0, target: "a", listName: "Contract" } as const;
  const trace = [
    { ...step, verdict: "no_row" },
    { ...step, verdict: "no_row" },
    { ...step, level: "marketplace" as const, listName: "Standard", verdict: "chosen" },
  ];
  expect(traceLines(trace).map(({ name, isChosen }) => [name, isChosen])).toEqual([
    ["Contract", false],
    ["Standard", true],
  ]);
  expect(sourceLevel({ trace })).toBe("marketplace");
  expect(sourceLevel({ trace: [] })).toBeNull();
});
