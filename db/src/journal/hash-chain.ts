import { createHash } from "node:crypto";

/** The parts of a segment that its hash covers beside the entries. */
export type SegmentHeader = {
  readonly shard: string;
  readonly epoch: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
};

/** One batch of one shard, as the chain sees it. Hashes are 32 bytes. */
export type ChainedSegment = SegmentHeader & {
  readonly entries: Uint8Array;
  readonly prevHash: Uint8Array;
  readonly hash: Uint8Array;
};

/** A point in a shard's chain: everything up to `seq` hashes to `hash`. */
export type ChainPoint = { readonly seq: number; readonly hash: Uint8Array };

export type ChainFault = {
  readonly shard: string;
  readonly seq: number;
  readonly reason: "sequence_gap" | "epoch_decreased" | "link_broken" | "hash_mismatch" | "head_mismatch";
};

export type ChainVerdict =
  | { readonly kind: "intact"; readonly head: ChainPoint; readonly segments: number }
  | { readonly kind: "broken"; readonly fault: ChainFault };

/** Where the chain of a new shard starts. Covers the mechanism, so that a shard cannot be passed off as another kind. */
export function genesisHash(shard: string, mechanism: string): Uint8Array {
  const hash = createHash("sha256");
  for (const part of ["kontor.shard.1", shard, mechanism]) hash.update(prefixed(Buffer.from(part)));
  return hash.digest();
}

/**
 * SHA-256 over the exact bytes of a segment: tag, previous hash, shard and entries each behind their length
 * (unsigned 64 bit, big-endian), the epoch and sequence numbers as unsigned 64 bit, big-endian.
 */
export function segmentHash(prevHash: Uint8Array, header: SegmentHeader, entries: Uint8Array): Uint8Array {
  const numbers = Buffer.allocUnsafe(24);
  numbers.writeBigUInt64BE(BigInt(header.epoch), 0);
  numbers.writeBigUInt64BE(BigInt(header.firstSeq), 8);
  numbers.writeBigUInt64BE(BigInt(header.lastSeq), 16);
  return createHash("sha256")
    .update(prefixed(Buffer.from("kontor.segment.1")))
    .update(prefixed(prevHash))
    .update(prefixed(Buffer.from(header.shard)))
    .update(numbers)
    .update(lengthOf(entries))
    .update(entries)
    .digest();
}

/** Checks one segment against the point before it; undefined when it follows. */
export function segmentFault(
  before: ChainPoint & { readonly epoch: number },
  segment: ChainedSegment,
): ChainFault | undefined {
  const broken = (reason: ChainFault["reason"]): ChainFault => ({
    shard: segment.shard,
    seq: segment.firstSeq,
    reason,
  });
  if (segment.firstSeq !== before.seq + 1 || segment.lastSeq < segment.firstSeq) return broken("sequence_gap");
  if (segment.epoch < before.epoch) return broken("epoch_decreased");
  if (!equal(segment.prevHash, before.hash)) return broken("link_broken");
  if (!equal(segment.hash, segmentHash(segment.prevHash, segment, segment.entries))) return broken("hash_mismatch");
  return undefined;
}

export type VerifyChainOptions = {
  /** The point the first segment must follow: `{ seq: 0, hash: genesisHash(…) }`, or a snapshot's. */
  readonly after: ChainPoint;
  /** When given, the chain must end exactly here: a cut tail is a fault. */
  readonly head?: ChainPoint;
};

/** Reads a shard's segments in order and proves that none was changed, dropped, moved or added. */
export async function verifyChain(
  segments: AsyncIterable<ChainedSegment> | Iterable<ChainedSegment>,
  { after, head }: VerifyChainOptions,
): Promise<ChainVerdict> {
  let point = { ...after, epoch: 0 };
  let shard = "";
  let count = 0;
  for await (const segment of segments) {
    const fault = segmentFault(point, segment);
    if (fault) return { kind: "broken", fault };
    point = { seq: segment.lastSeq, hash: segment.hash, epoch: segment.epoch };
    shard = segment.shard;
    count += 1;
  }
  if (head && (head.seq !== point.seq || !equal(head.hash, point.hash))) {
    return { kind: "broken", fault: { shard, seq: point.seq, reason: "head_mismatch" } };
  }
  return { kind: "intact", head: { seq: point.seq, hash: point.hash }, segments: count };
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

function prefixed(part: Uint8Array): Uint8Array {
  return Buffer.concat([lengthOf(part), part]);
}

function lengthOf(part: Uint8Array): Uint8Array {
  const length = Buffer.allocUnsafe(8);
  length.writeBigUInt64BE(BigInt(part.length), 0);
  return length;
}
