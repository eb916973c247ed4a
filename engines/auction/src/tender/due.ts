import type { Micros } from "@kontor/kernel";
import { laterBy } from "@kontor/kernel";
import { liveWakeAt } from "../live/live-auction.ts";
import { belowReserveUntil } from "./awards.ts";
import { dateOf, submissionsUntilOf } from "./deadlines.ts";
import { isNext } from "./schedule.ts";
import type { Lot, Tender } from "./state.ts";
import { standingAward } from "./state.ts";

/** Kinds of dates in the order in which equal ones are worked off. */
const kinds = ["questions", "submissions", "opening", "auction", "reserve", "standstill", "decision"] as const;

export type Due = { readonly at: Micros; readonly kind: (typeof kinds)[number]; readonly lot: Lot | null };

function earlier(a: Due | null, b: Due | null): Due | null {
  if (a === null || b === null) return a ?? b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return kinds.indexOf(b.kind) < kinds.indexOf(a.kind) ? b : a;
}

function dueAt(kind: Due["kind"], at: Micros | null, lot: Lot | null = null): Due | null {
  return at === null ? null : { at, kind, lot };
}

/** The date that waits for a lot that is not live. */
function dueOfLot(tender: Tender, lot: Lot): Due | null {
  if (lot.phase === "scheduled") {
    return tender.submissionsClosed && isNext(tender, lot) ? dueAt("opening", lot.opensAt, lot) : null;
  }
  if (lot.phase === "closed") return dueAt("reserve", belowReserveUntil(lot), lot);
  const award = standingAward(lot);
  if (award === null || lot.contract !== null) return null;
  if (award.status === "accepted") return dueAt("standstill", award.standstillEndsAt, lot);
  const decideBy = laterBy(award.proposedAt, tender.terms.procedure.decisionMs);
  return award.overdue ? null : dueAt("decision", decideBy, lot);
}

/** The earliest date of a published tender, its running auctions left aside. */
function earliestDate(tender: Tender): Due | null {
  if (tender.status !== "published") return null;
  let due: Due | null = null;
  if (tender.phase === "enquiries") due = dueAt("questions", dateOf(tender.terms.calendar, "questionsUntil"));
  if (!tender.submissionsClosed) due = earlier(due, dueAt("submissions", submissionsUntilOf(tender.terms)));
  for (const lot of tender.lots.values()) if (!lot.ended) due = earlier(due, dueOfLot(tender, lot));
  return due;
}

function earliestAuction(tender: Tender): Due | null {
  let due: Due | null = null;
  for (const lot of tender.liveLots.values()) {
    if (lot.auction !== null) due = earlier(due, dueAt("auction", liveWakeAt(lot.auction), lot));
  }
  return due;
}

export function earliestDue(tender: Tender): Due | null {
  return earlier(earliestDate(tender), earliestAuction(tender));
}

/** When `earliestDue` falls; dates outside the auctions are remembered until something else than a bid happens. */
export function wakeOf(tender: Tender): Micros | null {
  if (tender.wake === undefined) tender.wake = earliestDate(tender)?.at ?? null;
  const auction = earliestAuction(tender)?.at ?? null;
  if (tender.wake === null || auction === null) return tender.wake ?? auction;
  return Math.min(tender.wake, auction);
}
