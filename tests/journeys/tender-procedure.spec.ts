import { sha256Hex } from "@kontor/kernel";
import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { watchNotices } from "../world/notices.ts";
import { problemIn, refused } from "../world/outcomes.ts";
import { createRawHttp } from "../world/raw-http.ts";
import { replayJournal } from "../world/replay.ts";
import { act } from "../world/tenders.ts";
import { auctionProcedure, forwardRules, longMs, lot, reverseRules, sealedRules, termsOf } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };
const dayMs = 86_400_000;
const lots = [lot(reverseRules())];

describe("a draft", () => {
  test("is rewritten and published by who has read its newest version", async () => {
    const { buyer, url, clock } = world;
    const tenderId = newId();
    const calendar = { auctionOpensAt: clock.instantIn(longMs) };
    const terms = termsOf({ lots, calendar });
    const { marketplaceId } = world;
    await act(buyer.boss, { type: "create_tender", marketplaceId, tenderId, terms });
    const raw = createRawHttp(url);
    const put = (match: Record<string, string>) =>
      raw.ask({
        method: "PUT",
        path: `/v1/tenders/${tenderId}`,
        headers: { ...buyer.boss.headers(), "idempotency-key": newId(), ...match },
        body: { terms: { ...terms, title: "Copper cathodes, second quarter" } },
      });
    expect((await put({})).body).toMatchObject({ code: "precondition_required", status: 428 });
    expect((await put({ "if-match": '"seven"' })).body).toMatchObject({
      code: "request_invalid",
      errors: [{ pointer: "/headers/if-match" }],
    });
    expect((await put({ "if-match": '"2"' })).body).toMatchObject({
      code: "version_stale",
      status: 412,
      actualVersion: 1,
    });
    expect((await put({ "if-match": '"1"' })).body).toMatchObject({ result: { tenderId, version: 2 } });
    const read = await raw.ask({ method: "GET", path: `/v1/tenders/${tenderId}`, headers: buyer.boss.headers() });
    expect([read.status, read.headers["etag"]]).toEqual([200, '"2"']);
    expect(read.body).toMatchObject({ view: { title: "Copper cathodes, second quarter", phase: "draft", version: 2 } });
    await refused(buyer.boss, { type: "publish_tender", tenderId, expectedVersion: 1 }, "version_stale");
    await act(buyer.boss, { type: "publish_tender", tenderId, expectedVersion: 2 });
    await refused(buyer.boss, { type: "revise_tender", tenderId, expectedVersion: 2, terms }, "tender_not_draft");
    raw.close();
  });

  test("is nobody else's, is not amended, and its id is taken", async () => {
    const { buyer, anna, foreigner, marketplaceId } = world;
    const tenderId = newId();
    const create = { type: "create_tender", marketplaceId, tenderId, terms: termsOf({ lots }) } as const;
    await act(buyer.boss, create);
    for (const { boss } of [anna, foreigner]) {
      problemIn(await boss.client.tenders.get(tenderId), "not_found");
      await refused(boss, { type: "request_admission", tenderId }, "not_found");
    }
    await until("the owner finds his draft", async () => {
      const found = await buyer.boss.client.tenders.list(marketplaceId, { owner: "me", phase: "draft" }).all();
      return found.some((one) => one.tenderId === tenderId);
    });
    const annas = await anna.boss.client.tenders.list(marketplaceId).all();
    expect(annas.map((one) => one.tenderId)).not.toContain(tenderId);
    await refused(buyer.boss, create, "tender_exists");
    const amend = {
      type: "amend_tender",
      tenderId,
      expectedVersion: 1,
      changes: { title: "x" },
      reason: "why",
    } as const;
    await refused(buyer.boss, amend, "tender_not_published");
    await refused(buyer.boss, { type: "invite_supplier", tenderId, companyId: anna.companyId }, "tender_not_published");
  });

  test("is published only when nothing contradicts itself, and every fault is named at once", async () => {
    const { buyer, marketplaceId, clock } = world;
    const tenderId = newId();
    const terms = termsOf({
      lots: [lot(reverseRules({ durationMs: 0 })), lot(reverseRules({ currency: "USD" }))],
      calendar: { questionsUntil: clock.instantIn(-1_000), auctionOpensAt: clock.instantIn(longMs) },
    });
    await act(buyer.boss, { type: "create_tender", marketplaceId, tenderId, terms });
    const problem = await refused(
      buyer.boss,
      { type: "publish_tender", tenderId, expectedVersion: 1 },
      "terms_incomplete",
    );
    expect(problem["faults"]).toEqual([
      { pointer: "/calendar/questionsUntil", rule: "date_past" },
      { pointer: "/lots/0/rules/durationMs", rule: "positive" },
      { pointer: "/lots/1/rules/currency", rule: "currency_differs" },
    ]);
  });
});

