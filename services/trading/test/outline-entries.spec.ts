import type { JournalEntry, Segment } from "@kontor/db";
import { decodeEntries, encodeEntries, genesisHash } from "@kontor/db";
import { systemActor } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { entryLine } from "../src/entry-line.ts";
import { keyIdOf } from "../src/key-window.ts";
import { createScopeCache, eventsOf, outlineEntries } from "../src/outline-entries.ts";
import { readEntries } from "../src/read-entries.ts";
import { member, shardA } from "./world.ts";

function segmentOf(entries: Uint8Array, lastSeq: number, firstSeq = 1): Segment {
  const hash = genesisHash(shardA, "toy");
  return { shard: shardA, epoch: 1, firstSeq, lastSeq, entries, prevHash: hash, hash, committedAt: 0 };
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom('","key":"', '],"events":[', "\\", "\n"),
);
/** Members are named by identifiers, in whatever a mechanism journals. */
const name = fc.oneof(fc.stringMatching(/^[a-z]{1,6}$/), fc.constantFrom("events", "rejection", "key", "fingerprint"));
const value = fc.oneof(text, fc.nat(), fc.array(text, { maxLength: 2 }));
const content = fc.dictionary(name, value, { maxKeys: 4 });
const actor = fc.oneof(
  fc.constant(systemActor),
  fc.tuple(text, text).map(([company, user]) => member(company, user)),
);
const entry = fc.record({
  actor,
  key: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)),
  command: content.map((members) => ({ ...members, type: "any" })),
  outcome: fc.oneof(
    fc.array(content, { maxLength: 3 }).map((events) => ({ events })),
    content.map((rejection) => ({ rejection: { ...rejection, code: "any" } })),
  ),
});

/** Entries numbered and stamped from 1, with a fingerprint where there is a key. */
const entries = fc.array(entry, { minLength: 1, maxLength: 5 }).map((list) =>
  list.map(({ actor: by, key, command, outcome }, index) => {
    const fingerprint = key === null ? null : "print-of-43-letters";
    return { seq: index + 1, at: (index + 1) * 7, actor: by, key, fingerprint, command, ...outcome } as JournalEntry;
  }),
);

test("an outline tells of any entry what the whole entry tells", () => {
  fc.assert(
    fc.property(entries, (list) => {
      const segment = segmentOf(encodeEntries(list), list.length);
      const whole = readEntries(segment);
      expect(whole).toEqual(JSON.parse(JSON.stringify(list)));
      const outlines = outlineEntries(segment, createScopeCache());
      expect(outlines.map(({ line }) => JSON.parse(line))).toEqual(whole);
      expect(
        outlines.map((one) => ({ at: one.at, id: one.id, fingerprint: one.fingerprint, events: eventsOf(one) })),
      ).toEqual(
        whole.map(({ at, actor: by, key, fingerprint, events = [] }) => ({
          at,
          id: key === null ? null : keyIdOf(by, key),
          fingerprint: fingerprint ?? "",
          events,
        })),
      );
    }),
    { seed: 5, numRuns: 500 },
  );
});

test("the line that the host writes is the entry", () => {
  fc.assert(
    fc.property(entries, (list) => {
      const lines = list.map(({ seq, at, actor: by, key, fingerprint, command, events, rejection }) =>
        entryLine({
          seq,
          at,
          actor: by,
          key,
          fingerprint,
          entropy: seq === 1 ? "ab" : null,
          command: JSON.stringify(command),
          outcome: events ? "events" : "rejection",
          outcomeText: JSON.stringify(events ?? rejection),
        }),
      );
      const [first, ...rest] = readEntries(segmentOf(Buffer.from(lines.join("")), list.length));
      const [wanted, ...others] = JSON.parse(JSON.stringify(list)) as JournalEntry[];
      expect(first).toEqual({ ...wanted, entropy: "ab" });
      expect(rest).toEqual(others);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test.each([
  ["a line too few", 3, 1],
  ["a line too many", 1, 1],
  ["other numbers", 3, 2],
])("entries that their segment does not promise are corrupt: %s", (_name, lastSeq, firstSeq) => {
  const head = { actor: systemActor, key: null, fingerprint: null, command: {}, events: [] };
  const bytes = encodeEntries([1, 2].map((seq) => ({ ...head, seq, at: seq })));
  const segment = segmentOf(bytes, lastSeq, firstSeq);
  for (const read of [() => readEntries(segment), () => outlineEntries(segment, createScopeCache())]) {
    expect(read).toThrow(expect.objectContaining({ code: "journal_corrupt" }));
  }
});

test("long segments are packed and read the same", () => {
  const list = Array.from({ length: 200 }, (_, index): JournalEntry => {
    const command = { type: "add_note", text: `note ${index} \u2028 é` };
    const key = `key-${index}`;
    return { seq: index + 1, at: index + 1, actor: member("acme"), key, fingerprint: "f", command, events: [command] };
  });
  const bytes = encodeEntries(list);
  expect(bytes.length).toBeLessThan(JSON.stringify(list).length / 5);
  expect(decodeEntries(bytes)).toEqual(list);
  const segment = segmentOf(bytes, list.length);
  expect(readEntries(segment)).toEqual(list);
  expect(outlineEntries(segment, createScopeCache()).map((outline) => eventsOf(outline)[0])).toEqual(
    list.map(({ command }) => command),
  );
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
  for (const read of [() => decodeEntries(bytes), () => outlineEntries(segment, createScopeCache())]) {
    expect(read).toThrow(expect.objectContaining({ code: "journal_corrupt" }));
  }
});
