import type { ChainPoint, JournalStore, ShardHead } from "@kontor/db";
import { chainPointOf, genesisHash, segmentFault } from "@kontor/db";
import { Fault } from "@kontor/kernel";
import { canonicalText } from "./canonical-text.ts";
import type { Mechanism, MechanismState, TradingEntry, TradingEvent } from "./mechanism.ts";
import { readEntries } from "./read-entries.ts";
import { readSnapshot } from "./snapshot.ts";

/** Where a shard's journal is not what its commands make of it. */
export type Difference = {
  readonly shard: string;
  readonly seq: number;
  /** What is wrong, as a sentence part. */
  readonly what: string;
  readonly journaled?: string;
  readonly decided?: string;
};

export type ReDecided = {
  readonly entries: number;
  readonly events: number;
  readonly segments: number;
  readonly differences: readonly Difference[];
};

export type ReDecideOptions = {
  readonly journal: Pick<JournalStore, "readSegments" | "snapshots">;
  readonly mechanism: Mechanism;
  readonly head: ShardHead;
  /** Compares the newest snapshot with the state here too. */
  readonly withSnapshot: boolean;
  readonly onEvent: (event: TradingEvent, entry: TradingEntry) => void;
};

/** Further ones would only follow from the first. */
const differencesMax = 20;

/**
 * Puts every journaled command to a fresh engine and compares what it says with what the journal holds; checks the
 * chain up to the head. Reads only.
 */
export async function reDecide(options: ReDecideOptions): Promise<ReDecided> {
  const { journal, mechanism, head, withSnapshot, onEvent } = options;
  const { shard } = head;
  const differences: Difference[] = [];
  const report = (difference: Omit<Difference, "shard">) => differences.push({ shard, ...difference });
  const snapshot = withSnapshot ? await snapshotOf(options) : undefined;
  let state = mechanism.create();
  let point: ChainPoint & { readonly epoch: number } = {
    seq: 0,
    hash: genesisHash(shard, mechanism.mechanism),
    epoch: 0,
  };
  let [entries, events, segments] = [0, 0, 0];
  for await (const segment of journal.readSegments(shard, 0)) {
    if (segment.firstSeq > head.headSeq) break; // Written while this was read.
    const fault = segmentFault(point, segment);
    if (fault) report({ seq: fault.seq, what: `the chain is broken: ${fault.reason}` });
    point = { seq: segment.lastSeq, hash: segment.hash, epoch: segment.epoch };
    segments++;
    for (const entry of entriesOf(segment, report)) {
      const difference = differenceOf(mechanism, state, entry);
      if (difference) report(difference);
      for (const event of entry.events ?? []) {
        onEvent(event, entry);
        state = mechanism.evolve(state, event, entry.at);
      }
      entries++;
      events += entry.events?.length ?? 0;
    }
    if (snapshot?.seq === segment.lastSeq && snapshot.state !== canonicalText(mechanism.encode(state))) {
      report({ seq: snapshot.seq, what: "the snapshot differs from the replayed state" });
    }
    if (differences.length >= differencesMax) return { entries, events, segments, differences };
  }
  if (isElsewhere(point, chainPointOf(head))) report({ seq: point.seq, what: "the journal does not end at its head" });
  return { entries, events, segments, differences };
}

function entriesOf(
  segment: Parameters<typeof readEntries>[0],
  report: (difference: Omit<Difference, "shard">) => void,
): readonly TradingEntry[] {
  try {
    return readEntries(segment);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    report({ seq: segment.firstSeq, what: "the entries cannot be read" });
    return [];
  }
}

/** What the engine says now beside what it said then. */
function differenceOf(
  mechanism: Mechanism,
  state: MechanismState,
  entry: TradingEntry,
): Omit<Difference, "shard"> | undefined {
  const { seq, at, actor, command, entropy = null } = entry;
  const journaled = canonicalText(entry.events ?? { rejection: entry.rejection });
  let decided: string;
  try {
    const decision = mechanism.decide(state, { command, at, actor, entropy });
    decided = canonicalText(decision.kind === "accepted" ? decision.events : { rejection: decision.rejection });
  } catch (error) {
    return { seq, what: `the engine fails on ${command.type}: ${String(error)}` };
  }
  return decided === journaled ? undefined : { seq, what: `${command.type} is decided otherwise`, journaled, decided };
}

async function snapshotOf({ journal, mechanism, head }: ReDecideOptions) {
  const row = await journal.snapshots.latest(head.shard, mechanism.schemaVersion);
  const snapshot = row && readSnapshot(row);
  return snapshot && { seq: snapshot.seq, state: canonicalText(snapshot.state) };
}

function isElsewhere(point: ChainPoint, head: ChainPoint): boolean {
  return point.seq !== head.seq || Buffer.compare(point.hash, head.hash) !== 0;
}
