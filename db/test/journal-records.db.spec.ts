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
  shard: "lot-1",
  seq: 17,
  ...change,
});

test("outcomes: the first entry of a key stays, and keys belong to their scope and their shard", async () => {
  const { outcomes } = fixture.journal;
  expect(await outcomes.putMany([outcome("key-3"), outcome("key-2", { seq: 18 })])).toBe(2);
  const others = { scope: { scope: "company-2", seq: 4 }, shard: { shard: "lot-2", seq: 3 } };
  expect(await outcomes.putMany([outcome("key-3", { seq: 19 }), outcome("key-3", others.scope)])).toBe(1);
  expect(await outcomes.putMany([])).toBe(0);
  expect(await outcomes.putMany([outcome("key-3", others.shard)])).toBe(1);

  expect(await outcomes.find(outcome("key-3"))).toBe(17);
  expect(await outcomes.find(outcome("key-2"))).toBe(18);
  expect(await outcomes.find(outcome("key-3", others.scope))).toBe(4);
  expect(await outcomes.find(outcome("key-3", others.shard))).toBe(3);
  expect(await outcomes.find(outcome("key-3", { scope: "company-3" }))).toBeUndefined();
});

test("outcomes: those of one shard lie together, where the migration of older rows has put theirs", async () => {
  const { outcomes } = fixture.journal;
  const [one, two] = [outcome("key-8", { shard: "lot-8", seq: 8 }), outcome("key-9", { shard: "lot-8", seq: 9 })];
  await outcomes.putMany([one, two]);
  const sql = postgres(fixture.url, { max: 1 });
  const migrated = async ({ shard, scope, commandKey }: Outcome) => {
    const text = `${shard} ${scope} ${commandKey}`;
    return await sql<{ seq: number; part: string }[]>`
      select seq::float8, left(key_id::text, 13) as part from outcome_places
      where key_id = encode(substr(sha256(convert_to(${shard}::text, 'UTF8')), 1, 6)
        || substr(sha256(convert_to(${text}::text, 'UTF8')), 1, 10), 'hex')::uuid`;
  };
  const [first, second] = [await migrated(one), await migrated(two)];
  await sql.end();
  expect([first[0]?.seq, second[0]?.seq]).toEqual([8, 9]);
  expect(first[0]?.part).toBe(second[0]?.part);
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
