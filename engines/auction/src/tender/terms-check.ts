import type { Micros } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { Calendar, LotTerms, TenderTerms } from "@kontor/protocol";
import { faultsOfRules } from "../live/live-auction.ts";
import { dateOf, submissionsUntilOf } from "./deadlines.ts";
import { overrunOf } from "./horizon.ts";
import { announcedPlan, isLive, planOf } from "./schedule.ts";

/** `pointer` leads into the terms. */
export type TermsFault = { readonly pointer: string; readonly rule: string };

const faultsMax = 50;
const dates = ["questionsUntil", "submissionsUntil", "auctionOpensAt"] as const;

function isAuctioned(terms: LotTerms): boolean {
  return isLive({ terms });
}

/** Whether a date is one at all, ahead of `at`, and not before the ones that precede it. `settled` dates may be past. */
function dateFaults(terms: TenderTerms, at: Micros, settled: Calendar | null): TermsFault[] {
  const faults: TermsFault[] = [];
  let before: Micros | null = null;
  for (const name of dates) {
    const text = terms.calendar[name];
    if (text === null) continue;
    const pointer = `/calendar/${name}`;
    const date = microsOfInstant(text);
    if (date === null) faults.push({ pointer, rule: "date_impossible" });
    else if (date <= at && settled?.[name] !== text) faults.push({ pointer, rule: "date_past" });
    else if (before !== null && date < before) faults.push({ pointer, rule: "date_order" });
    before = date ?? before;
  }
  return faults;
}

function calendarFaults(terms: TenderTerms): TermsFault[] {
  const faults: TermsFault[] = [];
  const { procedure, calendar, lots } = terms;
  if (lots.some(isAuctioned) && calendar.auctionOpensAt === null) {
    faults.push({ pointer: "/calendar/auctionOpensAt", rule: "date_missing" });
  }
  const needsDeadline = procedure.initialPrices !== "none" || submissionsUntilOf(terms) === null;
  if (needsDeadline && calendar.submissionsUntil === null) {
    faults.push({ pointer: "/calendar/submissionsUntil", rule: "date_missing" });
  }
  return faults;
}

/** Openings and the deadline leave room for all that may follow from them. */
function horizonFaults(terms: TenderTerms): TermsFault[] {
  const { calendar, procedure, lots } = terms;
  const timed = lots.map((lot) => ({ terms: lot }));
  const opening = dateOf(calendar, "auctionOpensAt");
  const deadline = dateOf(calendar, "submissionsUntil");
  const live = opening === null ? [] : announcedPlan(timed.filter(isLive), opening, procedure.schedule);
  const sealed = deadline === null ? [] : timed.filter((lot) => !isLive(lot)).map((lot) => planOf(lot, deadline));
  return [
    ...(overrunOf(terms, sealed) > 0 ? [{ pointer: "/calendar/submissionsUntil", rule: "date_too_far" }] : []),
    ...(overrunOf(terms, live) > 0 ? [{ pointer: "/calendar/auctionOpensAt", rule: "date_too_far" }] : []),
  ];
}

function procedureFaults({ procedure, lots }: TenderTerms): TermsFault[] {
  const faults: TermsFault[] = [];
  if (procedure.liveAuction && !lots.some(isAuctioned))
    faults.push({ pointer: "/procedure/liveAuction", rule: "live_lot_missing" });
  if (procedure.singleBidder === "skip" && procedure.initialPrices === "none") {
    faults.push({ pointer: "/procedure/singleBidder", rule: "skip_needs_initial_prices" });
  }
  if (procedure.initialPrices !== "required" && !lots.every(isAuctioned)) {
    faults.push({ pointer: "/procedure/initialPrices", rule: "sealed_needs_initial_prices" });
  }
  return faults;
}

function lotFaults(terms: TenderTerms, lot: LotTerms, index: number): TermsFault[] {
  const pointer = `/lots/${index}/rules`;
  const faults = faultsOfRules(lot.rules, terms.direction).map((fault) => ({
    pointer: `${pointer}${fault.pointer}`,
    rule: fault.rule,
  }));
  if (lot.rules.currency !== terms.currency) faults.push({ pointer: `${pointer}/currency`, rule: "currency_differs" });
  if (isAuctioned(lot) && !terms.procedure.liveAuction)
    faults.push({ pointer: `${pointer}/format`, rule: "live_auction_off" });
  return faults;
}

/**
 * What keeps the terms from being published at `at`; at most fifty faults, in the order of the document.
 * `settled` is the calendar in force, of an amendment: its dates may have passed meanwhile.
 */
export function faultsOfTerms(terms: TenderTerms, at: Micros, settled: Calendar | null = null): readonly TermsFault[] {
  return [
    ...procedureFaults(terms),
    ...dateFaults(terms, at, settled),
    ...calendarFaults(terms),
    ...horizonFaults(terms),
    ...terms.lots.flatMap((lot, index) => lotFaults(terms, lot, index)),
  ].slice(0, faultsMax);
}
