import type { Micros } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import type { LotStanding } from "./phases.ts";
import { phaseOfLots, standingsAfter } from "./phases.ts";
import { rescheduleBehind, shiftBehind } from "./schedule.ts";
import type { Lot, Tender } from "./state.ts";

/** Events that change no lot's phase; by far the most frequent ones, so nothing is worked out for them. */
const plain = new Set<TenderEvent["type"]>(["bid_accepted", "proxy_changed", "lot_extended", "bid_voided"]);

/** Lots that wait or run before the events and no longer do after them. */
function leftSchedule(tender: Tender, after: ReadonlyMap<string, LotStanding>): Set<Lot> {
  const inPlay = new Set(["scheduled", "open", "paused"]);
  const gone = new Set<Lot>();
  for (const lot of tender.lots.values()) {
    if (inPlay.has(lot.phase) && !inPlay.has(after.get(lot.lotId)?.phase ?? "")) gone.add(lot);
  }
  return gone;
}

function hasContract(tender: Tender, events: readonly TenderEvent[]): boolean {
  if (events.some((event) => event.type === "contract_signed" && event.complete)) return true;
  for (const lot of tender.lots.values()) if (lot.ended && lot.phase === "contract") return true;
  return false;
}

/** What the events of one decision entail for the tender as a whole: new openings, its phase, its end. */
function consequences(tender: Tender, events: readonly TenderEvent[], at: Micros): TenderEvent[] {
  const { tenderId } = tender;
  const standings = standingsAfter(tender, events);
  const moved = rescheduleBehind(tender, leftSchedule(tender, standings), at);
  const started = tender.auctionStarted || events.some(({ type }) => type === "lot_opened");
  const phase = phaseOfLots(standings.values(), started);
  if (phase === null) {
    const outcome = hasContract(tender, events) ? "complete" : "unsuccessful";
    return [...moved, { type: "tender_finished", tenderId, outcome, drawSecret: tender.secret }];
  }
  return phase === tender.phase ? moved : [...moved, { type: "phase_reached", tenderId, phase }];
}

/** The decision's events with everything that follows from them. `deadline`: they are those of the submission deadline. */
export function settled(
  tender: Tender,
  events: readonly TenderEvent[],
  { at, deadline }: { at: Micros; deadline: boolean },
): readonly TenderEvent[] {
  if (tender.status !== "published" || events.at(-1)?.type === "tender_cancelled") return events;
  const shifted = shiftBehind(tender, events);
  if (!deadline && events.every(({ type }) => plain.has(type))) {
    return shifted.length === 0 ? events : [...events, ...shifted];
  }
  const entailed = [...shifted, ...consequences(tender, events, at)];
  const early = !tender.submissionsClosed && !deadline;
  return [...events, ...(early ? entailed.filter(({ type }) => type !== "phase_reached") : entailed)];
}
