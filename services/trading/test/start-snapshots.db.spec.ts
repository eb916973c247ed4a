import type { JournalStore } from "@kontor/db";
import { expect, test } from "vitest";
import { mechanisms, startSnapshots } from "../src/index.ts";
import type { SnapshotDue } from "../src/snapshot-writes.ts";
import { createSnapshotWrite } from "../src/snapshot-writes.ts";
import { openDatabaseJournal } from "./database-journal.ts";
import { tenderId, trade } from "./given-trading.ts";

async function dueNow(journal: JournalStore): Promise<SnapshotDue> {
  const head = (await journal.heads([tenderId])).get(tenderId);
  if (head === undefined) throw new Error("nothing was traded");
  const { headSeq: seq, headHash: hash, mechanism, epoch } = head;
  return { shard: tenderId, mechanism, epoch, seq, hash, stateHash: null };
}

test("a host's snapshots are written by the thread, the same as this one would write", async () => {
  await using database = await openDatabaseJournal();
  const { journal, url } = database;
  const snapshots = startSnapshots({ databaseUrl: url, onBadSnapshot: () => {} });
  const writeSnapshot = snapshots.write;
  await trade("host", { journal, writeSnapshot, options: { snapshotEveryCommands: 3, snapshotOnStop: true } });
  await snapshots.stop();
  const theirs = await journal.snapshots.latest(tenderId);
  const due = await dueNow(journal);
  expect(theirs).toMatchObject({ shard: tenderId, seq: due.seq });
  const load = { journal, mechanisms, keyWindowMax: 10_000, onBadSnapshot: () => {} };
  expect(await createSnapshotWrite(journal, load)(due)).toEqual({ kind: "written" });
  expect((await journal.snapshots.latest(tenderId))?.state).toEqual(theirs?.state);
});

test("it tells of a journal that does not end where it should, and of a live state that is another", async () => {
  await using database = await openDatabaseJournal();
  const { journal, url } = database;
  await trade("host", { journal });
  const snapshots = startSnapshots({ databaseUrl: url, onBadSnapshot: () => {} });
  const due = await dueNow(journal);
  expect(await snapshots.write({ ...due, hash: new Uint8Array(32) })).toMatchObject({
    kind: "unreadable",
    error: expect.stringContaining("head_mismatch"),
  });
  expect(await snapshots.write({ ...due, stateHash: "another" })).toMatchObject({ kind: "differs" });
  expect(await journal.snapshots.latest(tenderId)).toBeUndefined();
  expect(await snapshots.write(due)).toEqual({ kind: "written" });
  await snapshots.stop();
});

test("a stored snapshot that was damaged is told of, and the shard read from its start", async () => {
  await using database = await openDatabaseJournal();
  const { journal, url } = database;
  await trade("host", { journal, options: { snapshotOnStop: true } });
  const stored = await journal.snapshots.latest(tenderId);
  if (stored === undefined) throw new Error("no snapshot");
  await journal.snapshots.put({ ...stored, seq: stored.seq - 1, stateHash: new Uint8Array(32) });
  await journal.snapshots.put({ ...stored, stateHash: new Uint8Array(32) });
  const bad: string[] = [];
  const snapshots = startSnapshots({ databaseUrl: url, onBadSnapshot: (shard, message) => bad.push(shard, message) });
  expect(await snapshots.write(await dueNow(journal))).toEqual({ kind: "written" });
  await snapshots.stop();
  expect(bad).toEqual([tenderId, expect.stringContaining("snapshot_hash")]);
  expect((await journal.snapshots.latest(tenderId))?.state).toEqual(stored.state);
});

test("where no database answers the write fails, and after the stop as well", async () => {
  const snapshots = startSnapshots({ databaseUrl: "postgres://nobody@127.0.0.1:1/none", onBadSnapshot: () => {} });
  const due: SnapshotDue = {
    ...{ shard: tenderId, mechanism: "tender", epoch: 1, seq: 1 },
    ...{ hash: new Uint8Array(32), stateHash: null },
  };
  await expect(snapshots.write(due)).rejects.toThrow();
  await snapshots.stop();
  await expect(snapshots.write(due)).rejects.toThrow("shutting_down");
});
