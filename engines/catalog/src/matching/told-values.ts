import { parseDecimal } from "@kontor/kernel";
import { fold } from "../search/text/folding.ts";
import type { ToldAttribute, UnitRatio } from "./match-product.ts";

const scale = 18;

/** Whether two values of one attribute say the same: numbers by what they are worth, texts without case and blanks. */
function sameValue(a: ToldAttribute, b: ToldAttribute, ratio: UnitRatio): boolean {
  const numbers = numbersOf(a, b, ratio);
  if (numbers !== null) return numbers[0] === numbers[1];
  return plainValue(a) === plainValue(b) && (a.unit ?? "") === (b.unit ?? "");
}

/** Both in the same unit, times the same factor; null where one is no number or the units do not convert. */
function numbersOf(a: ToldAttribute, b: ToldAttribute, ratio: UnitRatio): readonly [bigint, bigint] | null {
  if (typeof a.value !== "string" || typeof b.value !== "string") return null;
  const [left, right] = [parseDecimal(a.value, scale), parseDecimal(b.value, scale)];
  if (typeof left !== "bigint" || typeof right !== "bigint") return null;
  if (a.unit === b.unit) return [left, right];
  const factor = a.unit === undefined || b.unit === undefined ? null : ratio(a.unit, b.unit);
  return factor === null ? null : [left * factor.num, right * factor.den];
}

function plainValue({ value }: ToldAttribute): string {
  if (typeof value === "boolean") return String(value);
  const texts = typeof value === "string" ? [value] : [...value].sort();
  return texts.map((text) => fold(text).trim().replace(/\s+/g, " ")).join("\n");
}

export type Agreement = {
  /** Names of attributes that both tell alike, and of those that they tell differently. */
  readonly agreed: readonly string[];
  readonly contradicting: readonly string[];
};

/** Attributes that both tell; what one alone tells says nothing. */
export function agreementOf(a: readonly ToldAttribute[], b: readonly ToldAttribute[], ratio: UnitRatio): Agreement {
  const others = new Map(b.map((told) => [told.attribute, told]));
  const agreed: string[] = [];
  const contradicting: string[] = [];
  for (const told of a) {
    const other = others.get(told.attribute);
    if (other === undefined) continue;
    (sameValue(told, other, ratio) ? agreed : contradicting).push(told.attribute);
  }
  return { agreed, contradicting };
}
