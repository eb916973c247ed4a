import type { Micros } from "@kontor/kernel";
import { instantOfMicros, laterBy, microsOfInstant, microsOfMs, withinInstants } from "@kontor/kernel";
import type { Procedure, TenderEvent } from "@kontor/protocol";
import { dateOf } from "./deadlines.ts";
import type { Lot, Tender } from "./state.ts";

const second = 1_000_000;

/** What a plan needs to know of a lot. */
export type Timed = Pick<Lot, "terms">;
/** Times as the schedule makes them; they may lie beyond the last instant, which is refused or cut off later. */
export type Plan<Each extends Timed = Lot> = { readonly lot: Each; readonly opensAt: Micros; readonly endsAt: Micros };

export function isLive(lot: Timed): boolean {
  return lot.terms.rules.format !== "sealed";
}

export function planOf<Each extends Timed>(lot: Each, opensAt: Micros): Plan<Each> {
  return { lot, opensAt, endsAt: opensAt + microsOfMs(lot.terms.rules.durationMs) };
}

/** Openings one after the other: each the gap after the planned end of the one before. */
function serialPlan<Each extends Timed>(lots: readonly Each[], start: Micros, gapMs: number): Plan<Each>[] {
  let opensAt = start;
  return lots.map((lot) => {
    const plan = planOf(lot, opensAt);
    opensAt = plan.endsAt + microsOfMs(gapMs);
    return plan;
  });
}

/** Openings of all live lots as the notice announces them. */
export function announcedPlan<Each extends Timed>(
  lots: readonly Each[],
  start: Micros,
  schedule: Procedure["schedule"],
): Plan<Each>[] {
  if (schedule.mode === "serial") return serialPlan(lots, start, schedule.gapMs);
  const gap = schedule.mode === "staggered" ? microsOfMs(schedule.gapMs) : 0;
  return lots.map((lot, index) => planOf(lot, start + index * gap));
}

/** Whether this plan differs from what was announced last, or from where the lot has been shifted to since. */
function isNews({ lot, opensAt, endsAt }: Plan): boolean {
  if (lot.phase !== "scheduled" || lot.announcedAt !== opensAt || lot.opensAt !== opensAt) return true;
  return lot.opensAt === null || lot.endsAt === null || lot.endsAt - lot.opensAt !== endsAt - opensAt;
}

function cutOff({ lot, opensAt, endsAt }: Plan): Plan {
  return { lot, opensAt: withinInstants(opensAt), endsAt: withinInstants(endsAt) };
}

/** The facts of a plan, for the lots whose times it changes. */
function schedulingEvents(tenderId: string, plans: readonly Plan[]): TenderEvent[] {
  return plans
    .map(cutOff)
    .filter(isNews)
    .map(({ lot, opensAt, endsAt }) => ({
      type: "lot_scheduled",
      tenderId,
      lotId: lot.lotId,
      opensAt: instantOfMicros(opensAt),
      endsAt: instantOfMicros(endsAt),
    }));
}

/** Scheduling of all live lots at publication and after an amendment. */
export function announce(tender: Tender, lots: readonly Lot[], terms: Tender["terms"]): TenderEvent[] {
  const start = dateOf(terms.calendar, "auctionOpensAt");
  if (start === null) return [];
  const live = lots.filter((lot) => isLive(lot) && !lot.ended);
  return schedulingEvents(tender.tenderId, announcedPlan(live, start, terms.procedure.schedule));
}

function isSerial(tender: Tender): boolean {
  return tender.terms.procedure.schedule.mode === "serial";
}

/** Lots of a serial schedule that wait for their turn, in order. */
function waitingLots(tender: Tender): Lot[] {
  return [...tender.lots.values()].filter((lot) => lot.phase === "scheduled" && !lot.replanned);
}

function runningLot(tender: Tender): Lot | undefined {
  for (const lot of tender.liveLots.values()) if (!lot.replanned) return lot;
  return undefined;
}

