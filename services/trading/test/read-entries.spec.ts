import type { JournalEntry, Segment } from "@kontor/db";
import { encodeEntries, genesisHash, textOf } from "@kontor/db";
import { systemActor } from "@kontor/kernel";
import { expect, test } from "vitest";
import { readEntries, readRows } from "../src/read-entries.ts";
import { member, shardA } from "./world.ts";

function segmentOf(entries: Uint8Array, lastSeq: number, firstSeq = 1): Segment {
  const hash = genesisHash(shardA, "toy");
  return { shard: shardA, epoch: 1, firstSeq, lastSeq, entries, prevHash: hash, hash, committedAt: 0 };
}

const list = Array.from({ length: 200 }, (_, index): JournalEntry => {
  const command = { type: "add_note", text: `note ${index} \u2028 é` };
  const by = index % 3 === 0 ? systemActor : member("acme");
  const keyed = index % 3 === 0 ? { key: null, fingerprint: null } : { key: `key-${index}`, fingerprint: `f${index}` };
  const outcome = index % 7 === 0 ? { rejection: { code: "no", index } } : { events: [command] };
  return { seq: index + 1, at: index * 3 + 1, actor: by, ...keyed, command, ...outcome };
});

test("row by row the entries say what they say as a whole", () => {
  const segment = segmentOf(encodeEntries(list), list.length);
  expect(readEntries(segment)).toEqual(list);
  const seen: unknown[] = [];
  readRows(segment, ({ seq, at, actor, key, fingerprint, outcome, outcomeCell, command }) => {
    expect(command).toBeNull();
    seen.push({ seq, at, actor: JSON.parse(actor), key, fingerprint, [outcome]: JSON.parse(textOf(outcomeCell)) });
  });
  expect(seen).toEqual(list.map(({ command: _, ...rest }) => rest));
});

const two = encodeEntries(list.slice(0, 2));

test.each([
  ["too few", segmentOf(two, 3)],
  ["too many", segmentOf(two, 1)],
  ["of other numbers", segmentOf(two, 3, 2)],
  ["cut off", segmentOf(two.subarray(0, -1), 2)],
])("entries that their segment does not promise are corrupt: %s", (_name, segment) => {
  for (const read of [() => readEntries(segment), () => readRows(segment, () => {})]) {
    expect(read).toThrow(expect.objectContaining({ code: "journal_corrupt" }));
  }
});

test("what goes wrong with a row is not mistaken for an unreadable one", () => {
  const failure = new Error("the engine");
  const fail = () => {
    throw failure;
  };
  expect(() => readRows(segmentOf(encodeEntries(list), list.length), fail)).toThrow(failure);
});
