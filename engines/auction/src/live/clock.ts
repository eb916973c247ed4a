import type { Decision, Micros } from "@kontor/kernel";
import {
  accept,
  instantOfMicros,
  laterBy,
  microsOfInstant,
  microsOfMs,
  microsPerMs,
  reject,
  withinInstants,
} from "@kontor/kernel";
import type { LiveEvent, LotRules, TenderRejection } from "@kontor/protocol";
import type { LiveAuction, LiveClock } from "./live-state.ts";
import { capMsOf, extendedEnd } from "./soft-close.ts";

export type ExtensionCause = Extract<LiveEvent, { type: "lot_extended" }>["cause"];

/** When the lot really ends, drawn delay included; null while no bid has started the clock. */
export function effectiveEnd(clock: LiveClock): Micros | null {
  return clock.ends === null ? null : withinInstants(clock.ends + clock.delay);
}

export function phaseOf(clock: LiveClock): "open" | "paused" | "closed" {
  if (clock.endedAt !== null) return "closed";
  return clock.pausedAt === null ? "open" : "paused";
}

/** Why the lot takes nothing at `at`; null while it is open. A bid at exactly the end is late. */
export function closedToBids(auction: LiveAuction, at: Micros): TenderRejection | null {
  return notRunning(auction, at) ?? (auction.clock.pausedAt === null ? null : { code: "auction_paused" });
}

/** The same for acts of the owner that a pause does not prevent. */
export function notRunning({ setup, clock }: LiveAuction, at: Micros): TenderRejection | null {
  if (at < setup.opensAt) return { code: "auction_not_open", opensAt: instantOfMicros(setup.opensAt) };
  const end = clock.endedAt ?? (clock.pausedAt === null ? effectiveEnd(clock) : null);
  if (end === null || at < end) return null;
  return { code: "auction_closed", endedAt: instantOfMicros(end), lateByMs: (at - end) / microsPerMs };
}

/** Time that a paused lot has left until its announced end; the whole duration when the clock has not started. */
export function remainingMs({ clock, rules }: LiveAuction, at: Micros): number {
  if (clock.ends === null) return rules.durationMs;
  return Math.max(0, clock.ends - (clock.pausedAt ?? at)) / microsPerMs;
}

type Extension = { readonly endsAt: Micros; readonly cause: ExtensionCause; readonly reason?: string };

