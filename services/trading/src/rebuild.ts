import type { ChainPoint, Segment } from "@kontor/db";
import { genesisHash, segmentFault } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import { KeyWindow, WrittenRecord } from "./key-window.ts";
import type { Mechanism, MechanismState } from "./mechanism.ts";
import type { EntryOutline } from "./outline-entries.ts";
import { createScopeCache, eventsOf, outlineEntries } from "./outline-entries.ts";
import type { ShardSnapshot } from "./snapshot.ts";

/** Everything the journal says about a shard up to `seq`. */
export type Rebuilt = {
  readonly state: MechanismState;
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly at: Micros;
  readonly keys: KeyWindow;
};

export type RebuildOptions = {
  readonly shard: string;
  readonly mechanism: Mechanism;
  /** Where to start; from the first segment when absent. */
  readonly snapshot?: ShardSnapshot | undefined;
  /** Where the journal ends. */
  readonly headSeq: number;
  readonly keyWindowMax: number;
  /** Outcomes of keys up to this sequence number are in the outcome store; only they may be put away. */
  readonly storedThrough: number;
};

export type Rebuild = {
  /** Applies the next segment. @throws Fault journal_corrupt */
  readonly apply: (segment: Segment) => void;
  /** @throws Fault journal_corrupt when the chain does not end at `head`, if that is given */
  readonly finish: (head?: ChainPoint) => Rebuilt;
};

/**
 * Makes a shard's state from its journal: checks the chain, applies the events as they were written, collects the
 * keys. Nothing is decided again.
 */
export function createRebuild(options: RebuildOptions): Rebuild {
  const { shard, mechanism, snapshot, headSeq, keyWindowMax, storedThrough } = options;
  const keys = snapshot ? KeyWindow.decode(snapshot.keys) : new KeyWindow();
  let state = snapshot ? mechanism.decode(snapshot.state) : mechanism.create();
  let point = { seq: 0, hash: genesisHash(shard, mechanism.mechanism), epoch: 0 };
  if (snapshot) point = { seq: snapshot.seq, hash: snapshot.hash, epoch: snapshot.epoch };
  let at = snapshot?.at ?? 0;
  const scopes = createScopeCache();
  /** Entries up to here are too old for the window and need no answer: the outcome store has it. */
  const oldThrough = Math.min(storedThrough, headSeq - keyWindowMax);

  function remember(entry: EntryOutline, epoch: number, seq: number): void {
    const { id, at: stamp } = entry;
    if (id === null) return;
    if (seq <= oldThrough) return keys.addOlder(id);
    const { fingerprint, line } = entry;
    keys.add(id, new WrittenRecord({ mechanism, fingerprint, epoch, seq, at: stamp, line }));
  }

  function evolve(entry: EntryOutline): void {
    if (entry.events === null) return;
    const evolved = mechanism.evolveText?.(state, entry.events, entry.at) ?? null;
    if (evolved !== null) state = evolved;
    else for (const event of eventsOf(entry)) state = mechanism.evolve(state, event, entry.at);
  }

  return {
    apply(segment) {
      const fault = segmentFault(point, segment);
      if (fault) throw new Fault("journal_corrupt", { shard, seq: fault.seq, reason: fault.reason });
      let seq = segment.firstSeq;
      for (const entry of outlineEntries(segment, scopes)) {
        if (entry.at <= at) throw new Fault("journal_corrupt", { shard, seq, reason: "stamp_not_after" });
        at = entry.at;
        evolve(entry);
        remember(entry, segment.epoch, seq++);
      }
      point = { seq: segment.lastSeq, hash: segment.hash, epoch: segment.epoch };
    },

    finish(head) {
      if (head && (head.seq !== point.seq || Buffer.compare(head.hash, point.hash) !== 0)) {
        throw new Fault("journal_corrupt", { shard, seq: point.seq, reason: "head_mismatch" });
      }
      keys.forget({ seq: storedThrough, max: keyWindowMax });
      return { state, seq: point.seq, hash: point.hash, at, keys };
    },
  };
}
