import type { Input, Micros } from "@kontor/kernel";
import { accept, reject } from "@kontor/kernel";
import type { ExchangeCommandOf, ExchangeEvent, ExchangeRejection, InstrumentTerms } from "@kontor/protocol";
import type { ExchangeDecision } from "./asking.ts";
import { Asking } from "./asking.ts";
import type { TermsFault } from "./listing.ts";
import { listingOf } from "./listing.ts";
import type { Plan } from "./plan.ts";
import { noPlan, scheduleOf } from "./plan.ts";
import { concluded, continuous, planChange } from "./resuming.ts";
import type { Draft, ExchangeState, Instrument } from "./state.ts";
import { momentBy, plannedAfter, stepOf, timetableFaults } from "./timetable.ts";

function incomplete(faults: readonly TermsFault[]): ExchangeRejection | null {
  const [first] = faults;
  return first === undefined ? null : { code: "terms_incomplete", pointer: first.pointer, faults };
}

function faultsOf(terms: InstrumentTerms): readonly TermsFault[] {
  const listing = listingOf(terms);
  const { timetable } = terms;
  return [
    ...(listing.kind === "faulty" ? listing.faults : []),
    ...(timetable === undefined ? [] : timetableFaults(timetable)),
  ];
}

/**
 * The entropy of the shard's first command is the secret of every draw. Without it the id is spent: a draft that
 * follows a refused command must take another id, or its draws could be foreseen.
 */
export function draft(
  { draft: drafted, instrument }: ExchangeState,
  { command, actor, entropy }: Input<ExchangeCommandOf<"draft_instrument">>,
): ExchangeDecision {
  const { instrumentId, marketplaceId, terms } = command;
  const there = drafted ?? instrument;
  if (there !== null) {
    const mayKnow = actor.marketplaceId === there.marketplaceId && (drafted === null || actor.kind !== "member");
    return reject({ code: mayKnow ? "instrument_exists" : "instrument_not_found" });
  }
  if (actor.kind !== "operator" || actor.marketplaceId !== marketplaceId) return reject({ code: "not_operator" });
  if (entropy === null) return reject({ code: "instrument_exists" });
  const refusal = incomplete(faultsOf(terms));
  if (refusal !== null) return reject(refusal);
  const { userId: createdBy } = actor;
  return accept<ExchangeEvent>({
    type: "instrument_drafted",
    instrumentId,
    marketplaceId,
    createdBy,
    version: 1,
    terms,
    drawSecret: entropy,
  });
}

export function revise(
  { version }: Draft,
  { instrumentId, expectedVersion, terms }: ExchangeCommandOf<"revise_instrument">,
): ExchangeDecision {
  if (expectedVersion !== version) return reject({ code: "version_stale" });
  const refusal = incomplete(faultsOf(terms));
  if (refusal !== null) return reject(refusal);
  return accept<ExchangeEvent>({ type: "instrument_revised", instrumentId, version: version + 1, terms });
}

export function list(
  found: Draft,
  { instrumentId, expectedVersion }: ExchangeCommandOf<"list_instrument">,
  at: Micros,
): ExchangeDecision {
  const { version } = found;
  if (expectedVersion !== version) return reject({ code: "version_stale" });
  const refusal = incomplete(faultsOf(found.terms)); // A zone may have gone since.
  if (refusal !== null) return reject(refusal);
  const plan = joiningPlan(found, at);
  return accept<ExchangeEvent>(
    { type: "instrument_listed", instrumentId, version },
    ...(plan === noPlan ? [] : [{ type: "schedule_changed" as const, instrumentId, ...scheduleOf(plan) }]),
  );
}

/**
 * How a market that is new joins the day that its timetable has already: a call is joined at once, continuous trading
 * through a call, where the terms tell of one; else it begins with the next step.
 */
function joiningPlan({ terms: { timetable, reopening }, secret }: Draft, at: Micros): Plan {
  if (timetable === undefined) return noPlan;
  const plan = { ...noPlan, next: plannedAfter(timetable, at, secret) };
  const running = momentBy(timetable, at);
  if (running === null) return plan;
  const step = stepOf(running.step);
  switch (step.phase) {
    case "closed":
    case "closing_cross":
      return plan;
    case "continuous": {
      if (reopening === undefined) return plan;
      return { ...plan, resumption: { stage: "call", cause: "timetable", into: continuous, notBefore: at, at } };
    }
    default:
      return { ...plan, next: { ...step, notBefore: running.at, at } };
  }
}

/** All that rests goes first, so that closing finds nothing that it would leave. */
export function delist(
  instrument: Instrument,
  { instrumentId, reason }: ExchangeCommandOf<"delist_instrument">,
  at: Micros,
): ExchangeDecision {
  const asking = new Asking({ instrument });
  asking.ask({ type: "mass_cancel", at });
  if (instrument.book.phase !== "closed") asking.ask({ type: "phase", at, phase: "closed" });
  asking.facts.push({ type: "instrument_delisted", instrumentId, reason });
  return concluded(instrument, asking, { plan: noPlan, at });
}

/** In force from its next step on; what the market is in now it stays in until then. */
export function setTimetable(
  instrument: Instrument,
  { instrumentId, timetable }: ExchangeCommandOf<"set_timetable">,
  at: Micros,
): ExchangeDecision {
  const refusal = incomplete(timetable === null ? [] : timetableFaults(timetable));
  if (refusal !== null) return reject(refusal);
  const next = timetable === null ? null : plannedAfter(timetable, at, instrument.secret);
  const changed = planChange(instrument, { ...instrument.plan, next });
  return accept<ExchangeEvent>({ type: "timetable_changed", instrumentId, timetable }, ...changed);
}

/** Whether nothing can change any more: what was allocated has flowed out. */
export function isFinished({ instrument }: ExchangeState): boolean {
  if (instrument?.state !== "delisted") return false;
  const { accounts, book } = instrument;
  return [...accounts.values()].every((account) => {
    const balances = book.account(account);
    return balances === undefined || (balances.cash === 0 && balances.goods === 0);
  });
}
