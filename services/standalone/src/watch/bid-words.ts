import type { Problem } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";
import { grouped } from "../lot/lines.ts";

/** What came of a bid, in one line. */
export function wordsOf(outcome: CommandOutcome, price: string): string {
  if (!outcome.ok) return `Refused ${grouped(price)}: ${refusalWords(outcome.problem)}`;
  const { at, result } = outcome.receipt;
  const rank = typeof result["rank"] === "number" ? `, rank ${result["rank"]}` : "";
  return `Accepted ${grouped(price)} at ${at.slice(11, 23)} UTC${rank}.`;
}

function refusalWords(problem: Problem): string {
  const { title, nearest, lateByMs, errors } = problem;
  const near = typeof nearest === "string" ? ` The nearest price is ${grouped(nearest)}.` : "";
  const late = typeof lateByMs === "number" ? ` It came ${lateByMs} ms late.` : "";
  const detail = errors?.[0] === undefined ? "" : ` ${errors[0].detail}`;
  return `${title}${near}${late}${detail}`;
}
