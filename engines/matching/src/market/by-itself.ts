import type { Micros } from "@kontor/kernel";
import { laterBy, reject, systemActor } from "@kontor/kernel";
import type { MarketStep } from "@kontor/protocol";
import type { ExchangeDecision } from "./asking.ts";
import { Asking } from "./asking.ts";
import type { Entering } from "./entering-phases.ts";
import { enter, goTo } from "./entering-phases.ts";
import type { Plan, PlannedStep, Resumption } from "./plan.ts";
import { planWakeAt } from "./plan.ts";
import { concluded, endOfCall } from "./resuming.ts";
import type { ExchangeState, Instrument } from "./state.ts";
import { endsResumption } from "./state.ts";
import { momentBy, plannedAfter, planned as plannedStep } from "./timetable.ts";

/** A wake-up that comes so much later than it was due tells that nobody was here. */
const lateAfter: Micros = 1_000_000;

const nothingDue = reject({ code: "nothing_due" });

/** When the next thing happens of which nobody says it: a dated order ends, the market moves on. */
export function wakeAt({ instrument }: ExchangeState): Micros | null {
  if (instrument === null) return null;
  const planned = planWakeAt(instrument.plan);
  const { nextExpiry } = instrument.book;
  return planned === null || nextExpiry === null ? (planned ?? nextExpiry) : Math.min(planned, nextExpiry);
}

/** Does the first of what is due; `wakeAt` tells whether something else is. */
export function advanceTime(instrument: Instrument, at: Micros): ExchangeDecision {
  const { book, plan } = instrument;
  const { next, resumption } = plan;
  const asking = new Asking({ instrument, userId: systemActor.userId });
  if (book.nextExpiry !== null && book.nextExpiry <= at) {
    asking.ask({ type: "clock", at });
    return concluded(instrument, asking, { plan, at });
  }
  const entering = { instrument, asking, at };
  const stepIsDue = next !== null && next.at <= at;
  // Of both at once the step comes first: it tells where the other one leads.
  if (resumption !== null && resumption.at <= at && !(stepIsDue && next.at <= resumption.at)) {
    const late = at - resumption.at > lateAfter;
    return concluded(instrument, asking, { plan: resume({ ...entering, late }, resumption), at });
  }
  if (!stepIsDue) return nothingDue;
  const late = at - next.at > lateAfter;
  return concluded(instrument, asking, { plan: takeStep({ ...entering, late }, next), at });
}

function resume(entering: Entering, resumption: Resumption): Plan {
  const { instrument, asking, at, late } = entering;
  const { plan } = instrument;
  const { stage, cause, into } = resumption;
  if (stage === "call") {
    const told = cause === "timetable" ? null : cause;
    if (into.phase === "pre_open") {
      goTo(entering, into, told);
      return { ...plan, resumption: null };
    }
    const purpose = into.phase === "auction" ? (into.purpose ?? "intraday") : "intraday";
    goTo(entering, { phase: "auction", purpose }, told);
    return { ...plan, resumption: endOfCall(instrument, resumption, at) };
  }
  const again = enter(entering, resumption);
  // What is too far off even after an interruption's call a person ends; the timetable tries until it works.
  const forPerson = !late && asking.extension === "wide_price" && cause !== "timetable";
  return { ...plan, resumption: forPerson ? null : again };
}

function takeStep(entering: Entering, due: PlannedStep): Plan {
  const { instrument, late } = entering;
  const { plan, terms, secret } = instrument;
  const { timetable } = terms;
  if (timetable === undefined) return { ...plan, next: null };
  const taken = late ? lastPassed(entering, due) : due;
  const next = plannedAfter(timetable, taken.notBefore, secret);
  const into: MarketStep = { phase: taken.phase, ...(taken.purpose && { purpose: taken.purpose }) };
  const dayEnded = late && missedClosing(entering, due, taken);
  if (plan.held) {
    if (dayEnded || into.phase === "closed") endDay(entering);
    return { ...plan, next };
  }
  if (dayEnded) endDay(entering);
  const { resumption } = plan;
  if (resumption !== null && !endsResumption(into.phase, instrument.book.phase)) {
    // The day that ended took the market out of what it was in, where people may see to their orders first.
    if (dayEnded) goTo(entering, { phase: "cancel_only" }, resumption.cause === "outage" ? "outage" : null);
    return { ...plan, next, resumption: { ...resumption, stage: dayEnded ? "call" : resumption.stage, into } };
  }
  return { ...plan, next, resumption: enter(entering, { cause: "timetable", into }) };
}

/** Orders of the day expire, whatever the market is in. */
function endDay(entering: Entering): void {
  if (entering.instrument.book.phase !== "closed") goTo(entering, { phase: "closed" });
}

/** Of steps that came while nobody was here the last is taken. */
function lastPassed({ instrument: { terms, secret }, at }: Entering, due: PlannedStep): PlannedStep {
  const { timetable } = terms;
  const moment = timetable && momentBy(timetable, at);
  if (!timetable || !moment || moment.at <= due.notBefore) return due;
  const last = plannedStep(timetable, moment, secret);
  if (last.at <= at) return last;
  const before = momentBy(timetable, moment.at - 1);
  return before === null || before.at <= due.notBefore ? due : plannedStep(timetable, before, secret);
}

/** Whether a day ended meanwhile, from the step that was due on until the one that is taken. */
function missedClosing({ instrument: { terms } }: Entering, due: PlannedStep, taken: PlannedStep): boolean {
  if (taken.phase === "closed") return false;
  const { timetable } = terms;
  const closing = timetable && momentBy(timetable, taken.notBefore, ({ phase }) => phase === "closed");
  return !!closing && closing.at >= due.notBefore;
}

/** After a gap in service nothing trades before people have seen to their orders. */
export function reportOutage(instrument: Instrument, at: Micros): ExchangeDecision {
  const { book, plan, terms } = instrument;
  const { reopening } = terms;
  const { phase, purpose } = book;
  const { resumption } = plan;
  const asking = new Asking({ instrument, userId: systemActor.userId });
  if (phase === "closed" || phase === "halt" || phase === "cancel_only") {
    const reopens = resumption?.cause === "outage" && resumption.stage === "call" && reopening !== undefined;
    if (!reopens) return nothingDue;
    const notBefore = laterBy(at, reopening.cancelOnlyMs);
    return concluded(instrument, asking, {
      plan: { ...plan, resumption: { ...resumption, notBefore, at: notBefore } },
      at,
    });
  }
  goTo({ asking, at }, { phase: "cancel_only" }, "outage");
  if (reopening === undefined)
    return concluded(instrument, asking, { plan: { ...plan, resumption: null, held: true }, at });
  const into = resumption?.into ?? { phase, ...(purpose && { purpose }) };
  const notBefore = laterBy(at, reopening.cancelOnlyMs);
  const reopened: Resumption = { stage: "call", cause: "outage", into, notBefore, at: notBefore };
  return concluded(instrument, asking, { plan: { ...plan, resumption: reopened, held: false }, at });
}