test("each customary procedure, as anybody reads it, is one that a tender can be published with", async () => {
  const { buyer, marketplaceId, clock } = world;
  const presets = requireValue(await world.stranger().tenders.presets());
  expect(presets.map(({ name }) => name)).toContain("open_tender_with_auction");
  for (const { name, direction, procedure, lots: start } of presets) {
    const tenderId = newId();
    const { format } = start;
    const live = format.endsWith("_forward") ? forwardRules : reverseRules;
    const customary = format === "sealed" ? sealedRules : live;
    const calendar = {
      ...(procedure.initialPrices === "none" ? {} : { submissionsUntil: clock.instantIn(20 * dayMs) }),
      ...(procedure.liveAuction ? { auctionOpensAt: clock.instantIn(30 * dayMs) } : {}),
    };
    const draft = { direction: direction ?? "buy", procedure, calendar, lots: [lot(customary(start))] };
    await act(buyer.boss, { type: "create_tender", marketplaceId, tenderId, terms: termsOf(draft) });
    await act(buyer.boss, { type: "publish_tender", tenderId, expectedVersion: 1 });
    const { view } = requireValue(await buyer.boss.client.tenders.get(tenderId));
    expect(view.procedure, name).toEqual(procedure);
  }
});

test("a closed marketplace takes no new tender, and those that it has go on", async () => {
  const { foreigner, foreignOperator, foreignMarketplaceId: marketplaceId, clock } = world;
  const { boss } = foreigner;
  const terms = termsOf({ lots, calendar: { auctionOpensAt: clock.instantIn(longMs) } });
  const create = (tenderId: string) => ({ type: "create_tender", marketplaceId, tenderId, terms }) as const;
  const [before, after] = [newId(), newId()];
  const key = newId();
  const made = requireReceipt(await boss.client.command(create(before), { key }));
  const { marketplaces } = foreignOperator.client;
  const { version } = requireValue(await marketplaces.get(marketplaceId));
  const closed = requireValue(await marketplaces.change(marketplaceId, { status: "closed" }, version));
  for (const sender of [boss.client, boss.live()]) {
    const problem = problemIn(await sender.command(create(after)), "conflict");
    expect(problem["pointer"]).toBe("/marketplaceId");
    expect(requireReceipt(await sender.command(create(before), { key }))).toEqual(made);
  }
  await act(boss, { type: "publish_tender", tenderId: before, expectedVersion: 1 });
  requireValue(await marketplaces.change(marketplaceId, { status: "active" }, closed.version));
  await act(boss, create(after));
});

describe("questions", () => {
  test("are answered to all without a name, or to the asker alone", async () => {
    const { buyer, anna, bert, observer } = world;
    const { tenderId } = await world.publish({ draft: { lots }, suppliers: [anna, bert] });
    const [asked, told] = await Promise.all([watchNotices(buyer.boss), watchNotices(bert.boss)]);
    const ask = async (company: typeof anna, text: string) =>
      String((await act(company.boss, { type: "ask_question", tenderId, text })).result["questionId"]);
    const open = await ask(anna, "Is barge delivery possible?");
    const secret = await ask(bert, "May we show our new alloy?");
    expect((await asked.next("question_asked", tenderId)).data).toMatchObject({ questionId: open });
    const answer = { type: "answer_question", tenderId } as const;
    await act(buyer.boss, { ...answer, questionId: open, text: "Yes, up to 1,350 t.", published: true });
    await act(buyer.boss, { ...answer, questionId: secret, text: "Not in this tender.", published: false });
    expect((await told.next("question_answered", tenderId)).data).toMatchObject({ questionId: open, published: true });
    await refused(buyer.boss, { ...answer, questionId: open, text: "No.", published: true }, "already_answered");
    const missing = `${tenderId}-q99`;
    await refused(buyer.boss, { ...answer, questionId: missing, text: "?", published: true }, "question_not_found");

    const readers = { anna, bert, observer, buyer };
    for (const [name, { boss }] of Object.entries(readers)) {
      const { view, own } = requireValue(await boss.client.tenders.get(tenderId));
      const heard = JSON.stringify([view.questions, own?.questions ?? {}]);
      expect(heard, name).toContain("Yes, up to 1,350 t.");
      expect(heard.includes("Not in this tender."), name).toBe(name === "bert" || name === "buyer");
      expect(heard.includes(anna.companyId), name).toBe(name === "buyer");
    }
    await until("the list knows both answers", async () => {
      const all = await buyer.boss.client.tenders.questions(tenderId, { answered: true }).all();
      return all.length === 2;
    });
    const forObserver = await observer.boss.client.tenders.questions(tenderId).all();
    expect(forObserver).toMatchObject([{ questionId: open, own: false, published: true }]);
    expect(forObserver[0]).not.toHaveProperty("companyId");
  });

  test("come too late after their date, by so many milliseconds", async () => {
    const { anna, clock } = world;
    const calendar = { questionsUntil: clock.instantIn(longMs / 2) };
    const { tenderId } = await world.publish({ draft: { lots, calendar }, suppliers: [anna] });
    clock.skip(longMs / 2);
    const text = "Still open?";
    const problem = await refused(anna.boss, { type: "ask_question", tenderId, text }, "questions_closed");
    expect(problem["endedAt"]).toBe(calendar.questionsUntil);
    expect(problem["lateByMs"]).toBeGreaterThan(0);
  });
});