export function extended({ setup }: LiveAuction, { endsAt, cause, reason }: Extension): LiveEvent {
  const { tenderId, lotId } = setup;
  return {
    type: "lot_extended",
    tenderId,
    lotId,
    endsAt: instantOfMicros(endsAt),
    cause,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The end after a triggering bid at `at`; null when it stays. A paused lot's time stands still. */
export function softClosedEnd({ clock, rules }: LiveAuction, at: Micros): Micros | null {
  const { ends, planned, pausedAt } = clock;
  if (ends === null || planned === null) return null;
  const end = extendedEnd(rules.softClose, { ends, planned }, pausedAt ?? at);
  return end > ends ? end : null;
}

/** Moves the end on behalf of another lot; an extension won by bids stays within this lot's own cap. */
export function extendTo(auction: LiveAuction, endsAt: Micros, cause: ExtensionCause): readonly LiveEvent[] {
  const { clock, rules } = auction;
  if (phaseOf(clock) !== "open" || clock.ends === null || clock.planned === null) return [];
  const latest = laterBy(clock.planned, capMsOf(rules.softClose));
  const capped = isWonByBids(cause) ? Math.min(endsAt, latest) : endsAt;
  return capped > clock.ends ? [extended(auction, { endsAt: capped, cause })] : [];
}

/** What bids add counts against the cap; everything else moves planned end and cap along. */
function isWonByBids(cause: ExtensionCause): boolean {
  return cause === "soft_close" || cause === "exclusion";
}

/** Intake was closed from `from` until `to`. */
type Outage = { readonly from: Micros; readonly to: Micros };

/**
 * The published outage rule: when more of an outage than the threshold lies within the last window before a close, that
 * comes after the recovery by the grace or the outage, the longer. Null: the rule does not apply.
 */
export function endAfterOutage(rule: LotRules["outage"], end: Micros, { from, to }: Outage): Micros | null {
  const missed = Math.min(to, end) - Math.max(from, end - microsOfMs(rule.windowMs));
  if (missed <= microsOfMs(rule.thresholdMs)) return null;
  return withinInstants(to + Math.max(microsOfMs(rule.graceMs), to - from));
}

export function decideOutage(auction: LiveAuction, from: Micros, to: Micros): readonly LiveEvent[] {
  const end = effectiveEnd(auction.clock);
  if (end === null || phaseOf(auction.clock) !== "open") return [];
  const moved = endAfterOutage(auction.rules.outage, end, { from, to });
  return moved === null ? [] : extendTo(auction, moved, "outage");
}

export function decidePause(
  auction: LiveAuction,
  command: { readonly reason: string },
  at: Micros,
): Decision<LiveEvent, TenderRejection> {
  const refusal = closedToBids(auction, at);
  if (refusal !== null) return reject(refusal);
  const { tenderId, lotId } = auction.setup;
  return accept({
    type: "lot_paused",
    tenderId,
    lotId,
    remainingMs: remainingMs(auction, at),
    reason: command.reason,
  });
}

export function decideResume(auction: LiveAuction, at: Micros): Decision<LiveEvent, TenderRejection> {
  const { clock, setup } = auction;
  if (clock.pausedAt === null || clock.endedAt !== null)
    return reject(notRunning(auction, at) ?? { code: "auction_not_paused" });
  const endsAt = clock.ends === null ? null : instantOfMicros(withinInstants(clock.ends + at - clock.pausedAt));
  return accept({ type: "lot_resumed", tenderId: setup.tenderId, lotId: setup.lotId, endsAt });
}

/** Only later than the present end; where no clock runs yet, later than now. */
export function decideExtension(
  auction: LiveAuction,
  command: { readonly endsAt: string; readonly reason: string },
  at: Micros,
): Decision<LiveEvent, TenderRejection> {
  const refusal = closedToBids(auction, at);
  if (refusal !== null) return reject(refusal);
  const endsAt = microsOfInstant(command.endsAt);
  const least = auction.clock.ends ?? at;
  if (endsAt === null || endsAt <= least)
    return reject({ code: "instant_invalid", pointer: "/endsAt", limit: instantOfMicros(least) });
  return accept(extended(auction, { endsAt, cause: "operator", reason: command.reason }));
}

export function evolveClock(clock: LiveClock, event: LiveEvent, at: Micros): void {
  switch (event.type) {
    case "lot_extended":
      moveEnd(clock, event);
      return;
    case "lot_paused":
      clock.pausedAt = at;
      return;
    case "lot_resumed": {
      const pause = at - (clock.pausedAt ?? at);
      clock.pausedAt = null;
      if (clock.ends !== null) clock.ends = withinInstants(clock.ends + pause);
      if (clock.planned !== null) clock.planned = withinInstants(clock.planned + pause);
      return;
    }
    case "lot_closed":
    case "lot_cancelled":
    case "lot_aborted":
      clock.endedAt = Math.min(at, (clock.pausedAt === null ? effectiveEnd(clock) : null) ?? at);
      return;
    default:
      return;
  }
}

function moveEnd(clock: LiveClock, event: Extract<LiveEvent, { type: "lot_extended" }>): void {
  const endsAt = microsOfInstant(event.endsAt) ?? clock.ends;
  if (endsAt === null) return;
  if (clock.planned === null || clock.ends === null) clock.planned = endsAt;
  else if (!isWonByBids(event.cause)) clock.planned += endsAt - clock.ends;
  clock.ends = endsAt;
  if (event.cause !== "first_bid") clock.extensions += 1;
}
