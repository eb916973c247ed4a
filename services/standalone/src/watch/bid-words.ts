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
  // Of a bid only the price is typed; the lot is one that is being shown.
  if (problem.code === "request_invalid") return "this is no price. Write it like 9400.50.";
  const { title, nearest, lateByMs } = problem;
  const near = typeof nearest === "string" ? ` The nearest price is ${grouped(nearest)}.` : "";
  const late = typeof lateByMs === "number" ? ` It came ${lateByMs} ms late.` : "";
  return `${title}${near}${late}`;
}
