import type { JournalStore, Outcome } from "@kontor/db";
import { findEntry, keyScopeOf } from "@kontor/db";
import type { Answering } from "./answering.ts";
import { answerOf, refusal } from "./answers.ts";
import { keyPartsOf } from "./key-window.ts";
import { keyCursor } from "./load.ts";
import type { HostLog } from "./log.ts";
import type { TradingEntry } from "./mechanism.ts";
import type { CommandItem, Core, Shard } from "./shard.ts";

export type OlderKeysOptions = {
  readonly journal: JournalStore;
  readonly answering: Answering;
  readonly log: HostLog;
  readonly keyWindowMax: number;
  readonly wake: (shard: Shard) => void;
};

/** Keys that no longer fit into memory: put away into the outcome store, answered from there. */
export type OlderKeys = {
  /** Looks whether the command was decided long ago; meanwhile it and all behind it wait. */
  readonly ask: (shard: Shard, core: Core, item: CommandItem) => void;
  /** Puts the oldest keys away when there are too many. */
  readonly putAway: (shard: Shard, core: Core) => void;
};

/** Fewer keys are not worth a statement; more do not fit into one. */
const worthIt = 1_000;
const atOnce = 5_000;

export function createOlderKeys({ journal, answering, log, keyWindowMax, wake }: OlderKeysOptions): OlderKeys {
  async function answerAgain(shard: Shard, core: Core, item: CommandItem): Promise<void> {
    const parts = keyPartsOf(item.id);
    const seq = core.keys.get(item.id)?.place.seq ?? (await journal.outcomes.find({ shard: shard.id, ...parts }));
    if (seq === undefined) return;
    const found = await findEntry<TradingEntry>(journal, shard.id, seq);
    if (found === undefined) throw new Error(`entry ${seq} of a key of ${shard.id} is not in the journal`);
    const { actor, key, fingerprint } = found.entry;
    if (key !== parts.commandKey || keyScopeOf(actor) !== parts.scope || fingerprint === null) return;
    if (fingerprint !== item.fingerprint) return answering.refuse(shard, item, refusal("key_reused"));
    answering.repeat(shard, item, { fingerprint, answer: answerOf(core.mechanism, found.entry, found.epoch) });
  }

  /** Read models hold the outcomes already, in order, unless they lag; then the host writes them itself. */
  async function store(shard: Shard, core: Core, outcomes: readonly Outcome[]): Promise<void> {
    const newest = outcomes.at(-1);
    if (newest === undefined) return;
    const { seq } = newest;
    if ((await journal.outcomes.find(newest)) === undefined) await journal.outcomes.putMany(outcomes);
    await journal.cursors.advance(keyCursor, new Map([[shard.id, seq]]));
    core.storedThrough = seq;
    core.keys.forget({ seq, max: keyWindowMax });
  }

  return {
    ask(shard, core, item) {
      item.asking = true;
      answerAgain(shard, core, item)
        .catch((error: unknown) => {
          log.warn({ err: error, shard: shard.id }, "the outcome store could not be asked");
          answering.refuse(shard, item, refusal("unavailable", { retryAfterMs: 1_000 }));
        })
        .finally(() => {
          item.asking = false;
          wake(shard);
        });
    },

    putAway,
  };

  function putAway(shard: Shard, core: Core): void {
    const surplus = core.keys.size - keyWindowMax;
    if (core.evicting || surplus < Math.min(worthIt, keyWindowMax / 4)) return;
    core.evicting = true;
    store(shard, core, core.keys.oldest(shard.id, Math.min(surplus, atOnce))).then(
      () => {
        core.evicting = false;
        putAway(shard, core);
      },
      (error: unknown) => {
        core.evicting = false;
        log.warn({ err: error, shard: shard.id }, "old keys could not be put away");
      },
    );
  }
}
