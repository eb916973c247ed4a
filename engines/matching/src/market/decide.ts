import type { Actor, Input, Micros } from "@kontor/kernel";
import { invariant, reject } from "@kontor/kernel";
import type { AllocateAssets, ExchangeCommand, ExchangePersonCommand, ExchangeRejection } from "@kontor/protocol";
import type { OnBook } from "./ask.ts";
import { questionOf } from "./ask.ts";
import type { ExchangeDecision } from "./asking.ts";
import { Asking } from "./asking.ts";
import { advanceTime, reportOutage } from "./by-itself.ts";
import { conductRejection } from "./conduct.ts";
import { delist, draft, list, revise, setTimetable } from "./lifecycle.ts";
import type { Plan } from "./plan.ts";
import { rejectionOf } from "./refusing.ts";
import { concluded } from "./resuming.ts";
import type { Draft, ExchangeState, Instrument, KnownOrder } from "./state.ts";
import { numberOf } from "./state.ts";

type OnInstrument = Exclude<ExchangePersonCommand, { type: "draft_instrument" }> | AllocateAssets;

const ofTraders: ReadonlySet<OnInstrument["type"]> = new Set([
  "submit_order",
  "amend_order",
  "replace_order",
  "cancel_order",
  "cancel_orders",
]);

const notFound = reject({ code: "instrument_not_found" });

/** The facts that a command makes, or the first reason by precedence why there are none. */
export function decide(state: ExchangeState, input: Input<ExchangeCommand>): ExchangeDecision {
  const { command, actor, at } = input;
  if (command.type === "draft_instrument") return draft(state, { ...input, command });
  if (command.type === "advance_time" || command.type === "report_outage") {
    if (actor.kind !== "system") return reject({ code: "not_operator" });
    const { instrument } = state;
    if (instrument === null || instrument.state === "delisted") return reject({ code: "nothing_due" });
    return command.type === "advance_time" ? advanceTime(instrument, at) : reportOutage(instrument, at);
  }
  const found = state.draft ?? state.instrument;
  if (found === null || command.instrumentId !== found.instrumentId) return notFound;
  const hosts = command.type === "allocate_assets" && actor.kind === "system";
  if (!hosts && !mayKnow(state, found, actor)) return notFound;
  const refusal = refusalOf(command, actor);
  if (refusal !== null) return reject(refusal);
  return state.draft === null ? onInstrument(state, { ...input, command }) : onDraft(state.draft, command, at);
}

/** Drafts are known to the marketplace's own people alone. */
function mayKnow(state: ExchangeState, { marketplaceId }: Draft | Instrument, actor: Actor): boolean {
  return actor.marketplaceId === marketplaceId && (state.draft === null || actor.kind !== "member");
}

function refusalOf({ type }: OnInstrument, { kind, companyId }: Actor): ExchangeRejection | null {
  if (ofTraders.has(type)) return kind === "member" && companyId !== null ? null : { code: "not_trader" };
  const entitled = type === "allocate_assets" ? "system" : "operator";
  return kind === entitled ? null : { code: "not_operator" };
}

function onDraft(found: Draft, command: OnInstrument, at: Micros): ExchangeDecision {
  if (command.type === "revise_instrument") return revise(found, command);
  if (command.type === "list_instrument") return list(found, command, at);
  return reject({ code: "instrument_not_listed" });
}

function onInstrument({ instrument }: ExchangeState, { command, actor, at }: Input<OnInstrument>): ExchangeDecision {
  invariant(instrument !== null, "what is no draft is an instrument");
  if (command.type === "revise_instrument" || command.type === "list_instrument") {
    const stale = command.expectedVersion !== instrument.version;
    return reject({ code: stale ? "version_stale" : "instrument_not_draft" });
  }
  if (instrument.state === "delisted" && !outlivesListing(command)) return reject({ code: "instrument_delisted" });
  const { nextExpiry } = instrument.book;
  invariant(nextExpiry === null || nextExpiry > at, "the host lets time pass before it takes a command");
  if (command.type === "delist_instrument") return delist(instrument, command, at);
  if (command.type === "set_timetable") return setTimetable(instrument, command, at);
  return ofBook(instrument, { command, actor, at, entropy: null });
}

/** What has been traded is still put right, and what was allocated flows out. */
function outlivesListing(command: OnInstrument): boolean {
  if (command.type === "bust_trade" || command.type === "correct_trade") return true;
  return command.type === "allocate_assets" && !isInto(command.money) && !isInto(command.goods);
}

/** Whether an amount is above zero. */
const isInto = (amount: string): boolean => !amount.startsWith("-") && /[1-9]/.test(amount);

function ofBook(instrument: Instrument, { command, actor, at }: Input<OnBook>): ExchangeDecision {
  const companyId = "companyId" in command ? command.companyId : actor.companyId; // An operator has none.
  const sends = command.type === "submit_order" || command.type === "amend_order" || command.type === "replace_order";
  const tooMuch = sends && companyId !== null ? conductRejection(instrument, companyId, at) : null;
  if (tooMuch !== null) return reject(tooMuch);
  const known = companyId === null ? 0 : instrument.accounts.get(companyId);
  const account = known ?? instrument.companies.length + 1;
  const question = questionOf({ instrument, command, actor, at, account });
  if ("rejection" in question) return reject(question.rejection);
  const newcomer = known === undefined ? companyId : null;
  const maker = makerOf(instrument, command, companyId);
  const asking = new Asking({ instrument, command, userId: actor.userId, maker, newcomer });
  const refused = asking.ask(question);
  if (refused !== null) return reject(rejectionOf(instrument.units, refused));
  return concluded(instrument, asking, { plan: planAfter(instrument, command, asking), at });
}

/** Who moves the market by hand takes over what was resumed; the timetable goes on with its next step. */
function planAfter({ plan, book: { phase } }: Instrument, { type }: OnBook, { extension }: Asking): Plan {
  const byHand = type === "set_phase" || (type === "uncross_auction" && extension === null);
  if (!byHand) return plan;
  return { ...plan, resumption: null, held: phase === "halt" || phase === "cancel_only" };
}

/** The order that the command would make. */
function makerOf(instrument: Instrument, command: OnBook, companyId: string | null): KnownOrder | null {
  if (companyId === null) return null;
  if (command.type === "submit_order") return { companyId, side: command.side };
  if (command.type !== "replace_order") return null;
  return instrument.orders.get(numberOf(instrument, command.orderId)) ?? null;
}
