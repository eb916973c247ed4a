import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { watchNotices } from "../world/notices.ts";
import { refused } from "../world/outcomes.ts";
import type { Person } from "../world/people.ts";
import { createRawHttp } from "../world/raw-http.ts";
import { replayJournal } from "../world/replay.ts";
import { act } from "../world/tenders.ts";
import { auctionProcedure, longMs, lot, reverseRules, sealedProcedure, sealedRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };

/** Each written once and nowhere else: whoever must not know one must not have its digits. */
const annasFirst = "8211.41";
const annas = "8199.63";
const berts = "8222.52";
const withdrawn = "8233.74";

function sealedTender() {
  const { anna, bert, observer, clock } = world;
  const calendar = { submissionsUntil: clock.instantIn(longMs), auctionOpensAt: null };
  const draft = { lots: [lot(sealedRules())], procedure: sealedProcedure, calendar };
  return world.publish({ draft, suppliers: [anna, bert, observer] });
}

/** Everything that the person's machine could get about the tender by now. */
async function everythingFor(person: Person, tenderId: string): Promise<string> {
  const raw = createRawHttp(world.url);
  const here = `/v1/marketplaces/${world.marketplaceId}`;
  const lotPath = `/v1/lots/${tenderId}-1`;
  const tenderPath = `/v1/tenders/${tenderId}`;
  const paths = [
    ...["tenders", "lots", "bids", "awards", "contracts"].map((list) => `${here}/${list}`),
    ...["", "/lots", "/suppliers", "/questions"].map((part) => `${tenderPath}${part}`),
    ...["", "/bids", "/initial-prices", "/awards", "/contracts"].map((part) => `${lotPath}${part}`),
    "/v1/notices",
    "/metrics",
  ];
  const answers = await Promise.all(paths.map((path) => raw.ask({ method: "GET", path, headers: person.headers() })));
  raw.close();
  return [...answers.map(({ text }) => text), ...person.wire.received].join("\n");
}

