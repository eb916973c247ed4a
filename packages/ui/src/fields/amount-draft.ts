import { formatAmount } from "../money/format-amount.ts";
import type { ParsedAmount } from "../money/parse-amount.ts";
import { parseAmount } from "../money/parse-amount.ts";

/** What stands in a field and what it means. The text is never touched while somebody types in it. */
export type AmountDraft = { readonly text: string; readonly parsed: ParsedAmount };

export type AmountRules = { readonly locale: string; readonly decimalsMax: number; readonly allowNegative?: boolean };

export function typedDraft(text: string, rules: AmountRules): AmountDraft {
  return { text, parsed: parseAmount(text, rules) };
}

/** A draft that holds a decimal string as its language writes it; empty text for null. */
export function draftOf(value: string | null, { locale, decimalsMax }: AmountRules): AmountDraft {
  if (value === null) return { text: "", parsed: { kind: "empty" } };
  return {
    text: formatAmount(value, { locale, decimals: Math.min(2, decimalsMax) }),
    parsed: { kind: "amount", value },
  };
}

/** On leaving the field: an amount is written out in full, all else stays as it was typed. */
export function settledDraft(draft: AmountDraft, rules: AmountRules): AmountDraft {
  return draft.parsed.kind === "amount" ? draftOf(draft.parsed.value, rules) : draft;
}

/** The amount, or null while it is empty, a question or a fault. */
export function amountOf({ parsed }: AmountDraft): string | null {
  return parsed.kind === "amount" ? parsed.value : null;
}

/** Up or down by a step, exactly; from nothing to the step itself. Never below zero. */
export function stepped(value: string | null, step: string, count: number): string {
  const decimals = Math.max(decimalsOf(value ?? "0"), decimalsOf(step));
  const result = toUnits(value ?? "0", decimals) + toUnits(step, decimals) * BigInt(count);
  const digits = (result < 0n ? 0n : result).toString().padStart(decimals + 1, "0");
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function decimalsOf(value: string): number {
  return value.split(".")[1]?.length ?? 0;
}

function toUnits(value: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = value.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}
