import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { describe, expect, test } from "vitest";
import type { JournalEntry, Segment } from "../src/index.ts";
import { decodeEntries, encodeEntries, findEntry, keyScopeOf, outcomeOf } from "../src/index.ts";

const actor: Actor = { kind: "member", userId: "ada", companyId: "wire-works", marketplaceId: "metals" };
const shard = "77777777-7777-4777-8777-777777777777";

function entry(seq: number, changes: Partial<JournalEntry> = {}): JournalEntry {
  const keyed = { key: `key-${seq}`, fingerprint: `f${seq}` };
  return { seq, at: seq * 10, actor, ...keyed, command: { type: "c" }, events: [], ...changes } as JournalEntry;
}

describe("entries as bytes", () => {
  const entries = [
    entry(1, { entropy: "5eed", command: { text: "line\nfeed, ünïcode \u2028" } }),
    entry(2, { events: [{ type: "happened" }] }),
    { seq: 3, at: 90, actor: systemActor, key: null, fingerprint: null, command: {}, rejection: { code: "no" } },
  ] satisfies JournalEntry[];

  test("come back as they were", () => {
    expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
    expect(decodeEntries(encodeEntries([]))).toEqual([]);
  });

  test("are packed when they are many", () => {
    const many = Array.from({ length: 200 }, (_, index) => entry(index + 1, { command: { index } }));
    const bytes = encodeEntries(many);
    expect(bytes.length).toBeLessThan(JSON.stringify(many).length / 5);
    expect(decodeEntries(bytes)).toEqual(many);
  });

  test("that cannot be read tell which was the last that could", () => {
    const bytes = Buffer.from(encodeEntries(entries)).toString().replace('{"code"', '{"code');
    expect(() => decodeEntries(Buffer.from(bytes))).toThrow(
      expect.objectContaining({ code: "journal_corrupt", detail: { afterSeq: 2 } }),
    );
    expect(() => decodeEntries(Buffer.from([0xff, 0xfe, 0x0a]))).toThrow(
      expect.objectContaining({ code: "journal_corrupt", detail: { afterSeq: 0 } }),
    );
  });

  test("are numbered without gaps", () => {
    expect(() => encodeEntries([entry(2), entry(4)])).toThrow();
    expect(() => encodeEntries([entry(2, { entropy: "5eed" })])).toThrow();
  });
});

describe("outcomes", () => {
  test("belong to the company that asked, or to the person who has none", () => {
    expect(keyScopeOf(actor)).toBe("c/wire-works");
    expect(keyScopeOf({ ...actor, userId: "bob" })).toBe(keyScopeOf(actor));
    expect(keyScopeOf({ ...actor, companyId: null })).toBe("u/ada");
  });

  test("say where the entry is, and nothing of what it says", () => {
    const secret = entry(4, { events: [{ price: "8765.43" }] });
    expect(outcomeOf(secret, shard)).toEqual({ scope: "c/wire-works", commandKey: "key-4", shard, seq: 4 });
    expect(outcomeOf(entry(5, { key: null, fingerprint: null }), shard)).toBeUndefined();
  });

  test("lead back to their entry", async () => {
    const segment = (epoch: number, entries: readonly JournalEntry[]) =>
      ({ shard, epoch, entries: encodeEntries(entries) }) as Segment;
    const segments = [segment(1, [entry(1), entry(2)]), segment(2, [entry(3)])];
    const journal = {
      async *readSegments(_: string, after: number) {
        yield* segments.filter(({ entries }) => (decodeEntries(entries).at(-1)?.seq ?? 0) > after);
      },
    };
    expect(await findEntry(journal, shard, 2)).toEqual({ entry: entry(2), epoch: 1 });
    expect(await findEntry(journal, shard, 3)).toEqual({ entry: entry(3), epoch: 2 });
    expect(await findEntry(journal, shard, 4)).toBeUndefined();
  });
});
