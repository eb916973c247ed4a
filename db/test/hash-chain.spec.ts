import { describe, expect, test } from "vitest";
import type { ChainedSegment } from "../src/index.ts";
import { genesisHash, segmentHash, verifyChain } from "../src/index.ts";

const start = { seq: 0, hash: genesisHash("lot-1", "auction") };

function chainOf(length: number): ChainedSegment[] {
  const segments: ChainedSegment[] = [];
  let { seq, hash } = start;
  for (let index = 0; index < length; index += 1) {
    const header = { shard: "lot-1", epoch: 1 + Math.floor(index / 2), firstSeq: seq + 1, lastSeq: seq + 2 };
    const entries = Buffer.from(`entries ${index}`);
    const next = segmentHash(hash, header, entries);
    segments.push({ ...header, entries, prevHash: hash, hash: next });
    seq += 2;
    hash = next;
  }
  return segments;
}

const headOf = (segments: readonly ChainedSegment[]) => {
  const last = segments.at(-1);
  return last ? { seq: last.lastSeq, hash: last.hash } : start;
};

describe("verifyChain", () => {
  const chain = chainOf(5);
  const head = headOf(chain);
  const changed = (index: number, change: Partial<ChainedSegment>) =>
    chain.map((segment, place) => (place === index ? { ...segment, ...change } : segment));
  /** Changes a segment and makes its own hash right again, as somebody who knows the format would. */
  const rehashed = (index: number, change: Partial<ChainedSegment>) =>
    changed(index, change).map((segment, place) =>
      place === index ? { ...segment, hash: segmentHash(segment.prevHash, segment, segment.entries) } : segment,
    );

  test("accepts an untouched chain, whole or from any point on", async () => {
    expect(await verifyChain(chain, { after: start, head })).toEqual({ kind: "intact", head, segments: 5 });
    const [first, ...rest] = chain;
    const after = first ? headOf([first]) : start;
    expect(await verifyChain(rest, { after, head })).toEqual({ kind: "intact", head, segments: 4 });
    expect(await verifyChain([], { after: start, head: start })).toMatchObject({ kind: "intact", segments: 0 });
  });

  test.each([
    ["an edited entry", changed(2, { entries: Buffer.from("entries X") }), "hash_mismatch at 5"],
    [
      "an edited entry with its hash made right",
      rehashed(2, { entries: Buffer.from("entries X") }),
      "link_broken at 7",
    ],
    ["an edited epoch", changed(2, { epoch: 3 }), "hash_mismatch at 5"],
    ["an epoch that goes back", rehashed(4, { epoch: 1 }), "epoch_decreased at 9"],
    ["a segment of another shard", changed(2, { shard: "lot-2" }), "hash_mismatch at 5"],
    ["a dropped segment", chain.filter((_, place) => place !== 2), "sequence_gap at 7"],
    [
      "a repeated segment",
      chain.flatMap((segment, place) => (place === 2 ? [segment, segment] : [segment])),
      "sequence_gap at 5",
    ],
    ["segments in another order", [...chain].reverse(), "sequence_gap at 9"],
    ["a shorter range", changed(2, { lastSeq: 5 }), "hash_mismatch at 5"],
    ["a range turned round", changed(2, { lastSeq: 4 }), "sequence_gap at 5"],
    ["a cut tail", chain.slice(0, 3), "head_mismatch at 6"],
    ["a last segment with its hash made right", rehashed(4, { entries: Buffer.from("X") }), "head_mismatch at 10"],
  ] as const)("finds %s", async (_, segments, fault) => {
    const verdict = await verifyChain(segments, { after: start, head });
    expect(verdict.kind === "broken" && `${verdict.fault.reason} at ${verdict.fault.seq}`).toBe(fault);
  });

  test("finds a chain that starts from another shard or mechanism", async () => {
    for (const hash of [genesisHash("lot-2", "auction"), genesisHash("lot-1", "matching")]) {
      const verdict = await verifyChain(chain, { after: { seq: 0, hash }, head });
      expect(verdict).toMatchObject({ kind: "broken", fault: { seq: 1, reason: "link_broken" } });
    }
  });
});

test("parts cannot flow into each other: lengths are hashed with them", () => {
  const header = { shard: "ab", epoch: 1, firstSeq: 1, lastSeq: 1 };
  const hash = (shard: string, entries: string) =>
    Buffer.from(segmentHash(start.hash, { ...header, shard }, Buffer.from(entries))).toString("hex");
  expect(hash("ab", "c")).not.toBe(hash("a", "bc"));
  expect(genesisHash("ab", "c")).not.toEqual(genesisHash("a", "bc"));
});

test("the format is fixed: a known segment has a known hash", () => {
  const header = { shard: "lot-1", epoch: 2, firstSeq: 3, lastSeq: 4 };
  expect(Buffer.from(segmentHash(new Uint8Array(32), header, Buffer.from("entries"))).toString("hex")).toBe(
    "809f0e460730ee9df914e8d3d7c689db00fe977f4ebbb501fa20c6799e6b50cb",
  );
});
