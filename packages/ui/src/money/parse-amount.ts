import type { NumberMark } from "./number-marks.ts";
import { decimalMarkOf, groupMarkOf, markOf } from "./number-marks.ts";

export type AmountFault = "not_a_number" | "bad_grouping" | "too_many_decimals" | "too_long" | "negative";

/**
 * What was typed. `value` and `readings` are decimal strings with a point, without grouping and superfluous zeros.
 * A question has the reading of the person's own language first; with one reading, it was typed in the marks of another.
 */
export type ParsedAmount =
  | { readonly kind: "empty" }
  | { readonly kind: "amount"; readonly value: string }
  | { readonly kind: "question"; readonly readings: readonly [string, ...string[]] }
  | { readonly kind: "fault"; readonly fault: AmountFault };

export type ParseOptions = {
  /** Language of the page: it decides what is asked, never what a text silently means. */
  readonly locale: string;
  /** Digits that an amount may have behind its decimal mark; more are a fault and never rounded. */
  readonly decimalsMax: number;
  readonly allowNegative?: boolean;
};

const wholeDigitsMax = 18;

type Token = { readonly kind: NumberMark | "digits"; readonly digits: string };
type Reading = { readonly value: string } | { readonly fault: AmountFault };

const fault = (name: AmountFault): ParsedAmount => ({ kind: "fault", fault: name });

/** Strict: one decimal mark, groups of three or none, no guess. Never throws. */
export function parseAmount(text: string, options: ParseOptions): ParsedAmount {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return { kind: "empty" };
  const negative = tokens[0]?.kind === "minus";
  const body = (negative ? tokens.slice(1) : tokens).filter(({ kind }, at) => kind !== "space" || at > 0);
  if (!body.some(({ kind }) => kind === "digits") || body.some(({ kind }) => kind === "other" || kind === "minus"))
    return fault("not_a_number");
  const parsed = parseBody(body, options);
  if (!negative || parsed.kind === "fault") return parsed;
  return options.allowNegative ? negated(parsed) : fault("negative");
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const character of text.trim()) {
    const mark = markOf(character);
    if (mark.kind === "hidden") continue;
    const last = tokens.at(-1);
    if (mark.kind !== "digit") tokens.push({ kind: mark.kind, digits: "" });
    else if (last?.kind === "digits") tokens[tokens.length - 1] = { kind: "digits", digits: last.digits + mark.digit };
    else tokens.push({ kind: "digits", digits: mark.digit });
  }
  while (tokens.at(-1)?.kind === "space") tokens.pop();
  while (tokens[0]?.kind === "space") tokens.shift();
  return tokens;
}

function parseBody(body: readonly Token[], options: ParseOptions): ParsedAmount {
  const separators = body.filter(({ kind }) => kind !== "digits").map(({ kind }) => kind as NumberMark);
  const kinds = new Set(separators);
  if (kinds.size === 0) return asAmount(plain(body, options));
  const last = separators.at(-1) as NumberMark;
  if (kinds.size === 1)
    return separators.length === 1 ? oneMark(body, last, options) : asAmount(grouped(body, options));
  const isDecimal = last !== "space" && last !== "group";
  if (kinds.size > 2 || !isDecimal || separators.indexOf(last) !== separators.length - 1) return fault("bad_grouping");
  return twoMarks(body, last, options);
}

/** One mark alone may be either: "1,234" is asked about wherever both are possible. */
function oneMark(body: readonly Token[], mark: NumberMark, options: ParseOptions): ParsedAmount {
  if (mark === "space" || mark === "group") return asAmount(grouped(body, options));
  const asDecimal = decimal(body, options);
  if (mark === "decimal") return asAmount(asDecimal);
  const asGroups = grouped(body, options);
  if ("fault" in asGroups) return asAmount(asDecimal);
  const isOwnDecimal = mark === decimalMarkOf(options.locale);
  if ("fault" in asDecimal)
    return mark === groupMarkOf(options.locale) ? asAmount(asGroups) : { kind: "question", readings: [asGroups.value] };
  const own = isOwnDecimal ? asDecimal.value : asGroups.value;
  return { kind: "question", readings: [own, isOwnDecimal ? asGroups.value : asDecimal.value] };
}

