import type { ChainPoint, Segment } from "@kontor/db";
import { genesisHash, segmentFault } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import type { KeyRecord } from "./key-window.ts";
import { KeyWindow, WrittenRecord } from "./key-window.ts";
import type { Mechanism, MechanismState } from "./mechanism.ts";
import type { EntryOutline } from "./outline-entries.ts";
import { createScopeCache, outlineEntries } from "./outline-entries.ts";
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

type Keyed = { readonly id: string; readonly record: KeyRecord };

/**
 * Makes a shard's state from its journal: checks the chain, applies the events as they were written, collects the
 * keys. Nothing is decided again.
 */
export function createRebuild(options: RebuildOptions): Rebuild {
  const { shard, mechanism, snapshot, keyWindowMax, storedThrough } = options;
  const keys = snapshot ? KeyWindow.decode(snapshot.keys) : new KeyWindow();
  let state = snapshot ? mechanism.decode(snapshot.state) : mechanism.create();
  let point = { seq: 0, hash: genesisHash(shard, mechanism.mechanism), epoch: 0 };
  if (snapshot) point = { seq: snapshot.seq, hash: snapshot.hash, epoch: snapshot.epoch };
  let at = snapshot?.at ?? 0;
  const scopes = createScopeCache(shard);
  let recent: Keyed[] = [];

  function remember({ id, at: stamp, fingerprint, line }: EntryOutline, epoch: number, seq: number): void {
    if (id === null) return;
    recent.push({ id, record: new WrittenRecord({ mechanism, fingerprint, epoch, seq, at: stamp, line }) });
    if (recent.length >= keyWindowMax * 2 && recent.length % keyWindowMax === 0) putOldAway();
  }

  /** Entries too old for the window need no answer: the outcome store has it. */
  function putOldAway(): void {
    keys.forget({ seq: storedThrough, max: Math.max(0, keyWindowMax - recent.length) });
    const surplus = recent.length - keyWindowMax;
    if (surplus <= 0) return;
    const old = recent.slice(0, surplus).filter(({ record }) => record.place.seq <= storedThrough);
    for (const { id } of old) keys.addOlder(id);
    recent = recent.slice(old.length);
  }

  return {
    apply(segment) {
      const fault = segmentFault(point, segment);
      if (fault) throw new Fault("journal_corrupt", { shard, seq: fault.seq, reason: fault.reason });
      let seq = segment.firstSeq;
      for (const entry of outlineEntries(segment, scopes)) {
        if (entry.at <= at) throw new Fault("journal_corrupt", { shard, seq, reason: "stamp_not_after" });
        at = entry.at;
        for (const event of entry.events) state = mechanism.evolve(state, event, at);
        remember(entry, segment.epoch, seq++);
      }
      point = { seq: segment.lastSeq, hash: segment.hash, epoch: segment.epoch };
    },

    finish(head) {
      if (head && (head.seq !== point.seq || Buffer.compare(head.hash, point.hash) !== 0)) {
        throw new Fault("journal_corrupt", { shard, seq: point.seq, reason: "head_mismatch" });
      }
      putOldAway();
      for (const { id, record } of recent) keys.add(id, record);
      recent = [];
      return { state, seq: point.seq, hash: point.hash, at, keys };
    },
  };
}