describe("sealed initial prices", () => {
  test("are known to nobody but their company until the deadline, then to the owner", async () => {
    const { anna, bert, observer, buyer, operator, auditor, admin, clock } = world;
    const tender = await sealedTender();
    const { tenderId } = tender;
    const lotId = tender.lotId();
    const everybody = {
      anna: anna.boss,
      bert: bert.boss,
      observer: observer.boss,
      buyer: buyer.boss,
      operator,
      auditor,
    };
    const watching = Object.values(everybody).flatMap(({ live }) => [
      live().subscribe(`lot:${lotId}`),
      live().subscribe(`tender:${tenderId}`),
    ]);
    await Promise.all(watching.map((one) => one.until(() => true, patience)));

    const submit = (who: typeof anna, price: string) => act(who.boss, { type: "submit_initial_price", lotId, price });
    await submit(anna, annasFirst);
    await submit(bert, berts);
    await submit(anna, annas);
    const last = await submit(observer, withdrawn);
    await act(observer.boss, { type: "withdraw_initial_price", lotId });
    await refused(observer.boss, { type: "withdraw_initial_price", lotId }, "initial_price_missing");
    await world.running().caughtUpWith(tenderId, last.seq + 1, patience);

    const known: Record<string, readonly string[]> = {
      anna: [annasFirst, annas],
      bert: [berts],
      observer: [withdrawn],
    };
    for (const [name, person] of [...Object.entries(everybody), ["admin", admin] as const]) {
      const heard = await everythingFor(person, tenderId);
      for (const price of [annasFirst, annas, berts, withdrawn]) {
        if (known[name]?.includes(price) !== true) expect(heard, `${name} before the deadline`).not.toContain(price);
      }
    }
    expect(requireValue(await anna.boss.client.lots.get(lotId)).own).toMatchObject({ initialPrice: annas });
    // Not even whether a company has handed in shows in a refusal.
    const evaluate = { type: "evaluate_price", lotId, evaluatedPrice: "1.00", note: "" } as const;
    const ofBidder = await refused(buyer.boss, { ...evaluate, companyId: bert.companyId }, "wrong_stage");
    const ofWithdrawn = await refused(buyer.boss, { ...evaluate, companyId: observer.companyId }, "wrong_stage");
    expect({ ...ofBidder, at: "", instance: "" }).toEqual({ ...ofWithdrawn, at: "", instance: "" });

    clock.skip(longMs);
    const { view } = await buyer.boss.live().until(`lot:${lotId}`, ({ phase }) => phase === "evaluation", patience);
    expect(view.initialPrices).toMatchObject({
      [anna.companyId]: { price: annas },
      [bert.companyId]: { price: berts },
    });
    expect(Object.keys(view.initialPrices ?? {})).toHaveLength(2);
    await until("the owner reads both prices", async () => {
      return (await buyer.boss.client.lots.initialPrices(lotId, { limit: 1 }).all()).length === 2;
    });
    expect(await everythingFor(buyer.boss, tenderId)).not.toContain(annasFirst);
    expect(await everythingFor(bert.boss, tenderId)).not.toContain(annas);
    expect(await everythingFor(observer.boss, tenderId)).not.toContain(berts);
    expect(await anna.boss.client.lots.initialPrices(lotId).all()).toMatchObject([{ price: annas }]);
    const late = await refused(bert.boss, { type: "submit_initial_price", lotId, price: "1.00" }, "submissions_closed");
    expect(late["lateByMs"]).toBeGreaterThan(0);
  });

  test("keep the published limits and the lot's scale", async () => {
    const { anna } = world;
    const tender = await sealedTender();
    const submit = (price: string) => ({ type: "submit_initial_price", lotId: tender.lotId(), price }) as const;
    const above = await refused(anna.boss, submit("9000.01"), "above_ceiling");
    expect(above["limit"]).toBe("9000.00");
    const scale = await refused(anna.boss, submit("8000.001"), "bad_scale");
    expect(scale["scale"]).toBe(2);
    await refused(anna.boss, submit("-5.00"), "non_positive");
    await refused(anna.boss, submit("eighty"), "request_invalid");
    await refused(anna.boss, { type: "submit_bid", lotId: tender.lotId(), price: "8000.00" }, "wrong_stage");
  });

  test("are evaluated, and the lowest that is left gets the award", async () => {
    const { anna, bert, buyer, clock } = world;
    const tender = await sealedTender();
    const lotId = tender.lotId();
    await act(anna.boss, { type: "submit_initial_price", lotId, price: "8000.00" });
    await act(bert.boss, { type: "submit_initial_price", lotId, price: "8100.00" });
    clock.skip(longMs);
    await buyer.boss.live().until(`lot:${lotId}`, ({ phase }) => phase === "evaluation", patience);
    const notices = await watchNotices(anna.boss);
    const evaluation = { lotId, companyId: anna.companyId, evaluatedPrice: "8150.00", note: "freight added" };
    await act(buyer.boss, { type: "evaluate_price", ...evaluation });
    const proposed = await act(buyer.boss, { type: "propose_award", lotId });
    expect(proposed.result).toMatchObject({ companyId: bert.companyId, price: "8100.00", rank: 1 });
    await refused(buyer.boss, { type: "propose_award", lotId }, "award_already_proposed");
    const reject = { type: "reject_award", lotId, awardId: `${lotId}-a1`, reason: "no certificate" } as const;
    expect((await act(buyer.boss, reject)).result).toMatchObject({ nextAwardId: `${lotId}-a2` });
    await refused(buyer.boss, reject, "award_not_pending");
    await notices.next("award_proposed", tender.tenderId);
    await refused(bert.boss, { type: "refuse_award", lotId, awardId: `${lotId}-a2`, reason: "x" }, "award_not_found");
    const accepted = await act(buyer.boss, { type: "accept_award", lotId, awardId: `${lotId}-a2` });
    expect(accepted.result).toMatchObject({ awardId: `${lotId}-a2`, contractId: `${lotId}-c1` });
    await refused(bert.boss, { type: "sign_contract", lotId, contractId: `${lotId}-c1` }, "contract_not_found");
  });

  test("a disqualified one counts no more, and with the last one the lot has failed", async () => {
    const { anna, buyer, bert, clock } = world;
    const tender = await sealedTender();
    const lotId = tender.lotId();
    await act(anna.boss, { type: "submit_initial_price", lotId, price: "8000.00" });
    clock.skip(longMs);
    await buyer.boss.live().until(`lot:${lotId}`, ({ phase }) => phase === "evaluation", patience);
    const notices = await watchNotices(anna.boss);
    const disqualify = { type: "disqualify_price", lotId, companyId: anna.companyId, reason: "unsigned" } as const;
    await refused(buyer.boss, { ...disqualify, companyId: bert.companyId }, "bid_not_found");
    await refused(buyer.boss, { ...disqualify, companyId: "nobody" }, "supplier_not_found");
    await act(buyer.boss, disqualify);
    expect((await notices.next("price_disqualified", tender.tenderId)).data).toMatchObject({ reason: "unsigned" });
    expect((await notices.next("lot_unsuccessful", tender.tenderId)).data).toMatchObject({ reason: "all_rejected" });
  });

  test("too few of them end the lot at the deadline", async () => {
    const { anna, buyer, clock } = world;
    const procedure = { ...sealedProcedure, minBidders: 2 };
    const calendar = { submissionsUntil: clock.instantIn(longMs), auctionOpensAt: null };
    const draft = { lots: [lot(sealedRules())], procedure, calendar };
    const tender = await world.publish({ draft, suppliers: [anna] });
    const notices = await watchNotices(buyer.boss);
    await act(anna.boss, { type: "submit_initial_price", lotId: tender.lotId(), price: "8000.00" });
    clock.skip(longMs);
    expect((await notices.next("lot_unsuccessful", tender.tenderId)).data).toMatchObject({ reason: "too_few_bidders" });
  });
});