describe("admission", () => {
  test("by invitation shows the tender to nobody who was not invited", async () => {
    const { buyer, anna, bert, marketplaceId, url } = world;
    const admission = { mode: "invited", approval: "automatic" } as const;
    const { tenderId } = await world.publish({ draft: { lots, procedure: { ...auctionProcedure, admission } } });
    const notices = await watchNotices(anna.boss);
    const invite = { type: "invite_supplier", tenderId } as const;
    await act(buyer.boss, { ...invite, companyId: anna.companyId });
    const notice = await notices.next("supplier_invited", tenderId);
    expect(notice).toMatchObject({ marketplaceId, companyId: anna.companyId });

    problemIn(await bert.boss.client.tenders.get(tenderId), "not_found");
    await refused(bert.boss, { type: "request_admission", tenderId }, "not_found");
    const raw = createRawHttp(url);
    const path = `/v1/tenders/${tenderId}/questions`;
    const [foreign, missing] = await Promise.all(
      [path, path.replace(tenderId, newId())].map((one) =>
        raw.ask({ method: "GET", path: one, headers: bert.boss.headers() }),
      ),
    );
    raw.close();
    expect(withoutInstance(foreign?.body)).toEqual(withoutInstance(missing?.body));

    const admitted = await act(anna.boss, { type: "request_admission", tenderId });
    expect(admitted.result).toEqual({ tenderId, state: "admitted" });
    await refused(buyer.boss, { ...invite, companyId: anna.companyId }, "already_admitted");
    await refused(buyer.boss, { ...invite, companyId: buyer.companyId }, "own_lot");
    await refused(anna.boss, { type: "request_admission", tenderId }, "already_admitted");
  });

  test("is for companies of the directory alone: any other id is refused alike, and nobody hears of it", async () => {
    const { buyer, anna, foreigner, marketplaceId } = world;
    const pending = await world.company("Waiting");
    requireValue(await pending.boss.client.participations.request(marketplaceId, "both"));
    const { tenderId } = await world.publish({ draft: { lots } });
    const notices = await watchNotices(foreigner.boss);
    const invite = { type: "invite_supplier", tenderId } as const;
    const told = new Set<string>();
    for (const companyId of ["no-such-company", foreigner.companyId, pending.companyId]) {
      for (const sender of [buyer.boss.client, buyer.boss.live()]) {
        const problem = problemIn(await sender.command({ ...invite, companyId }), "supplier_not_found");
        expect(problem["pointer"]).toBe("/companyId");
        told.add(JSON.stringify(withoutInstance(problem)));
      }
    }
    expect(told.size).toBe(1);
    await act(buyer.boss, { ...invite, companyId: anna.companyId });
    const { view } = requireValue(await buyer.boss.client.tenders.get(tenderId));
    expect(Object.keys(view.suppliers ?? {})).toEqual([anna.companyId]);
    expect(notices.all).toEqual([]);
  });

  test("by the owner's decision: asked, refused, admitted after all, excluded", async () => {
    const { buyer, anna, bert, operator } = world;
    const admission = { mode: "open", approval: "owner" } as const;
    const tender = await world.publish({ draft: { lots, procedure: { ...auctionProcedure, admission } } });
    const { tenderId } = tender;
    const [owners, annas] = await Promise.all([watchNotices(buyer.boss), watchNotices(anna.boss)]);
    const { companyId } = anna;
    await refused(buyer.boss, { type: "admit_supplier", tenderId, companyId }, "supplier_not_found");
    expect((await act(anna.boss, { type: "request_admission", tenderId })).result).toMatchObject({
      state: "requested",
    });
    expect((await owners.next("admission_requested", tenderId)).data).toMatchObject({ companyId });
    await refused(anna.boss, { type: "request_admission", tenderId }, "already_requested");
    await refused(anna.boss, { type: "admit_supplier", tenderId, companyId }, "not_owner");
    await act(buyer.boss, { type: "refuse_supplier", tenderId, companyId, reason: "no certificate" });
    expect((await annas.next("supplier_refused", tenderId)).data).toMatchObject({ reason: "no certificate" });
    await refused(anna.boss, { type: "request_admission", tenderId }, "not_admitted");
    await act(buyer.boss, { type: "admit_supplier", tenderId, companyId });
    await annas.next("supplier_admitted", tenderId);

    await tender.open();
    const bid = { type: "submit_bid", lotId: tender.lotId(), price: "8900.00" } as const;
    await refused(bert.boss, bid, "not_admitted");
    await refused(buyer.boss, bid, "own_lot");
    await act(anna.boss, bid);
    await act(operator, { type: "exclude_supplier", tenderId, companyId, reason: "collusion" });
    expect((await annas.next("supplier_excluded", tenderId)).data).toMatchObject({ reason: "collusion" });
    await refused(anna.boss, bid, "bidder_excluded");
    const { view } = requireValue(await buyer.boss.client.lots.get(tender.lotId()));
    expect(view).toMatchObject({ bidCount: 0, recent: { 1: { void: true } } });
  });
});

