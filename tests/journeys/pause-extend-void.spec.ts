import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { watchNotices } from "../world/notices.ts";
import { refused } from "../world/outcomes.ts";
import { replayJournal } from "../world/replay.ts";
import { act, microsOf } from "../world/tenders.ts";
import { longMs, lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };

async function openLot() {
  const { anna, bert } = world;
  const tender = await world.publish({ draft: { lots: [lot(reverseRules())] }, suppliers: [anna, bert] });
  await refused(anna.boss, { type: "submit_bid", lotId: tender.lotId(), price: "8900.00" }, "auction_not_open");
  await tender.open();
  return { tender, lotId: tender.lotId() };
}

test("a pause freezes what is left of the time, however long it lasts", async () => {
  const { anna, observer, operator, clock } = world;
  const { lotId } = await openLot();
  const stream = `lot:${lotId}` as const;
  const before = await observer.boss.live().until(stream, ({ endsAt }) => endsAt !== undefined, patience);
  const bid = { type: "submit_bid", lotId, price: "8900.00" } as const;
  await refused(operator, { type: "resume_lot", lotId }, "auction_not_paused");

  const paused = await act(operator, { type: "pause_lot", lotId, reason: "the line to Hamburg is down" });
  const remainingMs = Number(paused.result["remainingMs"]);
  expect(remainingMs).toBe((microsOf(before.view.endsAt) - microsOf(paused.at)) / 1000);
  const still = await observer.boss.live().until(stream, ({ phase }) => phase === "paused", patience);
  expect(still.view.remainingMs).toBe(remainingMs);
  expect(still.view).not.toHaveProperty("endsAt");
  await refused(anna.boss, bid, "auction_paused");
  await refused(operator, { type: "pause_lot", lotId, reason: "again" }, "auction_paused");

  clock.skip(3 * longMs);
  const resumed = await act(operator, { type: "resume_lot", lotId });
  expect(microsOf(String(resumed.result["endsAt"])) - microsOf(resumed.at)).toBe(Math.round(remainingMs * 1000));
  await observer.boss.live().until(stream, ({ phase, endsAt }) => phase === "open" && endsAt !== undefined, patience);
  await act(anna.boss, bid);
});

test("an extension only ever moves the end out, and says whose it is", async () => {
  const { anna, buyer, operator, observer, clock } = world;
  const { lotId } = await openLot();
  const { view } = requireValue(await anna.boss.client.lots.get(lotId));
  const extend = { type: "extend_lot", lotId, reason: "a holiday in Katowice" } as const;
  const earlier = await refused(operator, { ...extend, endsAt: clock.instantIn(1_000) }, "instant_invalid");
  expect(earlier).toMatchObject({ pointer: "/endsAt", limit: view.endsAt });
  const endsAt = clock.instantIn(5 * longMs);
  await act(operator, { ...extend, endsAt });
  const seen = await observer.boss.live().until(`lot:${lotId}`, ({ extensions }) => extensions === 1, patience);
  expect(microsOf(seen.view.endsAt)).toBe(microsOf(endsAt));
  await act(buyer.boss, { ...extend, endsAt: clock.instantIn(6 * longMs) });
  await refused(anna.boss, { ...extend, endsAt }, "not_owner");
});

test("a voided bid is as if it had never been, and its bidder is told why", async () => {
  const { anna, bert, operator, auditor, observer } = world;
  const { tender, lotId } = await openLot();
  const stream = `lot:${lotId}` as const;
  const notices = await watchNotices(bert.boss);
  await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
  const wrong = await act(bert.boss, { type: "submit_bid", lotId, price: "890.00" });
  const bidId = String(wrong.result["bidId"]);
  await bert.boss.live().until(stream, (_, own) => own?.rank === 1, patience);
  const voidBid = { type: "void_bid", lotId, bidId, reason: "a comma slipped" } as const;
  for (const person of [auditor, observer.boss, anna.boss]) {
    const outcome = await person.client.command(voidBid);
    expect(outcome).toMatchObject({ ok: false, problem: { status: 403 } });
  }
  await refused(operator, { ...voidBid, bidId: `${lotId}-b99` }, "bid_not_found");
  await act(operator, voidBid);
  await refused(operator, voidBid, "bid_already_voided");
  const mine = await anna.boss.live().until(stream, (_, own) => own?.rank === 1, patience);
  expect(mine.view).toMatchObject({ bestPrice: "8900.00", nextPrice: "8895.00", bidCount: 1 });
  const theirs = await bert.boss.live().until(stream, (_, own) => own?.standing === "none", patience);
  expect(theirs.own).toMatchObject({ bidCount: 0 });
  expect(theirs.own).not.toHaveProperty("price");
  expect((await notices.next("bid_voided", tender.tenderId)).data).toMatchObject({ bidId, reason: "a comma slipped" });
});

test("an aborted auction is planned anew: bidders stay, live bids do not", async () => {
  const { anna, bert, operator, clock } = world;
  const { tender, lotId } = await openLot();
  const stream = `lot:${lotId}` as const;
  const notices = await watchNotices(anna.boss);
  const first = await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
  const replan = { type: "replan_lot", lotId } as const;
  await refused(operator, { ...replan, opensAt: clock.instantIn(longMs) }, "wrong_stage");
  await act(operator, { type: "abort_lot", lotId, reason: "a fault in the network" });
  expect((await notices.next("lot_aborted", tender.tenderId)).data).toMatchObject({ reason: "a fault in the network" });
  await refused(bert.boss, { type: "submit_bid", lotId, price: "8800.00" }, "wrong_stage");
  await refused(operator, { ...replan, opensAt: clock.instantIn(-longMs) }, "instant_invalid");
  await act(operator, { ...replan, opensAt: clock.instantIn(longMs) });
  await notices.next("lot_replanned", tender.tenderId);
  clock.skip(longMs);
  await bert.boss.live().until(stream, ({ phase }) => phase === "open", patience);
  expect(requireValue(await anna.boss.client.lots.get(lotId)).own).toMatchObject({ admitted: true, bidCount: 0 });
  const second = await act(anna.boss, { type: "submit_bid", lotId, price: "8950.00" });
  expect(second.result["bidId"]).not.toBe(first.result["bidId"]);
});

test("a cancelled lot ends for good, the others go on", async () => {
  const { anna, bert, buyer } = world;
  const lots = [lot(reverseRules()), lot(reverseRules())];
  const tender = await world.publish({ draft: { lots }, suppliers: [anna, bert] });
  await tender.open();
  await act(buyer.boss, { type: "cancel_lot", lotId: tender.lotId(1), reason: "sold elsewhere" });
  const { view } = await bert.boss
    .live()
    .until(`lot:${tender.lotId(1)}`, ({ phase }) => phase === "cancelled", patience);
  expect(view).toMatchObject({ result: { outcome: "cancelled" }, reason: "sold elsewhere" });
  await refused(anna.boss, { type: "submit_bid", lotId: tender.lotId(1), price: "8900.00" }, "wrong_stage");
  await act(anna.boss, { type: "submit_bid", lotId: tender.lotId(2), price: "8900.00" });
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});
