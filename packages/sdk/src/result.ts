import type { CommandReceipt, Problem } from "@kontor/protocol";

/** What a read or an account call gives: the value, or the problem that the server (or the lack of one) named. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** The one definite outcome of a command; `outcome_unknown` only when nobody answered until the deadline. */
export type CommandOutcome =
  | { readonly ok: true; readonly receipt: CommandReceipt }
  | { readonly ok: false; readonly problem: Problem };

/** Thrown by `requireValue`, `requireReceipt` and by page iterators; never by a command or a read itself. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.problem = problem;
  }
}

/** The value, for callers to whom a refusal is a failure. @throws ProblemError */
export function requireValue<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}

/** The receipt, for callers to whom a refusal is a failure. @throws ProblemError */
export function requireReceipt(outcome: CommandOutcome): CommandReceipt {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return outcome.receipt;
}
