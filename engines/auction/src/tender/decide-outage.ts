import type { Micros } from "@kontor/kernel";
import { accept, instantOfMicros, reject, withinInstants } from "@kontor/kernel";
import type { Calendar, ReportOutage, TenderEvent } from "@kontor/protocol";
import { decideOutage, endAfterOutage } from "../live/live-auction.ts";
import { changedPointers } from "./amendment.ts";
import type { TenderDecision } from "./call.ts";
import { dateOf, submissionsUntilOf } from "./deadlines.ts";
import { announce, shiftBehind } from "./schedule.ts";
import type { Tender } from "./state.ts";

type Outage = Pick<ReportOutage, "from" | "to">;

/** Intake was closed from `from` until `to`: each open lot judges by its outage rule, and so does the deadline before. */
export function reportOutage(tender: Tender, { from, to }: ReportOutage): TenderDecision {
  const events = movedDeadline(tender, { from, to });
  for (const { auction, phase } of tender.liveLots.values()) {
    if (auction !== null && phase === "open") events.push(...decideOutage(auction, from, to));
  }
  return events.length === 0 ? reject({ code: "nothing_due" }) : accept(...events, ...shiftBehind(tender, events));
}

/** An amendment that nobody made: the terms with the submission deadline behind the recovery. */
function movedDeadline(tender: Tender, outage: Outage): TenderEvent[] {
  const deadline = submissionsUntilOf(tender.terms);
  if (tender.status !== "published" || tender.submissionsClosed || deadline === null) return [];
  const moved = latestEnd(tender, deadline, outage);
  if (moved <= deadline) return [];
  const { tenderId, version, lots } = tender;
  const terms = { ...tender.terms, calendar: calendarAfter(tender.terms.calendar, deadline, moved) };
  return [
    {
      type: "tender_amended",
      tenderId,
      version: version + 1,
      terms,
      changed: changedPointers(tender.terms, terms),
      reason: `Nothing could be handed in from ${instantOfMicros(outage.from)} until ${instantOfMicros(outage.to)}.`,
      initialPricesInvalidated: false,
      cause: "outage",
    },
    ...announce(tender, [...lots.values()], terms),
  ];
}

/** The lot whose rule gives the most time decides, so that every lot's published rule is kept. */
function latestEnd({ lots }: Tender, deadline: Micros, outage: Outage): Micros {
  let latest = deadline;
  for (const { terms, ended } of lots.values()) {
    if (!ended) latest = Math.max(latest, endAfterOutage(terms.rules.outage, deadline, outage) ?? deadline);
  }
  return latest;
}

/** An opening that the deadline would reach keeps its distance from it. */
function calendarAfter(calendar: Calendar, deadline: Micros, moved: Micros): Calendar {
  const opening = dateOf(calendar, "auctionOpensAt");
  const reached = opening !== null && opening <= moved;
  return {
    ...calendar,
    ...(calendar.submissionsUntil === null ? {} : { submissionsUntil: instantOfMicros(moved) }),
    ...(reached ? { auctionOpensAt: instantOfMicros(withinInstants(opening + moved - deadline)) } : {}),
  };
}
