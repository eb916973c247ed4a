import type { Quantity } from "./quantity.ts";
import { decimal, over, quantity, times, toPower } from "./quantity.ts";

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** One spelling for blanks, products, powers and look-alike letters. */
function plainExpression(text: string): string {
  return text
    .replace(/[\u00a0\u2009\u202f]/g, " ")
    .replace(/\u2126/g, "Ω")
    .replace(/\u03bc/g, "µ")
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (raised) => {
      const digits = [...raised].map((one) => (one === "⁻" ? "-" : String(superscripts.indexOf(one))));
      return `^${digits.join("")}`;
    })
    .replace(/[·×⋅]/g, "*")
    .replace(/(?<=[\s\d)]|^)x(?=[\s\d(A-Z])/g, "*")
    .replace(/\*\s*\*/g, "*")
    .trim();
}

type Reader = { readonly text: string; at: number; readonly known: ReadonlyMap<string, Quantity> };

/**
 * The worth of an expression of units, such as `kg/(m^2*s)`, or null where it holds anything unknown. A blank
 * multiplies; products and quotients are read from the left.
 */
export function readExpression(text: string, known: ReadonlyMap<string, Quantity>): Quantity | null {
  const reader: Reader = { text: plainExpression(text), at: 0, known };
  const value = readProduct(reader);
  return value !== null && reader.at === reader.text.length ? value : null;
}

function skipBlanks(reader: Reader): void {
  while (reader.text[reader.at] === " ") reader.at++;
}

function readProduct(reader: Reader): Quantity | null {
  let value = readPower(reader);
  while (value !== null) {
    skipBlanks(reader);
    const next = reader.text[reader.at];
    if (next === undefined || next === ")") return value;
    if (next === "*" || next === "/") reader.at++;
    const right = readPower(reader);
    if (right === null) return null;
    value = next === "/" ? over(value, right) : times(value, right);
  }
  return null;
}

function readPower(reader: Reader): Quantity | null {
  skipBlanks(reader);
  const value = readAtom(reader);
  if (value === null) return null;
  const [raised = "", power = ""] = /^\^?(-?\d+)/.exec(reader.text.slice(reader.at)) ?? [];
  reader.at += raised.length;
  return power === "" ? value : toPower(value, Number(power));
}

function readAtom(reader: Reader): Quantity | null {
  const rest = reader.text.slice(reader.at);
  const name = longestName(rest, reader.known);
  if (name !== undefined) {
    reader.at += name.length;
    return reader.known.get(name) ?? null;
  }
  const [number] = /^\d+(\.\d+)?/.exec(rest) ?? [];
  if (number !== undefined) {
    reader.at += number.length;
    return decimal(number);
  }
  if (!rest.startsWith("(")) return null;
  reader.at++;
  const value = readProduct(reader);
  if (value === null || reader.text[reader.at] !== ")") return null;
  reader.at++;
  return value;
}

/** The longest known name at the start of a text that ends where a word ends. */
function longestName(text: string, known: ReadonlyMap<string, Quantity>): string | undefined {
  for (let length = Math.min(text.length, 20); length > 0; length--) {
    const name = text.slice(0, length);
    if (known.has(name) && !/^[\p{L}₂°%]/u.test(text.slice(length))) return name;
  }
  return undefined;
}

/** A number as lists write it: blanks between groups, comma or point, powers of ten. */
export type Written = {
  readonly value: Quantity;
  /** Whether it has decimals, so that it may be a rounded one; whole numbers and powers of ten are meant exactly. */
  readonly rounded: boolean;
  /** The expression of units after the number. */
  readonly unit: string;
};

/** Groups of three but for the last, which may be shorter; some lists forget the blanks. */
const mantissa = /^(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,] ?(?:\d{3,}(?: \d{3})*(?: \d{1,3})?|\d+))?/;
const power = /^\*?\s*10(?:\^?(-?\d+))?(?![.,\d])/;

/** The leading number of a conversion factor and the units that follow it. */
export function readFactor(text: string): Written {
  let rest = plainExpression(text).replace(/10\^-(?=\d)/g, "10^-");
  const fraction = /^(\d+)\/(\d+)\s*\*?\s*/.exec(rest);
  if (fraction !== null) {
    const value = quantity(BigInt(fraction[1] ?? "1"), BigInt(fraction[2] ?? "1"));
    return { value, rounded: false, unit: rest.slice(fraction[0].length) };
  }
  let told = "1";
  if (!/^10[\^-]/.test(rest)) {
    const [matched = ""] = mantissa.exec(rest) ?? [];
    const isUnit = /^1\/[a-z]/i.test(rest) || matched === "";
    if (!isUnit) {
      told = matched.replace(/ /g, "").replace(",", ".");
      rest = rest.slice(matched.length).trimStart();
    }
  }
  const [raised = "", exponent] = power.exec(rest) ?? [];
  const exponentOf = raised === "" ? 0 : Number(exponent ?? 1);
  rest = rest
    .slice(raised.length)
    .replace(/^\s*\*\s*/, "")
    .replace(/^\//, "1/")
    .trim();
  return { value: decimal(told, exponentOf), rounded: told.includes("."), unit: rest };
}
