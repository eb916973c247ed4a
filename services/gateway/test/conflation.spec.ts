import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { shardOfStream } from "../src/live/hub.ts";
import { FakeClient, member, operator } from "./fake-client.ts";
import { conflatedStream, scene, settle, shard, stateAfter } from "./hub-scene.ts";

const anHour = 3_600_000;
const waitMs = 40;

// The time between two frames passes when a test says so, however slow the machine.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const prices = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

async function followed(conflatedEveryMs: number) {
  const { hub, lot } = scene({ conflatedEveryMs });
  const client = new FakeClient();
  await hub.follow(client.subscription(conflatedStream, member("c1")));
  const commit = (patch: object) => lot.commit({ public: patch, owner: patch }, conflatedStream);
  return { hub, lot, client, commit };
}

test("the first change after a quiet time goes out at once, what comes soon after as one frame", async () => {
  const { client, commit } = await followed(waitMs);
  for (const price of prices(1, 50)) commit({ price, [`p${price}`]: "1" });
  await settle();
  expect(client.messages().map(({ seq }) => seq)).toEqual([0, 1]);
  vi.advanceTimersByTime(waitMs);
  await settle();
  const messages = client.take();
  expect(messages[2]).toMatchObject({ seq: 2, prev: 1, event: { patch: { price: "50", p2: "1", p50: "1" } } });
  expect(stateAfter(messages)?.view).toMatchObject({ price: "50", p1: "1", p25: "1" });
});

test("a change that was taken back is no frame, and who comes meanwhile gets the state of the last one", async () => {
  const { hub, client, commit } = await followed(waitMs);
  commit({ price: "1" });
  commit({ level: { quantity: "5" } });
  const late = new FakeClient();
  await hub.follow(late.subscription(conflatedStream, member("c2")));
  expect(late.take()).toMatchObject([{ seq: 1, snapshot: { price: "1" } }]);
  commit({ level: null });
  await settle();
  commit({ price: "2" });
  vi.advanceTimersByTime(waitMs);
  await settle();
  expect(late.take()).toMatchObject([{ seq: 2, prev: 1, event: { patch: { price: "2" } } }]);
  expect(JSON.stringify(client.take())).not.toContain("level");
});

test("the owner's frames are put together too; other streams and companies' own parts tell of each commit", async () => {
  const { hub, lot } = scene({ conflatedEveryMs: anHour });
  lot.admitted = { c3: { rank: 1 } };
  const [owner, company, other] = [new FakeClient(), new FakeClient(), new FakeClient()];
  await hub.follow(owner.subscription(conflatedStream, operator));
  await hub.follow(company.subscription(conflatedStream, member("c3")));
  await hub.follow(other.subscription(`trades:${shard}`, member("c1")));
  for (const price of prices(1, 5)) {
    lot.commit({ owner: { price }, participant: { price }, own: { c3: { price } } }, conflatedStream);
    lot.commit({ public: { price } }, `trades:${shard}`);
  }
  await settle();
  expect([owner, company, other].map((client) => client.take().length)).toEqual([2, 6, 6]);
});

test("whatever is put together ends in the same state, numbered without gaps", async () => {
  const levels: readonly unknown[] = [null, { q: "1" }, { q: "2" }, { n: "1" }, { q: "1", n: "1" }];
  const { lot, client, commit } = await followed(1);
  for (let count = 0, drawn = 100; count < 400; count++) {
    drawn = (drawn * 1_103_515_245 + 12_345) % 2_147_483_648; // The same changes in every run.
    const level = levels[Math.trunc(drawn / 7) % levels.length];
    commit({ bids: { [`b${Math.trunc(drawn / 99) % 3}`]: level }, price: String(drawn % 3) });
    if (drawn % 5 === 0) await settle();
  }
  commit({ end: "yes" });
  const reached = () => stateAfter(client.messages())?.view;
  await expect.poll(reached, { timeout: 5_000 }).toMatchObject({ end: "yes" });
  expect(reached()).toEqual(lot.price);
});

test("a stream's name begins with the id of its shard", () => {
  for (const part of ["tender:", "book-raw:", "status:"]) expect(shardOfStream(part + shard)).toBe(shard);
  for (const name of [`lot:${shard}-3`, `order:${shard}-o5`, `order:${shard}-o123456`]) {
    expect(shardOfStream(name)).toBe(shard);
  }
  for (const id of ["x", `${shard}7`, `${shard.slice(1)}-1`]) expect(shardOfStream(`lot:${id}`)).toBe(id);
});
