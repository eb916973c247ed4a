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
  test("come back as they were, line by line", () => {
    const entries = [
      entry(7, { entropy: "5eed", command: { text: "line\nfeed, ünïcode \u2028" } }),
      entry(8, { events: [{ type: "happened" }] }),
      { seq: 9, at: 90, actor: systemActor, key: null, fingerprint: null, command: {}, rejection: { code: "no" } },
    ] satisfies JournalEntry[];
    const bytes = encodeEntries(entries);
    expect(decodeEntries(bytes)).toEqual(entries);
    expect(Buffer.from(bytes).toString().split("\n")).toHaveLength(4);
    expect(decodeEntries(new Uint8Array())).toEqual([]);
  });

  test.each([
    ["are no JSON", "nonsense\n", 0],
    ["end in the middle of a line", '{"seq":1}\n{"seq":2}', 1],
    ["hold an entry without a number", '{"seq":1}\n{"at":5}\n', 1],
    ["go back", '{"seq":5}\n{"seq":5}\n', 5],
    ["are no text", Buffer.from([0xff, 0xfe, 0x0a]), 0],
  ])("that %s are corrupt", (_, bytes, afterSeq) => {
    expect(() => decodeEntries(Buffer.from(bytes))).toThrow(
      expect.objectContaining({ code: "journal_corrupt", detail: { afterSeq } }),
    );
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
    const outcome = outcomeOf(secret, { shard, epoch: 3 });
    expect(outcome).toEqual({
      scope: "c/wire-works",
      commandKey: "key-4",
      fingerprint: "f4",
      shard,
      seq: 4,
      at: 40,
      answer: { epoch: 3 },
    });
    expect(outcomeOf(entry(5, { key: null, fingerprint: null }), { shard, epoch: 3 })).toBeUndefined();
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
