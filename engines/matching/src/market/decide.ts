import type { Actor, Decision, Input, Micros } from "@kontor/kernel";
import { accept, instantOfMicros, invariant, reject } from "@kontor/kernel";
import type {
  ExchangeCommand,
  ExchangeCommandOf,
  ExchangeEvent,
  ExchangePersonCommand,
  ExchangeRejection,
} from "@kontor/protocol";
import { readEvents } from "../book.ts";
import type { Command } from "../commands.ts";
import type { BookEvent, Rejection } from "../events.ts";
import type { Asked } from "./ask.ts";
import { questionOf } from "./ask.ts";
import { Teller } from "./facts.ts";
import { listingOf } from "./listing.ts";
import type { ExchangeState, Instrument, KnownOrder } from "./state.ts";
import { numberOf } from "./state.ts";
import { writtenOf } from "./units.ts";

export type ExchangeDecision = Decision<ExchangeEvent, ExchangeRejection>;

type OnInstrument = Exclude<ExchangePersonCommand, { type: "list_instrument" }>;

const ofTraders: ReadonlySet<ExchangePersonCommand["type"]> = new Set([
  "submit_order",
  "amend_order",
  "replace_order",
  "cancel_order",
  "cancel_orders",
]);

/** The facts that a command makes, or the first reason by precedence why there are none. */
export function decide({ instrument }: ExchangeState, input: Input<ExchangeCommand>): ExchangeDecision {
  const { command, actor, at } = input;
  if (command.type === "list_instrument") return list(instrument, command, actor);
  if (command.type === "advance_time" || command.type === "report_outage") {
    if (actor.kind !== "system") return reject({ code: "not_operator" });
    const question = instrument === null ? null : ownQuestion(instrument, command.type, at);
    if (instrument === null || question === null) return reject({ code: "nothing_due" });
    return ask({ instrument, question, command: null, userId: actor.userId, maker: null, opened: [] });
  }
  if (instrument === null || command.instrumentId !== instrument.instrumentId) return notFound;
  if (actor.marketplaceId !== instrument.marketplaceId) return notFound;
  const refusal = refusalOf(command, actor);
  return refusal === null ? onInstrument(instrument, { ...input, command }) : reject(refusal);
}

const notFound = reject({ code: "instrument_not_found" });

function refusalOf({ type }: OnInstrument, { kind, companyId }: Actor): ExchangeRejection | null {
  if (ofTraders.has(type)) return kind === "member" && companyId !== null ? null : { code: "not_trader" };
  return kind === "operator" ? null : { code: "not_operator" };
}

function list(
  instrument: Instrument | null,
  command: ExchangeCommandOf<"list_instrument">,
  { kind, marketplaceId, userId }: Actor,
): ExchangeDecision {
  if (instrument !== null) return reject({ code: "instrument_exists" });
  if (kind !== "operator" || marketplaceId !== command.marketplaceId) return reject({ code: "not_operator" });
  const listing = listingOf(command.terms);
  if (listing.kind === "faulty") {
    const [first] = listing.faults;
    return reject({ code: "terms_incomplete", ...(first && { pointer: first.pointer }), faults: listing.faults });
  }
  const { instrumentId, terms } = command;
  return accept({ type: "instrument_listed", instrumentId, marketplaceId, createdBy: userId, terms });
}

/** What the host's own commands come to: orders whose time is over; after an outage nothing but cancelling. */
function ownQuestion({ book }: Instrument, type: "advance_time" | "report_outage", at: Micros): Command | null {
  if (type === "advance_time") return book.nextExpiry !== null && book.nextExpiry <= at ? { type: "clock", at } : null;
  const trading = book.phase !== "closed" && book.phase !== "halt" && book.phase !== "cancel_only";
  return trading ? { type: "phase", phase: "cancel_only", at } : null;
}

