import type { TenderSummary } from "@kontor/protocol";

export type Deadline = { readonly what: "questions" | "submissions" | "auction"; readonly at: string };

type Calendar = Pick<TenderSummary, "questionsUntil" | "submissionsUntil" | "auctionOpensAt" | "phase">;

/** What a tender waits for next, by its phase, never by a clock of ours; null where it waits for nothing. */
export function nextDeadline({ phase, questionsUntil, submissionsUntil, auctionOpensAt }: Calendar): Deadline | null {
  if (phase === "enquiries" && questionsUntil !== undefined) return { what: "questions", at: questionsUntil };
  const takesPrices = phase === "enquiries" || phase === "submission";
  if (takesPrices && submissionsUntil !== undefined) return { what: "submissions", at: submissionsUntil };
  const isBefore = takesPrices || phase === "waiting";
  return isBefore && auctionOpensAt !== undefined ? { what: "auction", at: auctionOpensAt } : null;
}
