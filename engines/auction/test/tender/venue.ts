import type { Actor, StreamViews } from "@kontor/kernel";
import { invariant, systemActor } from "@kontor/kernel";
import type {
  LotView,
  OwnLotView,
  TenderCommand,
  TenderEvent,
  TenderRejection,
  TenderTerms,
  TenderView,
} from "@kontor/protocol";
import type { Answer, Drive } from "@kontor/testkit";
import { at, drive, memberOf } from "@kontor/testkit";
import type { TenderState } from "../../src/index.ts";
import { tenderEngine } from "../../src/index.ts";
import { creation, dates, dawn, lotId, tenderId, terms } from "./given.ts";

export type TenderAnswer = Answer<TenderEvent, TenderRejection>;

export const owner = memberOf("owner");

/** A tender under way, with the words that tests use for what people do in it. */
export type Venue = Drive<TenderState, TenderCommand, TenderEvent, TenderRejection> & {
  readonly by: (actor: Actor | string, type: TenderCommand["type"], body?: Record<string, unknown>) => TenderAnswer;
  readonly tender: () => StreamViews;
  readonly lot: (number?: number) => StreamViews;
  readonly lotFor: (audience: "public" | "participant" | "owner", number?: number) => LotView;
  readonly ownLot: (companyId: string, number?: number) => OwnLotView;
  readonly notice: () => TenderView;
};

const lotCommands = /_(bid|proxy|now|lot|initial_price|price|award|contract|reserve)$/;

function named(type: string, body: Record<string, unknown>): TenderCommand {
  const { lot = 1, ...rest } = body;
  const place = lotCommands.test(type) ? { lotId: lotId(Number(lot)) } : { tenderId };
  return { type, ...place, ...rest } as unknown as TenderCommand;
}

export function venue(): Venue {
  const shard = drive(tenderEngine, at(dawn));
  const views = (stream: string): StreamViews => {
    const found = tenderEngine.views(shard.state(), stream);
    invariant(found !== null, `${stream} is a stream`);
    return found;
  };
  const lot = (number = 1): StreamViews => views(`lot:${lotId(number)}`);
  return {
    ...shard,
    by: (actor, type, body = {}) =>
      shard.send(
        type === "create_tender" ? (body as unknown as TenderCommand) : named(type, body),
        typeof actor === "string" ? memberOf(actor) : actor,
      ),
    tender: () => views(`tender:${tenderId}`),
    lot,
    lotFor: (audience, number = 1) => lot(number)[audience] as unknown as LotView,
    ownLot: (companyId, number = 1) => lot(number).own.get(companyId) as unknown as OwnLotView,
    notice: () => views(`tender:${tenderId}`).owner as unknown as TenderView,
  };
}

export const system = systemActor;

/** The same with the draft written. */
export function drafted(written: TenderTerms = terms()): Venue {
  const place = venue();
  accepted(place.by(owner, "create_tender", creation(written)));
  return place;
}

export function published(written: TenderTerms = terms()): Venue {
  const place = drafted(written);
  accepted(place.by(owner, "publish_tender", { expectedVersion: 1 }));
  return place;
}

/** Published, with companies admitted in this order. */
export function admitted(companies: readonly string[], written: TenderTerms = terms()): Venue {
  const place = published(written);
  for (const company of companies) accepted(place.by(company, "request_admission"));
  return place;
}

/** The first lots are open. */
export function opened(companies: readonly string[], written: TenderTerms = terms()): Venue {
  const place = admitted(companies, written);
  place.moveTo(at(dates.auctionOpensAt));
  return place;
}

export function accepted(answer: TenderAnswer): readonly TenderEvent[] {
  invariant(answer.rejection === null, `accepted, not ${JSON.stringify(answer.rejection)}`);
  return answer.events;
}

export function typesOf(answer: Pick<TenderAnswer, "events">): readonly string[] {
  return answer.events.map(({ type }) => type);
}

/** All events of a kind so far. */
export function factsOfType<Type extends TenderEvent["type"]>(
  place: Venue,
  type: Type,
): readonly Extract<TenderEvent, { type: Type }>[] {
  return place.entries
    .flatMap(({ decision }) => (decision.kind === "accepted" ? decision.events : []))
    .filter((event): event is Extract<TenderEvent, { type: Type }> => event.type === type);
}