describe("the end of a tender", () => {
  test("cancelled by the owner: everybody is told, nothing follows", async () => {
    const { buyer, anna } = world;
    const tender = await world.publish({ draft: { lots }, suppliers: [anna] });
    const { tenderId } = tender;
    const notices = await watchNotices(anna.boss);
    await act(buyer.boss, { type: "cancel_tender", tenderId, reason: "own stock suffices" });
    expect((await notices.next("tender_cancelled", tenderId)).data).toMatchObject({ reason: "own stock suffices" });
    const { view } = requireValue(await anna.boss.client.tenders.get(tenderId));
    expect(view).toMatchObject({ phase: "cancelled", cancelledReason: "own stock suffices" });
    await refused(anna.boss, { type: "submit_bid", lotId: tender.lotId(), price: "8900.00" }, "tender_finished");
    await refused(buyer.boss, { type: "cancel_tender", tenderId, reason: "again" }, "tender_finished");
  });

  test("nobody bid: unsuccessful, and the secret of its draws is shown and is the one it promised", async () => {
    const { buyer, anna, bert } = world;
    const tender = await world.publish({ draft: { lots }, suppliers: [anna, bert] });
    const { tenderId } = tender;
    const notices = await watchNotices(bert.boss);
    const before = requireValue(await anna.boss.client.tenders.get(tenderId)).view;
    expect(before.drawCommitment).toMatch(/^[0-9a-f]{64}$/);
    expect(before).not.toHaveProperty("drawSecret");
    await tender.open();
    await tender.close();
    expect((await notices.next("lot_unsuccessful", tenderId)).data).toMatchObject({ reason: "no_bids" });
    await notices.next("tender_finished", tenderId);
    const { view } = await anna.boss
      .live()
      .until(`tender:${tenderId}`, ({ phase }) => phase === "unsuccessful", patience);
    expect(sha256Hex(String(view.drawSecret))).toBe(before.drawCommitment);
    const lotView = requireValue(await anna.boss.client.lots.get(tender.lotId())).view;
    expect(lotView.result).toEqual({ outcome: "no_bids" });
    const [listed] = await until("the list has the outcome", async () => {
      const found = await buyer.boss.client.tenders.lots(tenderId, { phase: "unsuccessful" }).all();
      return found.length > 0 && found;
    });
    expect(listed).toMatchObject({ lotId: tender.lotId(), bidCount: 0, result: { outcome: "no_bids" } });
    await refused(buyer.boss, { type: "propose_award", lotId: tender.lotId() }, "tender_finished");
  });
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});

function withoutInstance(body: unknown): unknown {
  const { instance: _, ...rest } = body as Record<string, unknown>;
  return rest;
}
