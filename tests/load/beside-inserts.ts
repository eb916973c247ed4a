import type { JournalStore } from "@kontor/db";
import { decodeEntries } from "@kontor/db";
import { limits } from "@kontor/kernel";
import type { HostStats } from "@kontor/trading";
import { median } from "./figures.ts";
import type { RawInserts } from "./raw-inserts.ts";
import type { TradingWorld } from "./trading-world.ts";

export type Rounds = {
  readonly world: TradingWorld;
  readonly peer: RawInserts;
  readonly rounds: number;
  readonly seconds: number;
  /** Shards that are written at once; a shard has one statement on its way. */
  readonly shards: number;
  /** Whose entries tell how long an entry's JSON is. */
  readonly sample: string;
  /** One round of work for the host; answers per second. */
  readonly run: (round: number, seconds: number) => Promise<number>;
};

/**
 * Rounds of host and peers in turn, so that they meet the machine in the same moods. The peer inserts segments one by
 * one, as long as the JSON of as many entries: what a journal without packing and merging would write. A second one
 * inserts rows as long as the host's packed segments, as many in one statement as the host sends.
 */
export async function besideInserts(order: Rounds) {
  const { world, peer, rounds, seconds, shards, sample, run } = order;
  const rates: number[] = [];
  const peers: number[] = [];
  const barePeers: number[] = [];
  const { host, journal } = world;
  const jsonBytes = await jsonBytesPerEntry(journal, sample);
  let shape = shapeOf(host.stats(), host.stats());
  for (let round = 0; round < rounds; round++) {
    const before = host.stats();
    rates.push(await run(round, seconds));
    shape = shapeOf(before, host.stats());
    const { packedBytes, entriesPerSegment, segmentsPerStatement } = shape;
    const statementsAtOnce = Math.min(limits.appendsInFlightMax, shards);
    const single = { bytesPerSegment: jsonBytes * entriesPerSegment, segmentsPerStatement: 1, statementsAtOnce };
    const same = { bytesPerSegment: packedBytes, segmentsPerStatement, statementsAtOnce };
    peers.push(entriesPerSegment * (await peer.run(single, seconds)));
    barePeers.push(entriesPerSegment * segmentsPerStatement * (await peer.run(same, seconds)));
  }
  const ratioTo = (others: readonly number[]) =>
    median(rates.map((rate, round) => rate / (others[round] ?? Number.NaN)));
  return {
    value: median(rates),
    shards,
    peer: median(peers),
    peerIs: "bare inserts of single segments as long as their entries' JSON",
    ratio: ratioTo(peers),
    atLeast: 0.5,
    barePeer: median(barePeers),
    barePeerIs: "bare inserts as long as the packed segments, as many in one statement as the host sends",
    bareRatio: ratioTo(barePeers),
    jsonBytesPerEntry: jsonBytes,
    ...shape,
  };
}

/** What an entry of the shard takes as JSON on average. */
async function jsonBytesPerEntry(journal: JournalStore, shard: string): Promise<number> {
  let [bytes, count] = [0, 0];
  for await (const { entries } of journal.readSegments(shard, 0)) {
    for (const entry of decodeEntries(entries)) {
      bytes += JSON.stringify(entry).length + 1;
      count += 1;
    }
  }
  return bytes / count;
}

/** Of what the host wrote between two moments, on average. */
function shapeOf(before: HostStats, after: HostStats) {
  const batches = after.batches - before.batches;
  const entries = after.accepted + after.rejected - before.accepted - before.rejected;
  return {
    plainBytes: (after.plainBytes - before.plainBytes) / batches,
    packedBytes: (after.bytes - before.bytes) / batches,
    segmentsPerStatement: batches / (after.statements - before.statements),
    entriesPerSegment: entries / batches,
  };
}
