import type { Micros } from "@kontor/kernel";
import { accept, laterBy } from "@kontor/kernel";
import type { ExchangeEvent, MarketStep } from "@kontor/protocol";
import type { Asking, Interruption } from "./asking.ts";
import type { Plan, Resumption } from "./plan.ts";
import { scheduleOf, timed } from "./plan.ts";
import type { Instrument } from "./state.ts";

/** How long a call goes on that could not end, where the terms do not say. */
const callMsElse = 60_000;

export const continuous: MarketStep = { phase: "continuous" };

/** The end of the call that runs: when it has had its length from now on. */
export function endOfCall(
  { terms: { volatilityCall, reopening }, secret }: Instrument,
  { cause, into }: Pick<Resumption, "cause" | "into">,
  at: Micros,
): Resumption {
  const reopens = reopening !== undefined && (cause === "outage" || cause === "timetable");
  const lengthMs = reopens ? reopening.callMs : (volatilityCall?.lengthMs ?? callMsElse);
  const randomMs = reopens ? 0 : (volatilityCall?.randomMs ?? 0);
  return { stage: "uncross", cause, into, ...timed(laterBy(at, lengthMs), { secret, what: "call", randomMs }) };
}

/** A call that was extended, or could not be held: its end is tried again. */
export function tryAgain(
  { terms: { volatilityCall } }: Instrument,
  { cause, into }: Pick<Resumption, "cause" | "into">,
  at: Micros,
): Resumption {
  const notBefore = laterBy(at, volatilityCall?.lengthMs ?? callMsElse);
  return { stage: "uncross", cause, into, notBefore, at: notBefore };
}

/** What follows when the book took trading away. */
function afterInterruption(
  instrument: Instrument,
  plan: Plan,
  { interruption: { cause, from, resumesAt }, at }: { readonly interruption: Interruption; readonly at: Micros },
): Plan {
  const automatic = instrument.terms.volatilityCall !== undefined;
  const into = plan.resumption?.into ?? (from === "closing_cross" ? { phase: from } : continuous);
  if (cause === "volatility") {
    return { ...plan, resumption: automatic ? endOfCall(instrument, { cause, into }, at) : null, held: false };
  }
  if (!automatic) return { ...plan, resumption: null, held: true };
  const notBefore = Math.max(resumesAt ?? at, at);
  return { ...plan, resumption: { stage: "call", cause, into, notBefore, at: notBefore }, held: false };
}

/** What was asked of the book and what the market does by itself from now on, as one entry. */
export function concluded(instrument: Instrument, asking: Asking, { plan, at }: { plan: Plan; at: Micros }) {
  const { interruption, facts } = asking;
  const next = interruption === null ? plan : afterInterruption(instrument, plan, { interruption, at });
  return accept<ExchangeEvent>(...facts, ...planChange(instrument, next));
}

/** The fact that the plan is another one now, if it is. */
export function planChange({ instrumentId, plan }: Instrument, next: Plan): ExchangeEvent[] {
  if (next === plan || JSON.stringify(next) === JSON.stringify(plan)) return [];
  return [{ type: "schedule_changed", instrumentId, ...scheduleOf(next) }];
}