describe("an amendment", () => {
  const procedure = { ...auctionProcedure, initialPrices: "required", amendmentLeadMs: longMs / 4 } as const;

  test("of a lot sets the prices aside, tells everybody, and only who hands in again may bid", async () => {
    const { anna, bert, buyer, clock } = world;
    const calendar = { submissionsUntil: clock.instantIn(longMs), auctionOpensAt: clock.instantIn(2 * longMs) };
    const draft = { lots: [lot(reverseRules())], procedure, calendar };
    const tender = await world.publish({ draft, suppliers: [anna, bert] });
    const { tenderId } = tender;
    const lotId = tender.lotId();
    for (const { boss } of [anna, bert]) await act(boss, { type: "submit_initial_price", lotId, price: "8500.00" });
    const notices = await watchNotices(bert.boss);
    const lots = [{ number: 1, quantity: { value: "50", unit: "TNE" } }];
    const amend = { type: "amend_tender", tenderId, changes: { lots }, reason: "twice the quantity" } as const;
    await refused(buyer.boss, { ...amend, expectedVersion: 9 }, "version_stale");
    expect((await act(buyer.boss, { ...amend, expectedVersion: 1 })).result).toEqual({ tenderId, version: 2 });
    expect((await notices.next("tender_amended", tenderId)).data).toMatchObject({
      version: 2,
      changed: ["/lots/0/quantity"],
      reason: "twice the quantity",
      initialPricesInvalidated: true,
    });
    const read = requireValue(await bert.boss.client.tenders.get(tenderId));
    expect(read.own).toMatchObject({ state: "admitted", initialPricesInvalidated: true });
    expect(read.view).toMatchObject({ version: 2, amendments: { 2: { reason: "twice the quantity" } } });
    expect(requireValue(await anna.boss.client.lots.get(lotId)).own).not.toHaveProperty("initialPrice");

    await act(anna.boss, { type: "submit_initial_price", lotId, price: "8400.00" });
    await tender.open();
    const bid = { type: "submit_bid", lotId, price: "8000.00" } as const;
    await refused(bert.boss, bid, "initial_price_missing");
    expect(requireValue(await anna.boss.client.lots.get(lotId)).own).toMatchObject({ price: "8400.00", rank: 1 });
    await refused(anna.boss, { type: "submit_bid", lotId, price: "8390.00" }, "already_leading");
  });

  test("must change something, name lots that exist, and leave enough time", async () => {
    const { anna, buyer, clock } = world;
    const calendar = { submissionsUntil: clock.instantIn(longMs), auctionOpensAt: clock.instantIn(2 * longMs) };
    const { tenderId } = await world.publish({
      draft: { lots: [lot(reverseRules())], procedure, calendar },
      suppliers: [anna],
    });
    const amend = { type: "amend_tender", tenderId, expectedVersion: 1, reason: "better" } as const;
    const nothing = await refused(buyer.boss, { ...amend, changes: {} }, "terms_incomplete");
    expect(nothing["faults"]).toEqual([{ pointer: "", rule: "nothing_changed" }]);
    const unknown = { ...amend, changes: { lots: [{ number: 7, title: "none" }] } };
    expect((await refused(buyer.boss, unknown, "lot_not_found"))["pointer"]).toBe("/changes/lots/0/number");
    await refused(anna.boss, { ...amend, changes: { title: "mine" } }, "not_owner");
    clock.skip((longMs * 4) / 5);
    const late = await refused(buyer.boss, { ...amend, changes: { title: "late" } }, "amendment_too_late");
    expect(late["limit"]).toBe(longMs / 4);
  });
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});