function onInstrument(instrument: Instrument, { command, actor, at }: Input<OnInstrument>): ExchangeDecision {
  const { nextExpiry } = instrument.book;
  invariant(nextExpiry === null || nextExpiry > at, "the host lets time pass before it takes a command");
  const companyId = "companyId" in command ? command.companyId : actor.companyId; // An operator has none.
  const known = companyId === null ? 0 : instrument.accounts.get(companyId);
  const account = known ?? instrument.companies.length + 1;
  const asked: Asked = { instrument, command, actor, at, account };
  const question = questionOf(asked);
  if ("rejection" in question) return reject(question.rejection);
  const { instrumentId } = instrument;
  const opened: ExchangeEvent[] =
    known === undefined && companyId !== null ? [{ type: "account_opened", instrumentId, companyId, account }] : [];
  const maker = makerOf(instrument, command, companyId);
  return ask({ instrument, question, command, userId: actor.userId, maker, opened });
}

/** The order that the command would make. */
function makerOf(instrument: Instrument, command: OnInstrument, companyId: string | null): KnownOrder | null {
  if (companyId === null) return null;
  if (command.type === "submit_order") return { companyId, side: command.side };
  if (command.type !== "replace_order") return null;
  return instrument.orders.get(numberOf(instrument, command.orderId)) ?? null;
}

type Asking = {
  readonly instrument: Instrument;
  readonly question: Command;
  readonly command: ExchangePersonCommand | null;
  readonly userId: string;
  readonly maker: KnownOrder | null;
  readonly opened: readonly ExchangeEvent[];
};

/** Asks the book, which is then a command ahead of the facts until `evolve` has heard of it. */
function ask({ instrument, question, command, userId, maker, opened }: Asking): ExchangeDecision {
  const { book, instrumentId } = instrument;
  invariant(instrument.asked === instrument.moved, "every fact was taken in before the next command");
  book.submit(question);
  const happened = readEvents(book);
  const refused = happened.find(isRefusal);
  if (refused !== undefined) return reject(rejectionOf(instrument, refused));
  instrument.asked += 1;
  const teller = new Teller({ instrument: withOpened(instrument, opened), command, userId, maker });
  const moved: ExchangeEvent = { type: "book_moved", instrumentId, number: instrument.asked, command: question };
  const facts = happened.flatMap((event) =>
    isRefusal(event) || event.type === "indicative" ? [] : [teller.fact(event)],
  );
  return { kind: "accepted", events: [...opened, moved, ...facts] };
}

function withOpened(instrument: Instrument, opened: readonly ExchangeEvent[]): Instrument {
  const names = opened.flatMap((event) => (event.type === "account_opened" ? [event.companyId] : []));
  return names.length === 0 ? instrument : { ...instrument, companies: [...instrument.companies, ...names] };
}

type Refusal = Extract<BookEvent, { code: unknown }>;

function isRefusal(event: BookEvent): event is Refusal {
  return "code" in event;
}

/** Which of an instrument's units the limit of a code is in. */
const limitUnits: Partial<Record<Rejection["code"], "price" | "quantity" | "money" | "instant">> = {
  expiry_passed: "instant",
  quantity_off_step: "quantity",
  quantity_too_small: "quantity",
  quantity_too_large: "quantity",
  price_off_step: "price",
  price_out_of_range: "price",
  price_outside_band: "price",
  price_not_closing_price: "price",
  value_too_large: "money",
  stop_already_triggered: "price",
  linked_prices_invalid: "price",
  call_quantity_exceeded: "quantity",
  post_only_would_trade: "price",
  insufficient_funds: "money",
  insufficient_goods: "quantity",
};

function rejectionOf({ units }: Instrument, { code, limit, field }: Rejection): ExchangeRejection {
  const pointer = field === undefined ? {} : { pointer: `/${field}` };
  if (limit === undefined) return { code, ...pointer };
  const unit = limitUnits[code];
  if (unit === undefined) return { code, ...pointer, limit };
  return { code, ...pointer, limit: unit === "instant" ? instantOfMicros(limit) : writtenOf(limit, units[unit]) };
}
