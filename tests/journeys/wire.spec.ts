import type { JsonObject } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";
import { LotView, OwnLotView, OwnTenderView, ServerMessage, TenderView } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { Person } from "../world/people.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { Frame } from "../world/recorded-socket.ts";
import type { Tender } from "../world/tenders.ts";
import { act } from "../world/tenders.ts";
import { auctionProcedure, longMs, lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/*
 * What really goes over the wire against what is published about it: live frames against the protocol, answers against
 * the reference, and a stream's state, patch by patch, against the document of the same thing.
 */
const patience = { timeoutMs: 15_000 };

let world: World;
let tender: Tender;
beforeAll(async () => {
  world = await createWorld();
  await playTender();
});
afterAll(() => world[Symbol.asyncDispose]());

const readers = (): readonly Person[] => {
  const { anna, bert, observer, buyer, operator, auditor } = world;
  return [anna.boss, bert.boss, observer.boss, buyer.boss, operator, auditor];
};

/** A tender with something of everything, watched by everybody from its publication on. */
async function playTender(): Promise<void> {
  const { anna, bert, observer, buyer, operator, clock } = world;
  const procedure = { ...auctionProcedure, initialPrices: "optional", standstillMs: longMs } as const;
  const rules = reverseRules({
    visibility: "full",
    reserve: { price: "8800.00", shown: true },
    buffers: { front: "5.00", back: null },
    stepMax: { kind: "percent", percent: "5", of: "current" },
    softClose: { variant: "reset_in_window", windowMs: 60_000, extensionMs: 60_000, capMs: longMs },
  });
  const lots = [lot(rules), lot(reverseRules({ visibility: "rank" }))];
  const calendar = { submissionsUntil: clock.instantIn(longMs / 2) };
  tender = await world.publish({ draft: { lots, procedure, calendar } });
  const { tenderId } = tender;
  const lotId = tender.lotId();
  const watching = readers().flatMap((person) => [
    person.live().subscribe(`tender:${tenderId}`),
    ...[1, 2].map((number) => person.live().subscribe(`lot:${tender.lotId(number)}`)),
  ]);
  await Promise.all(watching.map((one) => one.until(() => true, patience)));
  await act(observer.boss, { type: "ask_question", tenderId, text: "Is DAP possible?" });
  const answer = { questionId: `${tenderId}-q1`, text: "Yes.", published: true };
  await act(buyer.boss, { type: "answer_question", tenderId, ...answer });
  for (const { boss } of [anna, bert]) await act(boss, { type: "request_admission", tenderId });
  await act(anna.boss, { type: "submit_initial_price", lotId, price: "8990.00" });
  const changes = { title: "Copper, amended" };
  await act(buyer.boss, { type: "amend_tender", tenderId, expectedVersion: 1, changes, reason: "a typo" });
  await tender.open();
  await act(bert.boss, { type: "submit_bid", lotId, price: "8900.00" });
  const slip = await act(anna.boss, { type: "submit_bid", lotId, price: "8500.00" });
  await act(operator, { type: "void_bid", lotId, bidId: String(slip.result["bidId"]), reason: "a slip" });
  await act(operator, { type: "pause_lot", lotId, reason: "a storm" });
  await act(operator, { type: "resume_lot", lotId });
  await act(bert.boss, { type: "submit_bid", lotId: tender.lotId(2), price: "8700.00" });
  await act(operator, { type: "cancel_lot", lotId: tender.lotId(2), reason: "not needed" });
  await act(anna.boss, { type: "submit_bid", lotId, price: "8790.00" });
  await tender.close();
  await act(buyer.boss, { type: "accept_award", lotId, awardId: `${lotId}-a1` });
  clock.skip(longMs);
  await buyer.boss.live().until(`lot:${lotId}`, ({ contract }) => contract !== undefined, patience);
  for (const { boss } of [buyer, anna]) await act(boss, { type: "sign_contract", lotId, contractId: `${lotId}-c1` });
  await Promise.all(watching.map((one) => one.until(isOver, patience)));
}

function isOver(view: { readonly phase: string }): boolean {
  return ["contract", "cancelled", "complete"].includes(view.phase);
}

describe("live frames", () => {
  test("are what the protocol says", () => {
    for (const { wire, name } of readers()) {
      const frames = wire.frames();
      expect(frames.length).toBeGreaterThan(20);
      const wrong = frames.filter((frame) => !ServerMessage.safeParse(frame).success);
      expect(wrong, name).toEqual([]);
    }
  });

  test("number each stream without a hole, and patch it from one view of the protocol to the next", () => {
    for (const { wire } of readers()) {
      const streams = new Map<string, State>();
      for (const frame of wire.frames()) follow(streams, frame);
      expect(streams.size).toBe(3);
    }
  });

  test("lead to the very document that is read over HTTP", async () => {
    for (const { wire, client, name } of readers()) {
      const streams = new Map<string, State>();
      for (const frame of wire.frames()) follow(streams, frame);
      const { view, own } = requireValue(await client.lots.get(tender.lotId()));
      const live = streams.get(`lot:${tender.lotId()}`);
      expect(live?.view, name).toEqual(view);
      expect(live?.own, name).toEqual(own);
      const document = requireValue(await client.tenders.get(tender.tenderId));
      expect(streams.get(`tender:${tender.tenderId}`)?.view, name).toEqual(document.view);
    }
  });
});

type State = { readonly seq: number; readonly view: JsonObject; readonly own: JsonObject | undefined };

function follow(streams: Map<string, State>, frame: Frame): void {
  const { stream, seq, prev, snapshot, own, event } = frame as {
    readonly stream?: string;
    readonly seq: number;
    readonly prev?: number;
    readonly snapshot?: JsonObject;
    readonly own?: JsonObject;
    readonly event?: { readonly patch?: unknown; readonly own?: unknown };
  };
  if (stream === undefined) return;
  const before = streams.get(stream);
  if (snapshot !== undefined) {
    streams.set(stream, checked(stream, { seq, view: snapshot, own }));
    return;
  }
  expect([stream, prev, seq]).toEqual([stream, before?.seq, (before?.seq ?? 0) + 1]);
  const view = applyMergePatch(before?.view, event?.patch ?? {}) as JsonObject;
  const mine = event?.own === undefined ? before?.own : (applyMergePatch(before?.own, event.own) as JsonObject);
  streams.set(stream, checked(stream, { seq, view, own: mine }));
}

/** No member too many, none too few, and no null: absent is absent. */
function checked(stream: string, state: State): State {
  const [whole, part]: readonly z.ZodObject[] = stream.startsWith("lot:")
    ? [LotView, OwnLotView]
    : [TenderView, OwnTenderView];
  const fault = whole?.strict().safeParse(state.view).error ?? null;
  expect(fault, `${stream} ${JSON.stringify(state.view)}`).toBeNull();
  if (state.own !== undefined) expect(part?.strict().safeParse(state.own).error ?? null, stream).toBeNull();
  expect(JSON.stringify(state)).not.toContain("null");
  return state;
}

describe("answers", () => {
  type Reference = {
    readonly paths: Readonly<
      Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Answered>> }>>>
    >;
  };
  type Answered = { readonly content?: Readonly<Record<string, { readonly schema: object }>> };

  test("of everything that is read fit what the reference says of them", async () => {
    const { marketplaceId, buyer, operator, anna } = world;
    await until("the read models have the contract", async () => {
      return (await buyer.boss.client.lots.contracts(tender.lotId(), { status: "signed" }).all()).length === 1;
    });
    const raw = createRawHttp(world.url);
    const reference = (await raw.ask({ method: "GET", path: "/v1/openapi.json" })).body as Reference;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(reference, "reference");
    const members: Readonly<Record<string, string>> = {
      marketplaceId,
      tenderId: tender.tenderId,
      lotId: tender.lotId(),
      companyId: anna.companyId,
    };
    const read: string[] = [];
    for (const [route, { get }] of Object.entries(reference.paths)) {
      if (get === undefined || !route.startsWith("/v1/") || route.startsWith("/v1/auth/")) continue;
      const path = route.replace(/\{(\w+)\}/g, (_, name: string) => members[name] ?? name);
      const pointer = `/paths/${route.replaceAll("/", "~1")}/get/responses/200/content/application~1json/schema`;
      const isValid: ValidateFunction = ajv.compile({ $ref: `reference#${encodeURI(pointer)}` });
      for (const { headers } of [buyer.boss, anna.boss, operator]) {
        const { status, body, text } = await raw.ask({ method: "GET", path, headers: headers() });
        if (status !== 200) continue;
        // Files are texts to the reference.
        expect(isValid(body === undefined ? text : body), `${route}: ${JSON.stringify(isValid.errors)}`).toBe(true);
        read.push(route);
      }
    }
    expect(new Set(read).size).toBeGreaterThan(20);
    raw.close();
  });
});
