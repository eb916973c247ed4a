import type { Micros } from "@kontor/kernel";
import { instantOfMicros, microsOfInstant } from "@kontor/kernel";
import type { Calendar, TenderTerms } from "@kontor/protocol";
import type { Refusal } from "./call.ts";
import type { Tender } from "./state.ts";

/** A date of the calendar; null when it is not set. The schema has checked its form, publication that it exists. */
export function dateOf(calendar: Calendar, name: keyof Calendar): Micros | null {
  const text = calendar[name];
  return text === null ? null : microsOfInstant(text);
}

/** Requests for admission and initial prices are taken until here; without a date of its own until the auction opens. */
export function submissionsUntilOf({ calendar }: TenderTerms): Micros | null {
  return dateOf(calendar, "submissionsUntil") ?? dateOf(calendar, "auctionOpensAt");
}

/** Questions are taken until here; without a date of its own until the submission deadline. */
function questionsUntilOf(terms: TenderTerms): Micros | null {
  return dateOf(terms.calendar, "questionsUntil") ?? submissionsUntilOf(terms);
}

/** `late` is the code of a deadline that has passed. At the deadline itself it is too late. */
function beforeDeadline(deadline: Micros | null, at: Micros, late: "submissions_closed" | "questions_closed"): Refusal {
  if (deadline === null || at < deadline) return null;
  return { code: late, endedAt: instantOfMicros(deadline), lateByMs: (at - deadline) / 1000 };
}

export function questionsOpen(tender: Tender, at: Micros): Refusal {
  return beforeDeadline(questionsUntilOf(tender.terms), at, "questions_closed");
}

export function submissionsOpen(tender: Tender, at: Micros): Refusal {
  return beforeDeadline(submissionsUntilOf(tender.terms), at, "submissions_closed");
}
