import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, test } from "vitest";
import type { Outcome, Snapshot } from "../src/index.ts";
import { createCursorStore } from "../src/index.ts";
import { givenJournal } from "./given.ts";

const fixture = givenJournal();

const snapshotAt = (seq: number, schemaVersion = 1): Snapshot => ({
  shard: "lot-1",
  seq,
  epoch: 2,
  schemaVersion,
  state: Buffer.from(`state at ${seq}`),
  stateHash: Buffer.alloc(32, seq),
});

test("snapshots: the newest is found, by version if asked, and three are kept", async () => {
  const { snapshots } = fixture.journal;
  expect(await snapshots.latest("lot-1")).toBeUndefined();
  for (const seq of [10, 20, 30]) await snapshots.put(snapshotAt(seq));
  await snapshots.put(snapshotAt(40, 2));

  expect(await snapshots.latest("lot-1")).toEqual(snapshotAt(40, 2));
  expect(await snapshots.latest("lot-1", 1)).toEqual(snapshotAt(30));
  await snapshots.put(snapshotAt(50, 2));
  await snapshots.put(snapshotAt(60, 2));
  expect(await snapshots.latest("lot-1", 1)).toBeUndefined();
  const found = await snapshots.latestOf(["lot-1", "lot-2"], 2);
  expect([...found]).toEqual([["lot-1", snapshotAt(60, 2)]]);
});

test("snapshots: the same sequence number again replaces what was there", async () => {
  const { snapshots } = fixture.journal;
  await snapshots.put({ ...snapshotAt(70), state: Buffer.from("first") });
  await snapshots.put(snapshotAt(70));
  expect(await snapshots.latest("lot-1")).toEqual(snapshotAt(70));
});

const outcome = (commandKey: string, change: Partial<Outcome> = {}): Outcome => ({
  scope: "company-1",
  commandKey,
  fingerprint: "f".repeat(64),
  shard: "lot-1",
  seq: 17,
  at: 1_790_000_000_123_456,
  answer: { b: 1, a: [null, "x\u2028"], kind: "accepted" },
  ...change,
});

const keyOf = (commandKey: string, scope = "company-1") => ({ shard: "lot-1", scope, commandKey });

test("outcomes: an answer comes back byte for byte, the order of its members included", async () => {
  const { outcomes } = fixture.journal;
  expect(await outcomes.putMany([outcome("key-1"), outcome("key-2", { answer: null })])).toBe(2);

  const found = await outcomes.find(keyOf("key-1"));
  expect(found).toEqual(outcome("key-1"));
  expect(JSON.stringify(found?.answer)).toBe(JSON.stringify(outcome("key-1").answer));
  expect(await outcomes.find(keyOf("key-2"))).toMatchObject({ answer: null });
});

test("outcomes: the first answer to a key stays, and keys belong to their scope", async () => {
  const { outcomes } = fixture.journal;
  await outcomes.putMany([outcome("key-3")]);
  const again = [outcome("key-3", { answer: "other" }), outcome("key-3", { scope: "company-2", answer: "own" })];

  expect(await outcomes.putMany(again)).toBe(1);
  expect(await outcomes.putMany([])).toBe(0);
  expect(await outcomes.find(keyOf("key-3"))).toEqual(outcome("key-3"));
  expect(await outcomes.find(keyOf("key-3", "company-2"))).toMatchObject({ answer: "own" });
  expect(await outcomes.find(keyOf("key-3", "company-3"))).toBeUndefined();
  expect(await outcomes.putMany([outcome("key-3", { shard: "lot-2", seq: 3 })])).toBe(1);
  expect(await outcomes.find({ ...keyOf("key-3"), shard: "lot-2" })).toMatchObject({ seq: 3 });
});

test("hosts: those that renewed lately are listed", async () => {
  const { hosts } = fixture.journal;
  await hosts.renew("host-1", "127.0.0.1:1");
  await hosts.renew("host-2", "127.0.0.1:2");
  await hosts.renew("host-1", "127.0.0.1:3");

  const listed = await hosts.list({ withinMs: 60_000 });
  expect(listed.map(({ hostId, address }) => [hostId, address])).toEqual([
    ["host-1", "127.0.0.1:3"],
    ["host-2", "127.0.0.1:2"],
  ]);
  for (const { startedAt, renewedAt } of listed) expect(renewedAt).toBeGreaterThanOrEqual(startedAt);
  expect(await hosts.list({ withinMs: 0 })).toEqual([]);
  await hosts.remove("host-1");
  expect(await hosts.list({ withinMs: 60_000 })).toHaveLength(1);
});

test("cursors: they move forward only, and with the transaction that moves them", async () => {
  const { journal, url } = fixture;
  const { cursors } = journal;
  await cursors.advance(
    "tenders",
    new Map([
      ["lot-1", 5],
      ["lot-2", 1],
    ]),
  );
  await cursors.advance(
    "tenders",
    new Map([
      ["lot-1", 4],
      ["lot-2", 9],
    ]),
  );
  await cursors.advance("bids", new Map());

  const sql = postgres(url, { max: 1 });
  const givenUp = drizzle(sql).transaction(async (tx) => {
    await createCursorStore(tx).advance("tenders", new Map([["lot-1", 100]]));
    throw new Error("given up");
  });
  await expect(givenUp).rejects.toThrow("given up");
  await sql.end();

  expect(await cursors.read("tenders")).toEqual(
    new Map([
      ["lot-1", 5],
      ["lot-2", 9],
    ]),
  );
  expect(await cursors.read("bids")).toEqual(new Map());
  await cursors.reset("tenders");
  expect(await cursors.read("tenders")).toEqual(new Map());
});
