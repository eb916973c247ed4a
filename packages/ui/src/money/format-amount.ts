/** A piece of a shown number. `muted` are zeros behind the last digit that counts, and the mark before them. */
export type AmountPart = {
  readonly kind: "sign" | "whole" | "fraction" | "muted";
  readonly text: string;
};

export type FormatOptions = {
  readonly locale: string;
  /** Digits shown behind the decimal mark at least; a value with more shows them all: nothing is rounded. */
  readonly decimals?: number;
  /** A plus before what is more than nothing. */
  readonly signed?: boolean;
};

const bidiMarks = /[\u200e\u200f\u061c]/g;
const pattern = /^-?\d+(?:\.\d+)?$/;
const formats = new Map<string, Intl.NumberFormat>();

/** The parts of a decimal string in a language, in reading order, without a float in between. Throws on other text. */
export function amountParts(value: string, options: FormatOptions): readonly AmountPart[] {
  if (!pattern.test(value)) throw new RangeError(`not a decimal string: ${value}`);
  const parts: AmountPart[] = [];
  const sign = signOf(value, options.signed === true);
  if (sign !== "") parts.push({ kind: "sign", text: sign });
  const magnitude = value.replace(/^-/, "");
  const pieces = formatOf(magnitude, options).formatToParts(magnitude as Intl.StringNumericLiteral);
  const text = (types: readonly string[]): string =>
    pieces
      .filter(({ type }) => types.includes(type))
      .map((piece) => piece.value.replace(bidiMarks, ""))
      .join("");
  parts.push({ kind: "whole", text: text(["integer", "group"]) });
  const fraction = text(["fraction"]);
  if (fraction === "") return parts;
  const counted = Array.from(fraction).slice(0, countedDigits(magnitude)).join("");
  const zeros = fraction.slice(counted.length);
  const mark = text(["decimal"]);
  if (counted !== "") parts.push({ kind: "fraction", text: mark + counted });
  if (zeros !== "") parts.push({ kind: "muted", text: counted === "" ? mark + zeros : zeros });
  return parts;
}

/** The same as one text. */
export function formatAmount(value: string, options: FormatOptions): string {
  return amountParts(value, options)
    .map(({ text }) => text)
    .join("");
}

/** 1, 0 or -1. */
export function signOfDecimal(value: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(value)) return 0;
  return value.startsWith("-") ? -1 : 1;
}

function signOf(value: string, signed: boolean): string {
  const sign = signOfDecimal(value);
  if (sign < 0) return "\u2212";
  return signed && sign > 0 ? "+" : "";
}

function countedDigits(magnitude: string): number {
  return (magnitude.split(".")[1] ?? "").replace(/0+$/, "").length;
}

function formatOf(magnitude: string, { locale, decimals = 0 }: FormatOptions): Intl.NumberFormat {
  const own = (magnitude.split(".")[1] ?? "").length;
  const most = Math.min(100, Math.max(decimals, own));
  const key = `${locale} ${decimals} ${most}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, {
    useGrouping: "always",
    minimumFractionDigits: Math.min(decimals, most),
    maximumFractionDigits: most,
  });
  formats.set(key, format);
  return format;
}
