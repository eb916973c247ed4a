import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { ExchangeCommand, ExchangeEvent, ExchangeRejection, InstrumentTermsInput } from "@kontor/protocol";
import { exchangeCommands, InstrumentTerms } from "@kontor/protocol";
import type { Answer } from "@kontor/testkit";
import { at, drive, marketplace, memberOf, operatorOf } from "@kontor/testkit";
import { exchangeEngine } from "../../src/index.ts";

export const instrumentId = "0192f0a0-0000-7000-8000-000000000001";
export const start = at("2031-03-03T08:00:00Z");

const wheat: InstrumentTermsInput = {
  title: "Milling wheat 12.5 %, Rouen, September",
  grade: "Milling wheat, protein 12.5 %",
  place: "Rouen",
  period: "2031-09",
  deliveryTerm: "FOB",
  unit: "TNE",
  currency: "EUR",
  tickSize: "0.25",
  quantityStep: "50",
  minPrice: "50",
  maxPrice: "1000",
  maxQuantity: "50000",
};

function wheatTerms(changes: Partial<InstrumentTermsInput> = {}): InstrumentTerms {
  return InstrumentTerms.parse({ ...wheat, ...changes });
}

type Type = keyof typeof exchangeCommands;
type Members = Readonly<Record<string, unknown>>;

/** One instrument with its clock; commands are read as the gateway would read them. */
export function pit(changes: Partial<InstrumentTermsInput> = {}) {
  const driven = drive(exchangeEngine, start);
  const send = (actor: Actor, type: Type, members: Members = {}): Answer<ExchangeEvent, ExchangeRejection> => {
    const command: ExchangeCommand = exchangeCommands[type].parse({ type, instrumentId, ...members });
    return driven.send(command, actor);
  };
  return {
    ...driven,
    send,
    by: (company: string, type: Type, members: Members = {}) => send(memberOf(company), type, members),
    run: (type: Type, members: Members = {}) => send(operatorOf(), type, members),
    /** What the host sends of itself. */
    sendOwn: (command: ExchangeCommand) => driven.send(command, systemActor),
    list: () => send(operatorOf(), "list_instrument", { marketplaceId: marketplace, terms: wheatTerms(changes) }),
    book: () => {
      const { instrument } = driven.state();
      if (instrument === null) throw new Error("nothing is listed");
      return instrument.book;
    },
    view: () => exchangeEngine.views(driven.state(), `book:${instrumentId}`),
  };
}

export type Pit = ReturnType<typeof pit>;

/** Listed and trading. */
export function openPit(changes: Partial<InstrumentTermsInput> = {}): Pit {
  const place = pit(changes);
  place.list();
  place.send(operatorOf(), "set_phase", { phase: "continuous", reason: "As planned." });
  return place;
}

export function typesOf({ events, rejection }: Answer<ExchangeEvent, ExchangeRejection>): readonly string[] {
  return rejection === null ? events.map(({ type }) => type) : [rejection.code];
}
