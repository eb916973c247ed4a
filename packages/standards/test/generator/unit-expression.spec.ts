import { describe, expect, test } from "vitest";
import { dimensionOf, times } from "../../src/generator/quantity.ts";
import { unitDefinitions } from "../../src/generator/unit-definitions.ts";
import { readExpression, readFactor } from "../../src/generator/unit-expression.ts";

const known = unitDefinitions(readExpression);

/** What a printed factor is worth, as text. */
function worthOf(text: string): string {
  const { value, unit, rounded } = readFactor(text);
  const units = readExpression(unit === "" ? "1" : unit, known);
  if (units === null) return "unknown";
  const { num, den, powers } = times(value, units);
  return `${num}/${den} ${dimensionOf({ num, den, powers })}${rounded ? " rounded" : ""}`;
}

describe("printed factors", () => {
  test.each([
    ["kg", "1/1 kg"],
    ["10⁻³ kg", "1/1000 kg"],
    ["10³m³", "1000/1 m^3"],
    ["10-18 m3", "1/1000000000000000000 m^3"],
    ["10⁻8", "1/100000000 1"],
    ["86 400 s", "86400/1 s"],
    ["1 609,344 m", "201168/125 m rounded"],
    ["25,4 x 10⁻³ m", "127/5000 m rounded"],
    ["0,453 592 37 kg", "45359237/100000000 kg rounded"],
    ["1.667 × 104 W/s", "16670/1 kg·m^2·s^-4 rounded"],
    ["1,67 x 10⁻²/s", "167/10000 s^-1 rounded"],
    ["1,8 1/K", "9/5 K^-1 rounded"],
    ["5/9 x K", "5/9 K"],
    ["8 bit", "8/1 bit"],
    ["2", "2/1 1"],
    ["10⁻⁶  1", "1/1000000 1"],
    ["W/(m² x K)", "1/1 kg·s^-3·K^-1"],
    ["m x kg⁻¹ x s", "1/1 kg^-1·m·s"],
    ["use pair", "unknown"],
    ["-log10(mol/l)", "unknown"],
    ["10^[Power in dBW/10] W", "unknown"],
    ["kg/(m", "unknown"],
    ["kg)", "unknown"],
  ])("%s", (text, worth) => {
    expect(worthOf(text)).toBe(worth);
  });
});

test("a prefix is read with its unit, and a whole name before a prefix", () => {
  expect(known.get("min")).toMatchObject({ num: 60n, den: 1n });
  expect(known.get("mm")).toMatchObject({ num: 1n, den: 1_000n });
  expect(known.get("Pa")?.powers).toEqual({ kg: 1, m: -1, s: -2 });
  expect(readExpression("mmm", known)).toBeNull();
});