/** Whether a scheduled lot may open when its time has come: in a serial schedule only the first, and alone. */
export function isNext(tender: Tender, lot: Lot): boolean {
  if (lot.replanned || !isSerial(tender)) return true;
  return runningLot(tender) === undefined && waitingLots(tender)[0] === lot;
}

/** The new end that a decision gives to a lot whose auction goes on after it; null where it gives none. */
function newEnd(lot: Lot, events: readonly TenderEvent[]): Micros | null {
  let end: string | null = null;
  for (const event of events) {
    if (!("lotId" in event) || event.lotId !== lot.lotId) continue;
    if (event.type === "lot_closed") return null;
    if (event.type === "lot_extended" || event.type === "lot_resumed") end = event.endsAt;
  }
  return end === null ? null : microsOfInstant(end);
}

/**
 * Serial: the lots that wait keep their distance from the running one's new end. One fact for all of them, for every
 * bid may bring it.
 */
export function shiftBehind(tender: Tender, events: readonly TenderEvent[]): TenderEvent[] {
  if (!isSerial(tender)) return [];
  const running = runningLot(tender);
  const end = running === undefined ? null : newEnd(running, events);
  if (end === null) return [];
  const waiting = waitingLots(tender);
  const opensAt = laterBy(end, tender.terms.procedure.schedule.gapMs);
  if (waiting[0] === undefined || waiting[0].opensAt === opensAt) return [];
  const lotIds = waiting.map(({ lotId }) => lotId);
  return [{ type: "lots_shifted", tenderId: tender.tenderId, lotIds, opensAt: instantOfMicros(opensAt) }];
}

/** Serial: when those who wait behind the running lot would be due if it ended then. */
export function plansBehind(tender: Tender, lot: Lot, endsAt: Micros): readonly Plan[] {
  if (!isSerial(tender) || runningLot(tender) !== lot) return [];
  const { gapMs } = tender.terms.procedure.schedule;
  return serialPlan(waitingLots(tender), endsAt + microsOfMs(gapMs), gapMs);
}

/** The next lot takes the place of one that never ran; nobody opens earlier than the gap from now allows. */
function nextOpening(inLine: readonly Lot[], gone: ReadonlySet<Lot>, free: Micros): Micros {
  const [head] = inLine;
  if (head === undefined || head.opensAt === null) return free;
  return gone.has(head) ? Math.max(free, head.opensAt) : head.opensAt;
}

/** When the lot that ran is over: its end where it came at that, else the next whole second. */
function endOf(running: Lot | undefined, at: Micros): Micros {
  const planned = running?.endsAt ?? null;
  const onTime = planned !== null && at >= planned && at - planned < second;
  return onTime ? planned : Math.trunc((at + second - 1) / second) * second;
}

/**
 * Serial: new openings for those behind a lot that has left the schedule, `gone`, at `at`. After a lot that ran, the
 * gap counts from the whole second after its end; a lot that never ran leaves its place to the next.
 */
export function rescheduleBehind(tender: Tender, gone: ReadonlySet<Lot>, at: Micros): TenderEvent[] {
  const first = [...gone].find((lot) => isLive(lot) && !lot.replanned && lot.opensAt !== null);
  if (!isSerial(tender) || first === undefined) return [];
  const { gapMs } = tender.terms.procedure.schedule;
  const inLine = waitingLots(tender);
  const running = runningLot(tender);
  const free = endOf(running, at) + microsOfMs(gapMs);
  const waiting = inLine.filter((lot) => !gone.has(lot));
  let start = free;
  if (running !== undefined && !gone.has(running)) start = (running.endsAt ?? free) + microsOfMs(gapMs);
  else if (running === undefined) start = nextOpening(inLine, gone, free);
  return schedulingEvents(tender.tenderId, serialPlan(waiting, start, gapMs));
}
