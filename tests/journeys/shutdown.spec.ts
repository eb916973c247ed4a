import { requireReceipt, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRawSocket } from "../world/raw-socket.ts";
import { replayJournal } from "../world/replay.ts";
import { act, microsOf } from "../world/tenders.ts";
import { auctionProcedure, longMs, lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 30_000 };

async function openLot(changes: Parameters<typeof reverseRules>[0] = {}, procedure = auctionProcedure) {
  const { anna, bert } = world;
  const draft = { lots: [lot(reverseRules(changes))], procedure };
  const tender = await world.publish({ draft, suppliers: [anna, bert] });
  await tender.open();
  return { tender, lotId: tender.lotId() };
}

test("a planned stop says goodbye with a hint, and clients go on at the next start as if nothing had been", async () => {
  const { anna, bert, url } = world;
  const { lotId } = await openLot();
  const stream = `lot:${lotId}` as const;
  const watcher = bert.boss;
  const subscription = watcher.live().subscribe(stream);
  const key = "sent-before-the-stop";
  const before = requireReceipt(await anna.boss.client.commands.submitBid({ lotId, price: "8900.00" }, { key }));
  const first = await subscription.until(({ bidCount }) => bidCount === 1, patience);
  const raw = await openRawSocket(url, { headers: anna.boss.headers() });
  await raw.ask({ id: "now", op: "time" });

  const stopping = world.stop();
  const { frame } = await raw.next((one) => typeof one["goodbye"] === "string");
  expect(frame).toEqual({ goodbye: "shutting_down", reconnectAfterMs: expect.any(Number) });
  expect(frame["reconnectAfterMs"]).toBeGreaterThanOrEqual(1_000);
  expect(frame["reconnectAfterMs"]).toBeLessThanOrEqual(2_000);
  expect(await raw.closing).toEqual({ code: 4000, reason: "goodbye" });
  await stopping;
  await world.start();

  const again = requireReceipt(await anna.boss.client.commands.submitBid({ lotId, price: "8900.00" }, { key }));
  expect(again).toEqual(before);
  const bid = requireReceipt(await watcher.live().commands.submitBid({ lotId, price: "8700.00" }));
  expect(bid.seq).toBeGreaterThan(before.seq);
  expect(bid.epoch).toBeGreaterThan(before.epoch);
  const last = await subscription.until(({ bidCount }) => bidCount === 2, patience);
  expect(last.view).toMatchObject({ bestPrice: "8700.00", endsAt: first.view.endsAt });
  expect(last.view).toEqual(requireValue(await watcher.client.lots.get(lotId)).view);
});

test("a lot that could take no bids near its end gets the time back that its rules promise", async () => {
  const { anna, buyer, clock } = world;
  const outage = { thresholdMs: 10_000, windowMs: 600_000, graceMs: 900_000 };
  const { tender, lotId } = await openLot({ outage });
  const { view } = requireValue(await anna.boss.client.lots.get(lotId));
  const planned = microsOf(view.endsAt);
  clock.skipTo(planned - 60_000_000);
  await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
  await world.stop();
  clock.skip(30_000);
  await world.start();
  const seen = await buyer.boss.live().until(`lot:${lotId}`, ({ extensions }) => extensions === 1, patience);
  const recoveredAt = microsOf(seen.view.endsAt) - outage.graceMs * 1000;
  expect(recoveredAt).toBeGreaterThan(planned - 60_000_000);
  expect(recoveredAt).toBeLessThan(clock.now());
  expect(microsOf(seen.view.endsAt)).toBeGreaterThan(planned);
  await act(world.bert.boss, { type: "submit_bid", lotId, price: "8800.00" });
  await tender.close();
});

test("what fell due while nothing ran is done at the start; an opening missed by far is not caught up", async () => {
  const { anna, buyer, clock } = world;
  const { tender, lotId } = await openLot({}, { ...auctionProcedure, standstillMs: 60_000 });
  await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
  await tender.close();
  await act(buyer.boss, { type: "accept_award", lotId, awardId: `${lotId}-a1` });
  const lots = [lot(reverseRules())];
  const submissionsUntil = clock.instantIn(60_000);
  const missed = await world.publish({ draft: { lots, calendar: { submissionsUntil } }, suppliers: [anna] });
  const waiting = await world.publish({ draft: { lots }, suppliers: [anna] });
  const planned = requireValue(await buyer.boss.client.tenders.get(waiting.tenderId)).view.calendar;
  clock.skip(60_000);
  await buyer.boss.live().until(`tender:${missed.tenderId}`, ({ phase }) => phase === "waiting", patience);
  await world.stop();
  clock.skip(2 * longMs);
  await world.start();
  const live = buyer.boss.live();
  const due = await live.until(`lot:${lotId}`, ({ contract }) => contract !== undefined, patience);
  expect(due.view.contract).toMatchObject({ contractId: `${lotId}-c1`, companyId: anna.companyId, price: "8900.00" });
  const aborted = await live.until(`lot:${missed.lotId()}`, ({ phase }) => phase === "aborted", patience);
  expect(aborted.view.reason).toEqual(expect.any(String));
  // Suppliers who still had time to ask for admission get it back.
  const moved = await live.until(`tender:${waiting.tenderId}`, ({ version }) => version === 2, patience);
  expect(microsOf(moved.view.calendar.auctionOpensAt)).toBeGreaterThan(microsOf(planned.auctionOpensAt));
  expect(microsOf(moved.view.calendar.auctionOpensAt)).toBeGreaterThan(clock.now());
  await act(world.bert.boss, { type: "request_admission", tenderId: waiting.tenderId });
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});
