import { isDatabaseAway } from "@kontor/db";
import type { FaultCode } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import type { Problem, ProblemCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";

/** Ends a request with a problem document. Thrown only inside the gateway; the error handler writes it out. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;

  constructor(code: ProblemCode, data: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(code, options);
    this.problem = problemOf(code, data);
  }
}

const problemOfFault: Readonly<Record<FaultCode, ProblemCode>> = {
  bus_unavailable: "unavailable",
  command_timeout: "outcome_unknown",
  journal_unavailable: "unavailable",
  journal_corrupt: "unavailable",
  overloaded: "overloaded",
  shard_fenced: "unavailable",
  shard_not_found: "not_found",
  shard_frozen: "unavailable",
  shutting_down: "shutting_down",
};

/** How long a caller should wait before he asks again, by default. */
const retryAfterMs = 1_000;

/** The problem that a thrown value becomes. Whatever is not ours is `internal` and tells nothing about itself. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  if (isDatabaseAway(error)) return problemOf("unavailable", { retryAfterMs });
  if (!(error instanceof Fault)) return problemOf("internal");
  const code = problemOfFault[error.code];
  return problemOf(code, code === "not_found" ? {} : { retryAfterMs });
}
