import type { PriceAnswer } from "@kontor/protocol";

type Verdict = NonNullable<PriceAnswer["quantityVerdict"]>;

/** Why a quantity cannot be ordered, and the nearest that can, smallest first. */
export type QuantityAdvice = {
  readonly code: string;
  readonly limit?: string;
  readonly unit?: string;
  readonly choices: readonly string[];
};

/** Null: the quantity may be ordered. */
export function adviceOf(verdict: Verdict | undefined): QuantityAdvice | null {
  if (verdict === undefined || verdict.allowed) return null;
  const { code = "quantity_not_allowed", limit, unit, neighbours } = verdict;
  const choices = [neighbours?.below, neighbours?.above].filter((one) => typeof one === "string");
  return {
    code,
    choices: [...new Set(choices)],
    ...(limit === undefined ? {} : { limit }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** The same of a problem that a line of a cart has; its members are what the server names beyond the code. */
export function adviceInProblem(problem: Readonly<Record<string, unknown>>): QuantityAdvice | null {
  const neighbours = objectIn(problem["neighbours"]);
  const choices = [neighbours["below"], neighbours["above"]].filter((one) => typeof one === "string");
  if (choices.length === 0) return null;
  return { code: String(problem["code"]), choices: [...new Set(choices)] };
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
