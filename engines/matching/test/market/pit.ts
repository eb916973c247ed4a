import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { ExchangeCommand, ExchangeEvent, ExchangeRejection, InstrumentTermsInput } from "@kontor/protocol";
import { exchangeCommands, InstrumentTerms } from "@kontor/protocol";
import type { Answer } from "@kontor/testkit";
import { at, drive, factsOf, marketplace, memberOf, operatorOf, wheatTerms } from "@kontor/testkit";
import { exchangeEngine } from "../../src/index.ts";

export const instrumentId = "0192f0a0-0000-7000-8000-000000000001";
export const start = at("2031-03-03T08:00:00Z");

export function wheat(changes: Partial<InstrumentTermsInput> = {}): InstrumentTerms {
  return InstrumentTerms.parse(wheatTerms(changes));
}

type Type = keyof typeof exchangeCommands;
type Members = Readonly<Record<string, unknown>>;

/** One instrument with its clock; commands are read as the gateway would read them. */
export function pit(changes: Partial<InstrumentTermsInput> = {}, from = start) {
  const driven = drive(exchangeEngine, from);
  const send = (actor: Actor, type: Type, members: Members = {}): Answer<ExchangeEvent, ExchangeRejection> => {
    const command: ExchangeCommand = exchangeCommands[type].parse({ type, instrumentId, ...members });
    return driven.send(command, actor);
  };
  const run = (type: Type, members: Members = {}) => send(operatorOf(), type, members);
  return {
    ...driven,
    send,
    by: (company: string, type: Type, members: Members = {}) => send(memberOf(company), type, members),
    run,
    /** What the host sends of itself. */
    sendOwn: (command: ExchangeCommand) => driven.send(command, systemActor),
    draft: () => run("draft_instrument", { marketplaceId: marketplace, terms: wheat(changes) }),
    list: (expectedVersion = 1) => run("list_instrument", { expectedVersion }),
    /** Money and goods into a company's trading account, or out of it. */
    allocate: (companyId: string, money: string, goods: string) =>
      driven.send({ type: "allocate_assets", instrumentId, companyId, money, goods }, systemActor),
    /** Everything that has happened, in order. */
    facts: () => factsOf(driven.entries),
    book: () => {
      const { instrument } = driven.state();
      if (instrument === null) throw new Error("nothing is listed");
      return instrument.book;
    },
    view: (channel = "book") => exchangeEngine.views(driven.state(), `${channel}:${instrumentId}`),
  };
}

export type Pit = ReturnType<typeof pit>;

/** Listed, in phase closed. */
export function listedPit(changes: Partial<InstrumentTermsInput> = {}): Pit {
  const place = pit(changes);
  place.draft();
  place.list();
  return place;
}

/** Listed and trading. */
export function openPit(changes: Partial<InstrumentTermsInput> = {}): Pit {
  const place = listedPit(changes);
  place.run("set_phase", { phase: "continuous", reason: "As planned." });
  return place;
}

export function typesOf({ events, rejection }: Answer<ExchangeEvent, ExchangeRejection>): readonly string[] {
  return rejection === null ? events.map(({ type }) => type) : [rejection.code];
}
