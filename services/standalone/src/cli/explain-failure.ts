import type { Problem } from "@kontor/protocol";
import { ProblemError } from "@kontor/sdk";

/** What a person is told at the terminal, and the exit code: 2 for a command that is not written as its usage says. */
export type Failure = { readonly lines: readonly string[]; readonly exitCode: 1 | 2 };

/** A sentence for the person in front of it, who needs no code and no trace. */
export function explainFailure(error: unknown, usage: string): Failure {
  if (isArgumentFault(error)) {
    // Node adds hints about positional arguments and those that begin with a hyphen, which none of ours do.
    const [fault = ""] = error.message.split(/\.\s|\.?\n/);
    return { lines: [`${fault}.`, "", usage], exitCode: 2 };
  }
  if (error instanceof ProblemError) return { lines: [problemWords(error.problem)], exitCode: 1 };
  return { lines: [error instanceof Error ? error.message : String(error)], exitCode: 1 };
}

function isArgumentFault(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS");
}

/** A refusal in words: what is the matter, and with which member of the request. */
export function problemWords({ title, detail, errors = [] }: Problem): string {
  const parts = errors.map((fault) => `${fault.pointer.slice(1).replaceAll("/", ".")}: ${fault.detail}`);
  return [title, ...(parts.length > 0 ? [`${parts.join("; ")}.`] : []), ...(detail === undefined ? [] : [`${detail}.`])]
    .join(" ")
    .replace(/\.\.$/, ".");
}
