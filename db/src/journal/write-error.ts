/**
 * What a failed write did. `NOT_APPLIED`: the server refused it and nothing is stored. `UNKNOWN`: it may be stored,
 * so only reading the journal tells; never report it to a user as failed.
 */
export type WriteOutcome = "NOT_APPLIED" | "UNKNOWN";

/** Raised by the database when somebody tries to change or delete what the journal holds. */
const journalChangeRefused = "KJ001";

/** Data, integrity and resource errors roll the statement back; so do serialization failures, deadlocks and our own. */
const notAppliedClasses: ReadonlySet<string> = new Set(["22", "23", "53"]);
const notAppliedCodes: ReadonlySet<string> = new Set(["40001", "40P01", journalChangeRefused]);

/**
 * Decides what a failed write did. Only the server's own answer of severity ERROR to this statement proves that it
 * was not applied. A lost connection, a server going down, a time limit or a code not listed above prove nothing.
 */
export function classifyWriteError(error: unknown): WriteOutcome {
  if (error instanceof JournalWriteError) return error.outcome;
  const answer = serverAnswerOf(error);
  if (answer?.severity !== "ERROR") return "UNKNOWN";
  const listed = notAppliedCodes.has(answer.code) || notAppliedClasses.has(answer.code.slice(0, 2));
  return listed ? "NOT_APPLIED" : "UNKNOWN";
}

/** An append that did not return. `cause` is the driver's error, if there was one. */
export class JournalWriteError extends Error {
  override readonly name = "JournalWriteError";
  readonly outcome: WriteOutcome;
  constructor(outcome: WriteOutcome, message: string, options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
  }
}

type ServerAnswer = { readonly severity: string; readonly code: string };

/** drizzle wraps the driver's error; the server's answer sits somewhere down the chain of causes. */
function serverAnswerOf(error: unknown): ServerAnswer | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; current = current.cause, depth += 1) {
    const { severity, code } = current as Partial<ServerAnswer>;
    if (typeof severity === "string" && typeof code === "string") return { severity, code };
  }
  return undefined;
}
