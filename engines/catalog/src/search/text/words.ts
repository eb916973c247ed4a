import { fold, isDigitUnit, isWordUnit } from "./folding.ts";
import { unitSpelled } from "./measures.ts";

/** Takes the words of a text, in its order. */
export type WordSink = {
  readonly plain: (word: string) => void;
  /** Parts that a hyphen or the like held together, and the same without it: "wi-fi" is "wi", "fi" and "wifi". */
  readonly compound: (whole: string, parts: readonly string[]) => void;
  /** A number with its unit, in one spelling: "12 mm", "12mm" and "12-mm" are "12mm"; the number is "12". */
  readonly measure: (whole: string, number: string) => void;
};

const SPACE = 32;
const APOSTROPHES = new Set([0x27, 0x2019]);
const JOINERS = new Set(["-", "_", ".", "&", "+"].map((sign) => sign.charCodeAt(0)));
const partsMax = 6;

/** Reads a text once; the same for documents and for what is asked, so that both come to the same words. */
export function scanWords(text: string, sink: WordSink): void {
  const folded = fold(text);
  let at = 0;
  while (at < folded.length) {
    const unit = folded.charCodeAt(at);
    if (!isWordUnit(unit)) at++;
    else if (isDigitUnit(unit)) at = scanNumber(folded, at, sink);
    else at = scanCompound(folded, at, sink);
  }
}

function endOfRun(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWordUnit(text.charCodeAt(at))) at++;
  return at;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && isDigitUnit(text.charCodeAt(at))) at++;
  return at;
}

function scanNumber(text: string, from: number, sink: WordSink): number {
  const end = endOfDecimal(text, from);
  const unit = unitAfter(text, end);
  if (unit !== null) {
    const number = plainNumber(text.slice(from, end));
    sink.measure(number + unit.unit, number);
    return unit.end;
  }
  if (end < text.length && isWordUnit(text.charCodeAt(end))) return scanCompound(text, from, sink);
  if (JOINERS.has(text.charCodeAt(end)) && isWordUnit(text.charCodeAt(end + 1))) return scanCompound(text, from, sink);
  sink.plain(plainNumber(text.slice(from, end)));
  return end;
}

/** Past digits with a decimal sign, thousands signs or one fraction stroke. */
function endOfDecimal(text: string, from: number): number {
  let end = endOfDigits(text, from);
  while ((text[end] === "." || text[end] === ",") && isDigitUnit(text.charCodeAt(end + 1))) {
    end = endOfDigits(text, end + 1);
  }
  if (text[end] === "/" && isDigitUnit(text.charCodeAt(end + 1)) && end - from <= 3) end = endOfDigits(text, end + 1);
  return end;
}

function unitAfter(text: string, end: number): { readonly unit: string; readonly end: number } | null {
  const sign = text[end];
  if (sign === '"' || sign === "″" || sign === "'" || sign === "′") {
    const doubled = sign === "'" && text[end + 1] === "'";
    const unit = unitSpelled(doubled ? "''" : sign);
    return unit === null ? null : { unit, end: end + (doubled ? 2 : 1) };
  }
  const start = sign === " " || sign === "-" || sign === "\u00a0" ? end + 1 : end;
  const last = endOfRun(text, start);
  if (last === start || last - start > 12) return null;
  const unit = unitSpelled(text.slice(start, last));
  if (unit === null) return null;
  // "2 in 1" is no length, and "5 t-shirts" no weight.
  if (start > end && text.charCodeAt(last) === SPACE && isDigitUnit(text.charCodeAt(last + 1))) return null;
  if (start > end && text[last] === "-") return null;
  return { unit, end: last };
}

/** "1,5" and "1.50" are "1.5"; "10,000" is "10000". */
function plainNumber(written: string): string {
  if (/^\d{1,3}(,\d{3})+$/.test(written)) return written.replaceAll(",", "");
  if (!/^\d+[.,]\d+$/.test(written)) return written;
  return written.replace(",", ".").replace(/\.?0+$/, "");
}

function scanCompound(text: string, from: number, sink: WordSink): number {
  let end = endOfPart(text, from);
  const first = text.slice(from, end);
  const own = afterPossessive(text, end);
  if (own !== end || !JOINERS.has(text.charCodeAt(end)) || !isWordUnit(text.charCodeAt(end + 1))) {
    sink.plain(first);
    return own;
  }
  const parts = [first];
  while (JOINERS.has(text.charCodeAt(end)) && isWordUnit(text.charCodeAt(end + 1)) && parts.length < partsMax) {
    const start = end + 1;
    end = endOfPart(text, start);
    parts.push(text.slice(start, end));
  }
  sink.compound(parts.join(""), parts);
  return afterPossessive(text, end);
}

function endOfPart(text: string, from: number): number {
  const digits = endOfDigits(text, from);
  const end = endOfRun(text, from);
  if (digits !== end || digits === from) return end;
  // The decimals of "usb-3.0" belong to their number.
  return text[end] === "." && isDigitUnit(text.charCodeAt(end + 1)) ? endOfRun(text, end + 1) : end;
}

/** Past the ending of "women's". */
function afterPossessive(text: string, end: number): number {
  if (!APOSTROPHES.has(text.charCodeAt(end)) || text[end + 1] !== "s") return end;
  return isWordUnit(text.charCodeAt(end + 2)) ? end : end + 2;
}
