import postgres from "postgres";
import { expect, test } from "vitest";
import type { JournalStore } from "../src/index.ts";
import { chainPointOf, createJournalStore, genesisHash, verifyChain } from "../src/index.ts";
import type { Position } from "./given.ts";
import { collect, givenJournal, openShard, positionAfter, segmentAfter } from "./given.ts";

const fixture = givenJournal();

/** Appends segments of the given sizes one after another. */
async function fill(journal: JournalStore, shard: string, sizes: readonly number[]): Promise<Position> {
  let at = await openShard(journal, shard);
  for (const [index, size] of sizes.entries()) {
    const segment = segmentAfter(at, `${shard} ${index}`, size);
    await journal.append([segment]);
    at = positionAfter(segment);
  }
  return at;
}

test.each([1, 2, 100])("a shard is read back in order, %i segments a page, from any point", async (batch) => {
  const { journal } = fixture;
  const shard = `tail by ${batch}`;
  await fill(journal, shard, [2, 1, 3, 1, 5]);
  const firstsAfter = async (after: number) =>
    (await collect(journal.readSegments(shard, after, { batch }))).map(({ firstSeq }) => firstSeq);

  expect(await firstsAfter(0)).toEqual([1, 3, 4, 7, 8]);
  expect(await firstsAfter(3)).toEqual([4, 7, 8]);
  expect(await firstsAfter(4)).toEqual([4, 7, 8]); // Inside a segment: it is needed whole.
  expect(await firstsAfter(11)).toEqual([8]);
  expect(await firstsAfter(12)).toEqual([]);
});

test.each([1, 3, 100])("many shards are read in one pass, %i segments a page", async (batch) => {
  const { journal } = fixture;
  const names = ["c", "a", "b"].map((name) => `${name} of ${batch}`);
  for (const name of names) await fill(journal, name, [1, 2, 1]);
  const read = async (after?: ReadonlyMap<string, number>) =>
    (await collect(journal.readAll(after ? { after, batch } : { batch })))
      .filter(({ shard }) => names.includes(shard))
      .map(({ shard, firstSeq }) => `${shard}: ${firstSeq}`);

  const everything = [...names].sort().flatMap((name) => [`${name}: 1`, `${name}: 2`, `${name}: 4`]);
  expect(await read()).toEqual(everything);
  const after = new Map(names.map((name, place) => [name, place === 1 ? 4 : 1]));
  expect(await read(after)).toEqual(
    [2, 4].flatMap((seq) => [`${names[0]}: ${seq}`]).concat([2, 4].map((seq) => `${names[2]}: ${seq}`)),
  );
  expect(await read(new Map())).toEqual([]);
});

test("a reader may stop early", async () => {
  const { journal } = fixture;
  await fill(journal, "left early", [1, 1, 1, 1]);
  for await (const { firstSeq } of journal.readSegments("left early", 0, { batch: 1 })) if (firstSeq === 2) break;
  expect(await journal.heads(["left early"])).toHaveLength(1);
});

test("a chain read back is intact; a row changed behind the back of the database's own guard is found", async () => {
  const { journal, url } = fixture;
  const shard = "tampered";
  await fill(journal, shard, [1, 2, 3]);
  const head = (await journal.heads([shard])).get(shard);
  const verify = () =>
    verifyChain(journal.readSegments(shard, 0), {
      after: { seq: 0, hash: genesisHash(shard, "auction") },
      ...(head ? { head: chainPointOf(head) } : {}),
    });
  expect(await verify()).toMatchObject({ kind: "intact", segments: 3 });

  const sql = postgres(url, { max: 1 });
  await sql`alter table journal_segments disable trigger all`;
  await sql`update journal_segments set entries = set_byte(entries, 0, 0) where shard = ${shard} and first_seq = 2`;
  expect(await verify()).toMatchObject({ kind: "broken", fault: { shard, seq: 2, reason: "hash_mismatch" } });
  await sql`delete from journal_segments where shard = ${shard} and first_seq = 2`;
  expect(await verify()).toMatchObject({ kind: "broken", fault: { shard, seq: 4, reason: "sequence_gap" } });
  await sql`delete from journal_segments where shard = ${shard}`;
  expect(await verify()).toMatchObject({ kind: "broken", fault: { reason: "head_mismatch" } });
  await sql`alter table journal_segments enable always trigger journal_segments_append_only`;
  await sql.end();
});

test("silence of the database makes an append's outcome unknown; a claim then settles it", async () => {
  const { journal, url } = fixture;
  const start = await openShard(journal, "silent");
  const impatient = createJournalStore({ url, appendTimeoutMs: 200, writers: 1 });
  const sql = postgres(url, { max: 1 });
  await sql.begin(async (holding) => {
    await holding`select 1 from shards where shard = 'silent' for update`;
    await expect(impatient.append([segmentAfter(start)])).rejects.toMatchObject({ outcome: "UNKNOWN" });
  });
  await sql.end();

  const claim = await impatient.claim("silent", "host-1");
  const stored = await collect(impatient.readSegments("silent", 0));
  expect(claim.headSeq).toBe(stored.length); // There or not, but never to arrive later.
  const next = segmentAfter({ shard: "silent", ...claim });
  expect(await impatient.append([next])).toEqual(new Set(["silent"]));
  await impatient.close();
});

test("a writer whose backend is killed says unknown once and works again", async () => {
  const { journal, url } = fixture;
  const start = await openShard(journal, "killed");
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  let append: Promise<unknown> | undefined;
  await sql.begin(async (holding) => {
    await holding`select 1 from shards where shard = 'killed' for update`;
    append = journal.append([segmentAfter(start)]);
    append.catch(() => {});
    const victims = () => sql`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = 'kontor-journal' and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await victims()).length).toBe(1);
    for (const { pid } of await victims()) await sql`select pg_terminate_backend(${pid})`;
    await expect(append).rejects.toMatchObject({ name: "JournalWriteError", outcome: "UNKNOWN" });
  });
  await sql.end();
  expect(await journal.append([segmentAfter(start)])).toEqual(new Set(["killed"]));
});

test("when every writer is waiting, a further append is refused unsent", async () => {
  const { journal, url } = fixture;
  const [first, second] = [await openShard(journal, "queue-1"), await openShard(journal, "queue-2")];
  const narrow = createJournalStore({ url, appendTimeoutMs: 300, writers: 1 });
  const sql = postgres(url, { max: 1 });
  await sql.begin(async (holding) => {
    await holding`select 1 from shards where shard = 'queue-1' for update`;
    const held = narrow.append([segmentAfter(first)]);
    const behind = narrow.append([segmentAfter(second)]);
    await expect(behind).rejects.toMatchObject({ outcome: "NOT_APPLIED" });
    await expect(held).rejects.toMatchObject({ outcome: "UNKNOWN" });
  });
  await sql.end();
  expect(await collect(journal.readSegments("queue-2", 0))).toEqual([]);
  await narrow.close();
});

test("a closed journal refuses appends unsent, and one batch holds a shard once", async () => {
  const { journal, url } = fixture;
  const at = await openShard(journal, "misuse");
  await expect(journal.append([segmentAfter(at), segmentAfter(at)])).rejects.toThrow(RangeError);

  const closing = createJournalStore({ url });
  await closing.close();
  await expect(closing.append([segmentAfter(at)])).rejects.toMatchObject({ outcome: "NOT_APPLIED" });
});
