import type { Quantity } from "./quantity.ts";
import { dimensionOf, over, times } from "./quantity.ts";
import { unitDefinitions } from "./unit-definitions.ts";
import { readExpression, readFactor } from "./unit-expression.ts";
import { byFactor, ownZero, rulings, unclear } from "./unit-rulings.ts";

export type Row = Readonly<Record<string, string>>;

/** What a unit is worth in SI's base units, and whether that is its definition or a rounded number. */
export type Worth = { readonly value: Quantity; readonly exact: boolean; readonly dimension: string };

const known = unitDefinitions(readExpression);

/**
 * The worth of a row of the list, or null where none can be told.
 *
 * The symbol, read with exact definitions, and the printed factor, which is rounded, must say the same; then the symbol
 * is taken. Where they differ beyond rounding there must be a ruling.
 */
export function worthOf(row: Row): Worth | null {
  const code = row["CommonCode"] ?? "";
  if (ownZero.has(code) || unclear.has(code)) return null;
  const ruled = rulings[code];
  const value = ruled === undefined ? undefined : readExpression(ruled, known);
  if (value === null) throw new Error(`the ruling on ${code} cannot be read: ${ruled}`);
  if (value !== undefined) return worth(row, value, true);
  const symbol = (row["Symbol"] ?? "").trim();
  const defined = symbol === "" || byFactor.has(code) ? null : readExpression(symbol, known);
  const printed = printedFactor(row["ConversionFactor"] ?? "");
  if (printed === null) {
    // Units of information have no factors; their symbols are plain. Of others a symbol alone says too little.
    const plain = row["ConversionFactor"] === "" && (row["LevelAndCategory"] ?? "") === "3.6";
    return defined !== null && plain ? worth(row, defined, true) : null;
  }
  if (defined === null) return worth(row, printed.value, printed.exact);
  if (!saySame(defined, printed.value)) {
    throw new Error(`${code}: the symbol ${symbol} and the factor ${row["ConversionFactor"]} differ; rule on it`);
  }
  return worth(row, defined, true);
}

function printedFactor(text: string): { readonly value: Quantity; readonly exact: boolean } | null {
  if (text.trim() === "") return null;
  const { value, rounded, unit } = readFactor(text);
  const units = unit === "" ? readExpression("1", known) : readExpression(unit, known);
  return units === null ? null : { value: times(value, units), exact: !rounded };
}

/** Same dimension, and apart by less than the list rounds: one part in twenty thousand. */
function saySame(a: Quantity, b: Quantity): boolean {
  if (dimensionOf(a) !== dimensionOf(b)) return false;
  const { num, den } = over(a, b);
  const apart = num > den ? num - den : den - num;
  return apart * 20_000n <= den;
}

/** Kinds of quantity that share their base units with another kind, which they are never exchanged for. */
const kinds: readonly (readonly [dimension: RegExp, name: string, text: RegExp])[] = [
  [/^kg·m\^2·s\^-2$/, "torque", /^(?:[a-zµ]?N|kgf|lbf|ozf|dyn|pdl|kp)·(?:c?m|ft|in)$/],
  [/./, "apparent", /V·A|VA/],
  [/./, "reactive", /var\b/],
  [/./, "dose equivalent", /Sv|rem\b/],
  [/^m\^2·s\^-[23]$/, "absorbed dose", /Gy|^rad$/],
  [/./, "activity", /Bq|Ci\b/],
  [/./, "at normal conditions", /normali[sz]ed/i],
  [/./, "at standard conditions", /standard (?:cubic|kilo)/i],
];

function worth(row: Row, value: Quantity, exact: boolean): Worth {
  const base = dimensionOf(value);
  const symbol = row["Symbol"] ?? "";
  if (base === "1") {
    const counts = value.den === 1n && !/[/%‰]/.test(symbol);
    return { value, exact, dimension: counts ? "count" : "ratio" };
  }
  const kind = kinds.find(
    ([dimension, , text]) => dimension.test(base) && (text.test(symbol) || text.test(row["Name"] ?? "")),
  );
  return { value, exact, dimension: kind === undefined ? base : `${base}:${kind[1]}` };
}
