import type { JournalStore } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { Fault, microsOfMs } from "@kontor/kernel";
import type { Arrival } from "./arrival.ts";
import type { Departure } from "./departure.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { HostLog } from "./log.ts";
import type { Ownership } from "./ownership.ts";
import type { Recovery } from "./recovery.ts";
import type { Gap } from "./service-gaps.ts";
import { reportGaps } from "./serving.ts";
import type { HostSettings } from "./settings.ts";
import type { Core, Shard } from "./shard.ts";
import { isQuiet } from "./shard.ts";
import type { ShardBook } from "./shard-book.ts";
import type { Counters } from "./stats.ts";
import type { Timers } from "./timers.ts";
import { UnfitCommand } from "./unfit-command.ts";

export type ShardAffairsOptions = {
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly log: HostLog;
  readonly settings: Pick<HostSettings, "takeover" | "leaseTtlMs">;
  readonly counters: Counters;
  readonly book: ShardBook;
  readonly ownership: Ownership;
  readonly timers: Timers;
  readonly arrival: () => Arrival;
  readonly departure: () => Departure;
  readonly recovery: () => Recovery;
  readonly dispatcher: () => Dispatcher;
};

/** What happens to single shards beside commands: birth, wake-up, gap, failure, end. */
export type ShardAffairs = {
  readonly found: (shard: Shard, core: Core) => void;
  /** A wake-up has come. */
  readonly probe: (id: string) => void;
  readonly gapEnded: (gap: Gap) => void;
  readonly broken: (shard: Shard, error: unknown) => void;
  readonly close: (shard: Shard, core: Core) => void;
  /** Drops an unborn shard that nobody waits for. */
  readonly abandon: (shard: Shard) => void;
};

/** An engine that fails so often in a row, without a commit in between, will not get better by itself. */
const failuresMax = 3;
/** A wake-up of a shard that is being loaded comes again after this, unless the shard brings its own. */
const probeAgainMs = 1_000;

export function createShardAffairs(options: ShardAffairsOptions): ShardAffairs {
  const { journal, clock, log, settings, counters, book, ownership, timers } = options;
  const { arrival, departure, recovery, dispatcher } = options;

  async function createInJournal(shard: Shard, core: Core): Promise<void> {
    const claim = await ownership.found(shard.id, core.mechanism.mechanism);
    const isOurs = claim.headSeq === 0 && claim.mechanism === core.mechanism.mechanism;
    if (!isOurs) return recovery()([shard]);
    core.epoch = claim.epoch;
    core.mode = "owned";
    shard.phase = "serving";
    dispatcher().wake(shard);
  }

  async function closeInJournal(shard: Shard, core: Core): Promise<void> {
    const closed = await journal.closeShard(shard.id, core.epoch);
    if (closed) core.mode = "closed";
    else if (shard.core === core) await recovery()([shard]);
  }

  /** After so long a silence other hosts could take the shards: what is in memory may be of the past. */
  function mayHaveLost({ from, to }: Gap): boolean {
    return settings.takeover === "lease" && to - from > microsOfMs(settings.leaseTtlMs);
  }

  return {
    found(shard, core) {
      shard.phase = "founding";
      void createInJournal(shard, core).catch((error: unknown) => {
        log.warn({ err: error, shard: shard.id }, "a shard could not be created; trying again");
        return recovery()([shard], { onlyWhileWanted: true });
      });
    },

    probe(id) {
      const shard = book.enter(id);
      // Loading ends with a look at the clock; where it is given up, the wake-up must not be lost with it.
      if (shard.phase === "loading") timers.set(id, clock.now() + microsOfMs(probeAgainMs));
      if (shard.phase !== "serving" || shard.probing) return;
      shard.probing = true;
      shard.queue.push({ kind: "probe", at: Math.max(clock.now(), shard.lastStamp) });
      dispatcher().wake(shard);
    },

    gapEnded(gap) {
      counters.outages++;
      log.warn({ from: gap.from, to: gap.to }, "gap in service");
      const serving = [...book.all.values()].filter(({ phase }) => phase === "serving");
      if (mayHaveLost(gap)) return void recovery()(serving);
      for (const shard of serving) {
        if (shard.core === null) continue;
        reportGaps(shard, shard.core, [gap]);
        dispatcher().wake(shard);
      }
    },

    broken(shard, error) {
      log.error({ err: error, shard: shard.id }, "the engine failed while it changed its state");
      counters.alerts++;
      if (!(error instanceof UnfitCommand)) shard.failures++;
      if (shard.failures <= failuresMax) return void recovery()([shard]);
      arrival().dropMemory(shard);
      departure().frozen(
        shard,
        new Fault("shard_frozen", { shard: shard.id, reason: "engine_failed" }, { cause: error }),
      );
    },

    close(shard, core) {
      if (core.closing) return;
      core.closing = true;
      closeInJournal(shard, core)
        .catch((error: unknown) => log.warn({ err: error, shard: shard.id }, "a finished shard could not be closed"))
        .finally(() => {
          core.closing = false;
        });
    },

    abandon(shard) {
      if (shard.core?.mode !== "unborn" || shard.phase !== "serving" || !isQuiet(shard)) return;
      shard.phase = "gone";
      book.all.delete(shard.id);
    },
  };
}
