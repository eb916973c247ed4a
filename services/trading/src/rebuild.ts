import type { ChainPoint, EntryRowsReader, Segment } from "@kontor/db";
import { genesisHash, segmentFault, textOf } from "@kontor/db";
import type { Micros, Shortcut } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import { KeyWindow, WrittenRecord } from "./key-window.ts";
import type { Mechanism, MechanismState, TradingEvent } from "./mechanism.ts";
import { readRows } from "./read-entries.ts";
import type { KeyScope } from "./scope-cache.ts";
import { createScopeCache } from "./scope-cache.ts";
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
  const shortcuts = createShortcuts(mechanism);
  /** Entries up to here are too old for the window and need no answer: the outcome store has it. */
  const oldThrough = Math.min(storedThrough, headSeq - keyWindowMax);

  function remember(row: EntryRowsReader, { epoch, entries }: Segment, scopesHere: KeyScope[]): void {
    const { actorNumber, key, fingerprint, at: stamp, seq } = row;
    if (key === null) return;
    const scope = scopesHere[actorNumber] ?? scopes.of(row.actor);
    scopesHere[actorNumber] = scope;
    if (seq <= oldThrough) return keys.addOlder(key, scope.start);
    const record = { mechanism, fingerprint: fingerprint ?? "", epoch, seq, at: stamp, entries };
    keys.add(scope.prefix + key, new WrittenRecord(record));
  }

  function evolve({ outcome, outcomeCell, at: stamp }: EntryRowsReader): void {
    if (outcome === "rejection") return;
    const { form, values } = outcomeCell;
    const short = form === null ? null : (shortcuts.of(form.blank)?.(state, values, stamp) ?? null);
    if (short !== null) {
      state = short;
      return;
    }
    const events: readonly TradingEvent[] = JSON.parse(textOf(outcomeCell));
    for (const event of events) state = mechanism.evolve(state, event, stamp);
  }

  function follow(row: EntryRowsReader, segment: Segment, scopesHere: KeyScope[]): void {
    if (row.at <= at) throw new Fault("journal_corrupt", { shard, seq: row.seq, reason: "stamp_not_after" });
    at = row.at;
    evolve(row);
    remember(row, segment, scopesHere);
  }

  return {
    apply(segment) {
      const fault = segmentFault(point, segment);
      if (fault) throw new Fault("journal_corrupt", { shard, seq: fault.seq, reason: fault.reason });
      const scopesHere: KeyScope[] = [];
      readRows(segment, (row) => follow(row, segment, scopesHere));
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

/** Shortcuts by form: an engine has few, and looks at each form once. */
function createShortcuts({ shortcut }: Mechanism) {
  const known = new Map<string, Shortcut<MechanismState> | null>();
  return {
    of(form: string): Shortcut<MechanismState> | null {
      const found = known.get(form);
      if (found !== undefined) return found;
      const made = shortcut?.(form) ?? null;
      if (known.size < formsMax) known.set(form, made);
      return made;
    },
  };
}

/** Enough for the forms of one mechanism's events, whatever numbers stand in them. */
const formsMax = 10_000;
