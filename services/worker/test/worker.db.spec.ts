import type { NoticeHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { createProjectionReader, encodeEntries, segmentHash } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import { expect, test } from "vitest";
import { dump } from "./dump.ts";
import { admitted, published } from "./given-events.ts";
import { tenderTerms } from "./given-terms.ts";
import type { World } from "./given-world.ts";
import { createWorld, marketplaceId, start } from "./given-world.ts";

const one = "33333333-3333-4333-8333-333333333331";
const two = "33333333-3333-4333-8333-333333333332";
const soon = { timeoutMs: 10_000 };
const never = { timeoutMs: 30 };

async function writeDraft(world: World, tenderId: string): Promise<number> {
  const script = await world.script(tenderId);
  return await script.write([script.draft(tenderTerms())]);
}

async function writeGarbage({ journal }: World, shard: string): Promise<void> {
  await journal.createShard(shard, "tender");
  const { epoch, headHash } = await journal.claim(shard, "host");
  const entries = Buffer.from("no entry at all\n");
  const header = { shard, epoch, firstSeq: 1, lastSeq: 1 };
  await journal.append([{ ...header, entries, prevHash: headHash, hash: segmentHash(headHash, header, entries) }]);
}

test("a hint is enough: nobody waits for the next look", async () => {
  await using world = await createWorld();
  const reader = createProjectionReader(world.connection.db);
  const worker = world.worker({ pollMs: 600_000 });
  worker.start();
  expect(await worker.caughtUpWith(one, 1, never)).toBe(false);
  const seq = await writeDraft(world, one);
  world.bus.publish(subjects.journal, { shard: one, seq });
  expect(await reader.caughtUpWith(one, seq, soon)).toBe(true);
});

test("without a hint the next look finds the entries", async () => {
  await using world = await createWorld();
  const reader = createProjectionReader(world.connection.db);
  world.worker({ pollMs: 10 }).start();
  const seq = await writeDraft(world, one);
  expect(await reader.caughtUpWith(one, seq, soon)).toBe(true);
});

test("what nobody wrote is not waited for longer than asked", async () => {
  await using world = await createWorld();
  const reader = createProjectionReader(world.connection.db);
  const seq = await writeDraft(world, one);
  expect(await reader.caughtUpWith(one, seq, never)).toBe(false);
  const worker = world.worker();
  worker.start();
  expect(await worker.caughtUpWith(one, seq + 1, never)).toBe(false);
  await worker.stop();
  expect(await worker.caughtUpWith(one, seq + 1, never)).toBe(false);
});

test("a journal that cannot be read stops no other, and is reported", async () => {
  await using world = await createWorld();
  await writeGarbage(world, one);
  const seq = await writeDraft(world, two);
  const worker = world.worker({ pollMs: 10 });
  worker.start();
  expect(await worker.caughtUpWith(two, seq, soon)).toBe(true);
  await expect.poll(() => worker.stats().failures).toBeGreaterThan(1);
  expect(world.logged[0]).toMatchObject({ shard: one, err: { code: "journal_corrupt" } });
  const { projection_cursors } = await dump(world);
  expect(projection_cursors).toEqual([{ projection: "records", shard: two, seq }]);
});

test("a notice goes over the bus as it is stored, after it is stored", async () => {
  await using world = await createWorld();
  const script = await world.script(one);
  const hints: NoticeHint[] = [];
  world.bus.subscribe(subjects.notices, (hint: NoticeHint) => hints.push(hint));
  await script.write([script.draft(tenderTerms())], published());
  const seq = await script.write(admitted("ore-one"));
  const worker = world.worker();
  worker.start();
  expect(await worker.caughtUpWith(one, seq, soon)).toBe(true);
  await expect.poll(() => hints).toHaveLength(2);
  expect(hints[1]).toEqual({
    companyId: "ore-one",
    notice: {
      noticeId: `${one}-3-1-ore-one`,
      companyId: "ore-one",
      marketplaceId,
      kind: "supplier_admitted",
      tenderId: one,
      data: { tenderTitle: "Cathodes for the fourth quarter" },
      at: "2026-11-01T08:00:03.000000Z",
    },
  });
});

test("the statistics say how far and how late the worker is", async () => {
  await using world = await createWorld();
  const seq = await writeDraft(world, one);
  const worker = world.worker({ clock: { now: () => start + 5_000_000 } });
  worker.start();
  expect(await worker.caughtUpWith(one, seq, soon)).toBe(true);
  const well = { failures: 0, failing: 0, stuckMicros: 0 };
  expect(worker.stats()).toEqual({ ...well, batches: 1, entries: 1, lagMicros: 4_000_000 });
});

test("the statistics say how many shards fail and for how long, until somebody makes them good", async () => {
  await using world = await createWorld();
  await writeGarbage(world, one);
  let now = start;
  const worker = world.worker({ pollMs: 10, clock: { now: () => now } });
  worker.start();
  await expect.poll(() => worker.stats().failing).toBe(1);
  now += 90_000_000;
  expect(worker.stats()).toMatchObject({ failing: 1, stuckMicros: 90_000_000 });
  await world.connection.sql`insert into projection_cursors (projection, shard, seq) values ('records', ${one}, 1)`;
  await expect.poll(() => worker.stats()).toMatchObject({ failing: 0, stuckMicros: 0 });
});

test("a shard of a mechanism without read models leaves its outcomes", async () => {
  await using world = await createWorld();
  const { journal } = world;
  await journal.createShard(one, "barter");
  const { epoch, headHash } = await journal.claim(one, "host");
  const actor: Actor = { kind: "member", userId: "u", companyId: "c", marketplaceId: "m" };
  const entries = encodeEntries([
    { seq: 1, at: 1, actor, key: "key-0001", fingerprint: "f", command: {}, events: [{}] },
  ]);
  const header = { shard: one, epoch, firstSeq: 1, lastSeq: 1 };
  await journal.append([{ ...header, entries, prevHash: headHash, hash: segmentHash(headHash, header, entries) }]);
  const worker = world.worker();
  worker.start();
  expect(await worker.caughtUpWith(one, 1, soon)).toBe(true);
  expect(await journal.outcomes.find({ shard: one, scope: "c/c", commandKey: "key-0001" })).toBe(1);
});