/** Groups and a decimal mark. The other way round than the page's language writes them, it was copied from elsewhere. */
function twoMarks(body: readonly Token[], mark: NumberMark, options: ParseOptions): ParsedAmount {
  const reading = decimal(body, options);
  const before = body.filter(({ kind }) => kind !== "digits" && kind !== mark)[0]?.kind;
  const own = decimalMarkOf(options.locale);
  const isForeign = mark !== "decimal" && mark !== own && before === own;
  if (!isForeign || "fault" in reading) return asAmount(reading);
  const other = body.filter(({ kind }) => kind === own).length === 1 ? mixed(body, own, options) : null;
  return { kind: "question", readings: other === null ? [reading.value] : [reading.value, other] };
}

/** What stands there if the own mark is the decimal one and the other is only there by mistake. */
function mixed(body: readonly Token[], own: NumberMark, options: ParseOptions): string | null {
  const reading = decimal(joined(body.filter(({ kind }) => kind === own || kind === "digits")), options);
  return "fault" in reading ? null : reading.value;
}

function joined(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    if (last?.kind === "digits" && token.kind === "digits")
      result[result.length - 1] = { kind: "digits", digits: last.digits + token.digits };
    else result.push(token);
  }
  return result;
}

function plain(body: readonly Token[], options: ParseOptions): Reading {
  return composed(body[0]?.digits ?? "", "", options);
}

/** Digits in groups of three, the first of one to three that do not begin with zero. */
function grouped(body: readonly Token[], options: ParseOptions): Reading {
  const whole = wholeOf(body);
  return whole === null ? { fault: "bad_grouping" } : composed(whole, "", options);
}

/** The last mark is the decimal one; what is before it may be grouped. */
function decimal(body: readonly Token[], options: ParseOptions): Reading {
  const at = body.findLastIndex(({ kind }) => kind !== "digits");
  const whole = at === 0 ? "0" : wholeOf(body.slice(0, at));
  return whole === null ? { fault: "bad_grouping" } : composed(whole, body[at + 1]?.digits ?? "", options);
}

function wholeOf(tokens: readonly Token[]): string | null {
  if (tokens.length === 1 && tokens[0]?.kind === "digits") return tokens[0].digits;
  const isAlternating = tokens.every(({ kind }, at) => (kind === "digits") === (at % 2 === 0));
  const groups = tokens.filter(({ kind }) => kind === "digits").map(({ digits }) => digits);
  const first = groups[0] ?? "";
  const isWellFormed = /^[1-9]\d{0,2}$/.test(first) && groups.slice(1).every((group) => group.length === 3);
  return isAlternating && tokens.length % 2 === 1 && isWellFormed ? groups.join("") : null;
}

function composed(wholeDigits: string, fractionDigits: string, options: ParseOptions): Reading {
  const whole = wholeDigits.replace(/^0+(?=\d)/, "");
  const fraction = fractionDigits.replace(/0+$/, "");
  if (whole.length > wholeDigitsMax) return { fault: "too_long" };
  if (fraction.length > options.decimalsMax) return { fault: "too_many_decimals" };
  return { value: fraction === "" ? whole : `${whole}.${fraction}` };
}

function asAmount(reading: Reading): ParsedAmount {
  return "fault" in reading ? fault(reading.fault) : { kind: "amount", value: reading.value };
}

function negated(parsed: ParsedAmount): ParsedAmount {
  const minus = (value: string): string => (/[1-9]/.test(value) ? `-${value}` : value);
  if (parsed.kind === "amount") return { kind: "amount", value: minus(parsed.value) };
  if (parsed.kind !== "question") return parsed;
  const [own, ...others] = parsed.readings;
  return { kind: "question", readings: [minus(own), ...others.map(minus)] };
}
