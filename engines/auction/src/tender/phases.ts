import type { LotPhase, PassingPhase, TenderEvent, TenderPhase } from "@kontor/protocol";
import type { Lot, Tender } from "./state.ts";

/** The phase that an event brings its lot into; null when the lot stays where it is. */
export function phaseAfter(event: TenderEvent, lot: Lot): LotPhase | null {
  switch (event.type) {
    case "lot_scheduled":
    case "lot_replanned":
      return "scheduled";
    case "initial_prices_opened":
      return lot.terms.rules.format === "sealed" ? "evaluation" : null;
    case "lot_opened":
    case "lot_resumed":
      return "open";
    case "lot_paused":
      return "paused";
    case "lot_closed":
    case "below_reserve_accepted":
      return "closed";
    case "award_proposed":
      return "award_pending";
    case "award_accepted":
      return "standstill";
    case "award_rejected":
    case "award_refused":
    case "award_cancelled":
      return "evaluation";
    case "contract_drawn":
      return "contract";
    case "lot_unsuccessful":
      return "unsuccessful";
    case "lot_cancelled":
      return "cancelled";
    case "lot_aborted":
      return "aborted";
    default:
      return null;
  }
}

/** Whether nothing more can happen to the event's lot. */
export function endsLot(event: TenderEvent): boolean {
  if (event.type === "contract_signed") return event.complete;
  return event.type === "lot_unsuccessful" || event.type === "lot_cancelled";
}

export type LotStanding = Pick<Lot, "lotId" | "phase" | "ended">;

/** How the lots stand once the events have happened. */
export function standingsAfter(tender: Tender, events: readonly TenderEvent[]): Map<string, LotStanding> {
  const standings = new Map<string, LotStanding>(tender.lots);
  for (const event of events) {
    if (!("lotId" in event)) continue;
    const lot = tender.lots.get(event.lotId);
    const before = standings.get(event.lotId);
    if (lot === undefined || before === undefined) continue;
    const phase = phaseAfter(event, lot) ?? before.phase;
    const ended = before.ended || endsLot(event);
    if (phase !== before.phase || ended !== before.ended)
      standings.set(event.lotId, { lotId: lot.lotId, phase, ended });
  }
  return standings;
}

/** The phase of a tender after its submission deadline; null when every lot has ended. */
export function phaseOfLots(lots: Iterable<LotStanding>, auctionStarted: boolean): PassingPhase | null {
  const found = new Set<LotPhase>();
  for (const lot of lots) if (!lot.ended) found.add(lot.phase);
  if (found.size === 0) return null;
  if (found.has("open") || found.has("paused")) return "auction";
  if (found.has("scheduled")) return auctionStarted ? "auction" : "waiting";
  return ["planned", "evaluation", "closed", "award_pending", "aborted"].some((phase) => found.has(phase as LotPhase))
    ? "evaluation"
    : "standstill";
}

/** The phase as everybody may know it. */
export function tenderPhaseOf(tender: Tender): TenderPhase {
  return tender.status === "published" ? tender.phase : tender.status;
}
