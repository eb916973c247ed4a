/** What a character of a typed number stands for, whatever script it comes from. */
export type Mark = { readonly kind: "digit"; readonly digit: string } | { readonly kind: NumberMark };

export type NumberMark = "point" | "comma" | "decimal" | "group" | "space" | "minus" | "hidden" | "other";

const marks: Readonly<Record<string, NumberMark>> = {
  ".": "point",
  "．": "point",
  "。": "point",
  ",": "comma",
  "，": "comma",
  "،": "comma",
  "٫": "decimal",
  "٬": "group",
  "'": "group",
  "’": "group",
  "-": "minus",
  "−": "minus",
  "－": "minus",
  "﹣": "minus",
};

/** Marks of direction and of joining: they are in copied numbers and mean nothing. */
const hidden = /^[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]$/;
const space = /^\p{White_Space}$/u;
const digit = /^\p{Nd}$/u;

export function markOf(character: string): Mark {
  if (digit.test(character)) return { kind: "digit", digit: digitOf(character) };
  if (hidden.test(character)) return { kind: "hidden" };
  if (space.test(character)) return { kind: "space" };
  return { kind: marks[character] ?? "other" };
}

/** Unicode keeps the decimal digits of a script together and in order, so that the place in the row is the value. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (first > 0 && digit.test(String.fromCodePoint(first - 1))) first--;
  return String((code - first) % 10);
}

/** The mark of a language between whole and part, as its people type it: Persian keyboards have the point too. */
export function decimalMarkOf(locale: string): "point" | "comma" {
  return markIn(locale, "decimal") === "comma" ? "comma" : "point";
}

/** The mark of a language between groups of three digits. */
export function groupMarkOf(locale: string): NumberMark | null {
  return markIn(locale, "group");
}

function markIn(locale: string, type: "decimal" | "group"): NumberMark | null {
  const parts = new Intl.NumberFormat(locale, { useGrouping: "always" }).formatToParts(1234.5);
  const text = parts.find((part) => part.type === type)?.value ?? "";
  const mark = markOf(text).kind;
  return mark === "digit" ? null : mark;
}
