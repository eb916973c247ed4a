import postgres from "postgres";
import { expect, test } from "vitest";
import type { Segment } from "../src/index.ts";
import { createJournalStore } from "../src/index.ts";
import type { Position } from "./given.ts";
import { collect, givenJournal, openShard, positionAfter, segmentAfter } from "./given.ts";

const fixture = givenJournal();

test("a segment that follows the head is stored byte for byte and becomes the head", async () => {
  const { journal } = fixture;
  const start = await openShard(journal, `odd "name" \\ {,}`);
  const entries = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 256));
  const segment = segmentAfter(start, entries.toString("latin1"), 3);

  expect(await journal.append([segment])).toEqual(new Set([start.shard]));

  const [stored] = await collect(journal.readSegments(start.shard, 0));
  expect({ ...stored, committedAt: 0 }).toEqual({ ...segment, committedAt: 0 });
  const head = (await journal.heads([start.shard])).get(start.shard);
  expect(head).toMatchObject({ headSeq: 3, headHash: segment.hash, epoch: start.epoch, owner: "host-1" });
});

test.each([
  ["an old epoch", { epoch: 0 }],
  ["an epoch nobody claimed", { epoch: 99 }],
  ["a gap", { headSeq: 5 }],
  ["another head hash", { headHash: Buffer.alloc(32, 7) }],
])("%s writes nothing", async (name, change) => {
  const { journal } = fixture;
  const start = await openShard(journal, `refused: ${name}`);

  expect(await journal.append([segmentAfter({ ...start, ...change })])).toEqual(new Set());

  expect(await collect(journal.readSegments(start.shard, 0))).toEqual([]);
  expect((await journal.heads([start.shard])).get(start.shard)).toMatchObject({ headSeq: 0 });
});

test("the same segment again writes nothing", async () => {
  const { journal } = fixture;
  const segment = segmentAfter(await openShard(journal, "twice"));
  await journal.append([segment]);

  expect(await journal.append([segment])).toEqual(new Set());
  expect(await collect(journal.readSegments("twice", 0))).toHaveLength(1);
});

test("a batch with one stale shard writes the others only", async () => {
  const { journal } = fixture;
  const owned = await Promise.all(["mixed-1", "mixed-2", "mixed-3"].map((shard) => openShard(journal, shard)));
  await journal.claim("mixed-2", "host-2");

  expect(await journal.append(owned.map((at) => segmentAfter(at)))).toEqual(new Set(["mixed-1", "mixed-3"]));
  expect(await collect(journal.readSegments("mixed-2", 0))).toEqual([]);
});

test("a closed shard takes nothing more, and only its owner closes it", async () => {
  const { journal } = fixture;
  const start = await openShard(journal, "closing");

  expect(await journal.closeShard("closing", start.epoch - 1)).toBe(false);
  expect(await journal.closeShard("closing", start.epoch)).toBe(true);
  expect(await journal.append([segmentAfter(start)])).toEqual(new Set());
});

test("two owners forced against each other: every stored segment is of the epoch that owned the shard", async () => {
  const { journal, url } = fixture;
  const rival = createJournalStore({ url });
  const shard = "contested";
  await journal.createShard(shard, "auction");
  let accepted = 0;
  let refused = 0;
  const own = async (store: typeof journal, owner: string) => {
    for (let takeover = 0; takeover < 100; takeover += 1) {
      let at: Position = { shard, ...(await store.claim(shard, owner)) };
      for (let turn = 0; turn < 5; turn += 1) {
        const segment = segmentAfter(at, `${owner} ${takeover}`);
        if (!(await store.append([segment])).has(shard)) {
          refused += 1;
          break;
        }
        accepted += 1;
        at = positionAfter(segment);
      }
    }
  };
  await Promise.all([own(journal, "host-1"), own(rival, "host-2")]);
  await rival.close();

  const segments = await collect(journal.readSegments(shard, 0));
  expect(segments).toHaveLength(accepted);
  expect(refused).toBeGreaterThan(0);
  const epochs = segments.map(({ epoch }) => epoch);
  expect(epochs).toEqual([...epochs].sort((left, right) => left - right));
  expect(segments.map(({ firstSeq }) => firstSeq)).toEqual(segments.map((_, index) => index + 1));
});

test("a claim waits for a running append of the old epoch and returns its head", async () => {
  const { journal, url } = fixture;
  const start = await openShard(journal, "slow");
  const sql = postgres(url, { max: 2 });
  let claimed = false;
  let claim: Promise<{ headSeq: number }> | undefined;
  await sql.begin(async (running) => {
    // What an append holds while it waits for the disk: the head's row, changed and not committed.
    await running`update shards set head_seq = 7 where shard = 'slow' and epoch = ${start.epoch}`;
    claim = journal.claim("slow", "host-2").finally(() => {
      claimed = true;
    });
    await waitingForLock(sql);
    expect(claimed).toBe(false);
  });
  expect(await claim).toMatchObject({ headSeq: 7, epoch: start.epoch + 1 });
  await sql.end();
});

test("an append that runs into an uncommitted claim waits, then writes nothing", async () => {
  const { journal, url } = fixture;
  const start = await openShard(journal, "overtaken");
  const sql = postgres(url, { max: 2 });
  let append: Promise<ReadonlySet<string>> | undefined;
  await sql.begin(async (claiming) => {
    await claiming`update shards set epoch = epoch + 1 where shard = 'overtaken'`;
    append = journal.append([segmentAfter(start)]);
    await waitingForLock(sql);
  });
  expect(await append).toEqual(new Set());
  await sql.end();
});

test("claiming an unknown shard is a fault, creating a known one changes nothing", async () => {
  const { journal } = fixture;
  await expect(journal.claim("nowhere", "host-1")).rejects.toMatchObject({ code: "shard_not_found" });

  const start = await openShard(journal, "known");
  await journal.createShard("known", "matching");
  const head = (await journal.heads(["known"])).get("known");
  expect(head).toMatchObject({ epoch: start.epoch, mechanism: "auction", headHash: start.headHash });
});

test("the database itself refuses to change, delete or truncate journal rows, also for their owner", async () => {
  const { journal, url } = fixture;
  await journal.append([segmentAfter(await openShard(journal, "kept"))]);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  for (const statement of [
    "update journal_segments set entries = '' where shard = 'kept'",
    "delete from journal_segments where shard = 'kept'",
    "truncate journal_segments",
  ]) {
    await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: "KJ001" });
  }
  await sql.end();
  const kept: Segment[] = await collect(journal.readSegments("kept", 0));
  expect(kept).toHaveLength(1);
});

/** Resolves when some session of this database waits for a row lock. */
async function waitingForLock(sql: postgres.Sql): Promise<void> {
  await expect
    .poll(
      async () =>
        (await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
          .length,
      { timeout: 10_000, interval: 10 },
    )
    .toBeGreaterThan(0);
}
