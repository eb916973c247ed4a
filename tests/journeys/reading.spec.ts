import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { watchNotices } from "../world/notices.ts";
import { problemIn } from "../world/outcomes.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { Tender } from "../world/tenders.ts";
import { act } from "../world/tenders.ts";
import { lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";
import { decidedLot } from "./permissions/decided-lot.ts";

let world: World;
let tender: Tender;
const bidCount = 40;
const priceOf = (index: number): string => (8900 - 5 * index).toFixed(2);

beforeAll(async () => {
  world = await createWorld();
  const { anna, bert } = world;
  const rules = reverseRules({ visibility: "full", selfRaise: true });
  tender = await world.publish({ draft: { title: "Zinc for paging", lots: [lot(rules)] }, suppliers: [anna, bert] });
  await tender.open();
  for (let index = 0; index < bidCount; index++) await bid(index);
  await until("the read models know of every bid", async () => (await bidsOf(50)).length === bidCount);
});
afterAll(() => world[Symbol.asyncDispose]());

async function bid(index: number): Promise<void> {
  const { boss } = index % 2 === 0 ? world.anna : world.bert;
  await act(boss, { type: "submit_bid", lotId: tender.lotId(), price: priceOf(index) });
}

const bidsOf = (limit: number) => world.observer.boss.client.lots.bids(tender.lotId(), { limit }).all();

describe("pages", () => {
  test("bring every entry once, in order, whatever their size, also while new ones arrive", async () => {
    const prices = Array.from({ length: bidCount }, (_, index) => priceOf(index)).reverse();
    for (const limit of [1, 7, 40, 200]) expect((await bidsOf(limit)).map(({ price }) => price)).toEqual(prices);
    const pages = world.observer.boss.client.lots.bids(tender.lotId(), { limit: 7 });
    const first = requireValue(await pages.page());
    await bid(bidCount);
    await until("the new bid is on record", async () => (await bidsOf(50)).length === bidCount + 1);
    const seen = [...first.data];
    for (let next = first.next; next !== null; ) {
      const page = requireValue(await pages.page(next));
      seen.push(...page.data);
      next = page.next;
    }
    expect(seen.map(({ price }) => price)).toEqual(prices);
  });

  test("by price begin with the lowest, and a cursor of one order is none of another", async () => {
    const { client } = world.observer.boss;
    const byPrice = client.lots.bids(tender.lotId(), { limit: 5, sort: "price" });
    const first = requireValue(await byPrice.page());
    expect(first.data.map(({ price }) => price)).toEqual([...first.data.map(({ price }) => price)].sort());
    const newest = client.lots.bids(tender.lotId(), { limit: 5 });
    problemIn(await newest.page(String(first.next)), "cursor_malformed");
  });

  test("name the address of the next one", async () => {
    const raw = createRawHttp(world.url);
    const headers = world.observer.boss.headers();
    const path = `/v1/lots/${tender.lotId()}/bids?limit=10`;
    const page = await raw.ask({ method: "GET", path, headers });
    const [, address = ""] = /^<([^>]+)>; rel="next"$/.exec(String(page.headers["link"])) ?? [];
    const following = await raw.ask({ method: "GET", path: address, headers });
    const idsOf = (body: unknown) => (body as { data: { bidId: string }[] }).data.map(({ bidId }) => bidId);
    expect(idsOf(following.body)).toHaveLength(10);
    expect(idsOf(page.body)).not.toEqual(idsOf(following.body));
    raw.close();
  });
});

describe("lists", () => {
  test("of tenders filter by phase, by words, by what one runs and by what one takes part in", async () => {
    const { anna, buyer, observer, marketplaceId } = world;
    const idsOf = async (person: typeof anna, query: Parameters<typeof anna.boss.client.tenders.list>[1]) =>
      (await person.boss.client.tenders.list(marketplaceId, query).all()).map(({ tenderId }) => tenderId);
    expect(await idsOf(observer, { q: "zINC FOR" })).toEqual([tender.tenderId]);
    expect(await idsOf(observer, { q: "zinc for", phase: ["auction", "waiting"] })).toEqual([tender.tenderId]);
    expect(await idsOf(observer, { q: "zinc for", phase: "draft" })).toEqual([]);
    expect(await idsOf(observer, { q: "100% _" })).toEqual([]);
    expect(await idsOf(buyer, { owner: "me" })).toContain(tender.tenderId);
    expect(await idsOf(anna, { owner: "me" })).toEqual([]);
    expect(await idsOf(anna, { takingPart: "me" })).toContain(tender.tenderId);
    expect(await idsOf(observer, { takingPart: "me" })).toEqual([]);
    expect(await idsOf(observer, { direction: "sell" })).toEqual([]);
  });

  test("of bids say whose they are to nobody but their company", async () => {
    const { anna, marketplaceId } = world;
    const own = await anna.boss.client.records.bids(marketplaceId, { company: "me" }).all();
    expect(own.every((one) => one.own && one.companyId === anna.companyId)).toBe(true);
    const all = await anna.boss.client.records.bids(marketplaceId, { tenderId: tender.tenderId }).all();
    expect(all.length).toBeGreaterThan(own.length);
    expect(all.filter((one) => !one.own && ("companyId" in one || "userId" in one))).toEqual([]);
    expect(new Set(all.map(({ alias }) => alias)).size).toBe(2);
  });

  test("of companies are found by part of their name, of this marketplace alone", async () => {
    const { observer, marketplaceId, anna, foreigner } = world;
    const found = await observer.boss.client.marketplaces.directory(marketplaceId, { q: "METALS" }).all();
    expect(found.map(({ companyId }) => companyId)).toContain(anna.companyId);
    const all = await observer.boss.client.marketplaces.directory(marketplaceId).all();
    expect(all.map(({ companyId }) => companyId)).not.toContain(foreigner.companyId);
  });
});

test("notices are counted until they are read, and each company has its own", async () => {
  const { buyer, anna, observer } = world;
  const { client } = anna.boss;
  await client.notices.markRead();
  const watch = await watchNotices(anna.boss);
  const other = await world.publish({
    draft: { title: "To be amended", lots: [lot(reverseRules())] },
    suppliers: [anna],
  });
  const amend = { type: "amend_tender", tenderId: other.tenderId, expectedVersion: 1, reason: "why not" } as const;
  await act(buyer.boss, { ...amend, changes: { title: "Amended" } });
  const live = await watch.next("tender_amended", other.tenderId);
  const unread = await until("the notice is stored", async () => {
    const found = await client.notices.list({ unread: true, kind: "tender_amended" }).all();
    return found.length > 0 && found;
  });
  expect(unread).toEqual([expect.objectContaining({ noticeId: live.noticeId, companyId: anna.companyId })]);
  expect(requireValue(await observer.boss.client.notices.markRead([live.noticeId]))).toBe(0);
  expect(requireValue(await client.notices.markRead([live.noticeId]))).toBe(1);
  expect(requireValue(await client.notices.markRead([live.noticeId]))).toBe(0);
  expect(await client.notices.list({ unread: true, kind: "tender_amended" }).all()).toEqual([]);
  const [read] = await client.notices.list({ kind: "tender_amended" }).all();
  expect(read).toMatchObject({ noticeId: live.noticeId, readAt: expect.any(String) });
});

// It lets an hour pass, so it comes last.
describe("a single bid, award or contract", () => {
  test("is what the lists show to the same reader, and to all others as if it were not there", async () => {
    const { anna, bert, buyer, auditor, observer, foreigner, foreignOperator, marketplaceId } = world;
    const { bidId, awardId, contractId } = await decidedLot(world);
    const readAll = ({ records }: Kontor) =>
      Promise.all([records.bid(bidId), records.award(awardId), records.contract(contractId)]);
    for (const { client } of [anna.boss, buyer.boss, auditor]) {
      const [bidRead, award, contract] = (await readAll(client)).map((result) => requireValue<unknown>(result));
      const { records } = client;
      expect(await records.bids(marketplaceId).all()).toContainEqual(bidRead);
      expect(await records.awards(marketplaceId).all()).toContainEqual(award);
      expect(await records.contracts(marketplaceId).all()).toContainEqual(contract);
    }
    const missing = [bidId, awardId, contractId].map((id) => id.replace(/\d$/, "99"));
    for (const { client } of [bert.boss, observer.boss, foreigner.boss, foreignOperator]) {
      const [noBid = "", noAward = "", noContract = ""] = missing;
      const { records } = client;
      const absent = [records.bid(noBid), records.award(noAward), records.contract(noContract)];
      const hidden = await readAll(client);
      for (const [index, result] of (await Promise.all(absent)).entries()) {
        const told = problemIn(hidden[index] ?? result, "not_found");
        expect({ ...told, instance: "" }).toEqual({ ...problemIn(result, "not_found"), instance: "" });
      }
    }
  });
});
