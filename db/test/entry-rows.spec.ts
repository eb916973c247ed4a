import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../src/index.ts";
import { decodeEntries, EntryRowsReader, EntryRowsWriter, encodeEntries, textOf, unpackText } from "../src/index.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("", "\t", "\n", "\\", '"', '0"1', "!", "+", ":", "ab", "abc"),
);
const value = fc.oneof(text, fc.nat(), fc.array(text, { maxLength: 3 }), fc.constant(null));
/** Few names, so that forms come again. */
const content = fc.dictionary(fc.constantFrom("type", "events", "a", "b", 'odd"name'), value, { maxKeys: 4 });
const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant(systemActor),
  fc.record({
    kind: fc.constant("member" as const),
    userId: text,
    companyId: fc.option(text),
    marketplaceId: fc.option(text),
  }),
);
const entry = fc.record({
  after: fc.nat({ max: 2_000_000 }),
  actor,
  key: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)),
  command: content,
  outcome: fc.oneof(
    fc.array(content, { maxLength: 3 }).map((events) => ({ events })),
    content.map((rejection) => ({ rejection })),
  ),
});

const lists = fc
  .record({ firstSeq: fc.integer({ min: 1, max: 1_000_000 }), list: fc.array(entry, { minLength: 1, maxLength: 12 }) })
  .map(({ firstSeq, list }) => {
    let at = 1_795_319_839_298_121;
    return list.map(({ after, actor: by, key, command, outcome }, index) => {
      at += after;
      const fingerprint = key === null ? null : "print-of-43-letters";
      const entropy = firstSeq + index === 1 ? { entropy: "5eed" } : {};
      return {
        seq: firstSeq + index,
        at,
        actor: by,
        key,
        fingerprint,
        ...entropy,
        command,
        ...outcome,
      } as JournalEntry;
    });
  });

describe("entries as rows", () => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(decodeEntries(encodeEntries(list))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  test("tell their outcomes to who does not read the commands too", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const rows = new EntryRowsReader(unpackText(encodeEntries(list)), { commands: false });
        for (const { seq, at, key, events, rejection } of list) {
          expect(rows.next()).toBe(true);
          expect([rows.seq, rows.at, rows.key]).toEqual([seq, at, key]);
          expect(rows.outcome).toBe(events === undefined ? "rejection" : "events");
          expect(JSON.parse(textOf(rows.outcomeCell))).toEqual(JSON.parse(JSON.stringify(events ?? rejection)));
        }
        expect(rows.next()).toBe(false);
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  const many = Array.from({ length: 100 }, (_, index) => index);
  const head = { actor: systemActor, key: null, fingerprint: null };
  test.each([
    ["more forms than a column has signs for", many.map((index) => ({ [`name${index}`]: "x", and: "y" }))],
    ["more values than a form has signs for", many.slice(0, 3).map((add) => many.map((index) => `v${index + add}`))],
  ])("come back also with %s", (_, contents) => {
    const twice = [...contents, ...contents];
    const list = twice.map((command, index): JournalEntry => {
      return { ...head, seq: index + 1, at: index + 1, command, events: [command] };
    });
    expect(decodeEntries(encodeEntries(list))).toEqual(list);
  });

  test("repeat nothing of what is like the row before", () => {
    const long = "copper cathode, grade A".repeat(4);
    const list = [1, 2, 3].map((seq): JournalEntry => {
      return {
        ...head,
        seq,
        at: 100 + seq,
        command: { type: "note", long },
        events: [{ type: "noted", long, seq: `${seq}` }],
      };
    });
    const [, first, second, third] = unpackText(encodeEntries(list)).split("\n");
    expect(first).toContain(long);
    expect([second, third]).toEqual(['1\t0\t\t\t0\te0"22', '1\t0\t\t\t0\te0"23']);
  });
});

describe("rows that nobody has written", () => {
  const good = new EntryRowsWriter(4);
  const texts = { at: 9, actor: '{"kind":"system"}', key: "k", fingerprint: "f", entropy: null, command: '{"a":"b"}' };
  good.add({ ...texts, outcome: "events", outcomeText: '[{"c":"d"}]' });
  good.add({ ...texts, outcome: "events", outcomeText: '[{"c":"e"}]' });

  test.each([
    ["of another format", (rows: string) => rows.replace("rows.1", "rows.2")],
    ["without a number", (rows: string) => rows.replace(" 4\n", " four\n")],
    ["of lines of JSON", () => '{"seq":1}\n'],
    ["with a row cut off", (rows: string) => rows.slice(0, -1)],
    ["with a cell too few", (rows: string) => rows.replace("9\t", "")],
    ["with a stamp that is none", (rows: string) => rows.replace("9\t", "nine\t")],
    ["with an unknown actor", (rows: string) => rows.replace("\n0\t0", "\n0\t1")],
    ["with an unknown form", (rows: string) => rows.replace('e0"', 'e1"')],
    ["with an unknown value", (rows: string) => rows.replace('e0"0', 'e0"1')],
    ["with an outcome of no kind", (rows: string) => rows.replace("\te0", "\tx0")],
    ["with an outcome that is no JSON", (rows: string) => rows.replace('"c":"d"', '"c"')],
  ])("are corrupt: %s", (_, spoil) => {
    expect(decodeEntries(Buffer.from(good.text))).toHaveLength(2);
    expect(spoil(good.text)).not.toBe(good.text);
    expect(() => decodeEntries(Buffer.from(spoil(good.text)))).toThrow(
      expect.objectContaining({ code: "journal_corrupt" }),
    );
  });
});
