import type { Bus } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Claim } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import type { Answering } from "./answering.ts";
import { answerAtHand } from "./answering.ts";
import { heldItems } from "./batch.ts";
import type { Departure } from "./departure.ts";
import type { Loaded } from "./load.ts";
import type { HostLog } from "./log.ts";
import type { Mechanisms } from "./mechanism.ts";
import type { MissedGaps } from "./missed-gaps.ts";
import type { OlderKeys } from "./older-keys.ts";
import type { Holding } from "./ownership.ts";
import type { RecentKeys } from "./recent-keys.ts";
import type { Gap } from "./service-gaps.ts";
import type { CoreOptions } from "./serving.ts";
import { blankCore, epochNotice, loadedCore, reportGaps } from "./serving.ts";
import type { Core, Item, Shard } from "./shard.ts";
import type { Counters } from "./stats.ts";
import type { Timers } from "./timers.ts";
import type { ViewRequests } from "./view-requests.ts";

export type ArrivalOptions = {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: HostLog;
  readonly mechanisms: Mechanisms;
  readonly counters: Counters;
  readonly answering: Answering;
  readonly departure: Departure;
  readonly missedGaps: MissedGaps;
  readonly olderKeys: OlderKeys;
  readonly recentKeys: RecentKeys;
  readonly timers: Timers;
  readonly views: ViewRequests;
  readonly wake: (shard: Shard) => void;
  /** Nothing can change the shard any more. */
  readonly close: (shard: Shard, core: Core) => void;
};

/** A shard whose entries the journal has. */
export type Held = Exclude<Holding, { kind: "unborn" }>;

/** How a shard leaves memory to come back from the journal, with those who wait for it. */
export type Arrival = {
  /** Forgets everything but who waits; those come first who were decided first. */
  readonly dropMemory: (shard: Shard) => void;
  /** The journal has nothing of this shard yet. */
  readonly unborn: (shard: Shard, claim?: Claim) => void;
  readonly loaded: (shard: Shard, loaded: Loaded, holding: Held) => void;
};

export function createArrival(options: ArrivalOptions): Arrival {
  const { bus, clock, log, mechanisms, counters, answering, departure, missedGaps, olderKeys, recentKeys } = options;
  const { timers, views, wake, close } = options;

  function serve(shard: Shard, core: Core, missed: readonly Gap[]): void {
    shard.core = core;
    shard.phase = "serving";
    shard.shedding = false;
    shard.lastStamp = Math.max(shard.lastStamp, core.at);
    settleKnown(shard, core);
    reportGaps(shard, core, missed);
    timers.set(shard.id, core.wakeAt);
    if (core.seq > 0) bus.publish(subjects.live(shard.id), epochNotice(shard, core));
    for (const waiter of shard.viewWaiters.splice(0)) views.answer(core, waiter);
    wake(shard);
    if (core.finished && core.mode === "owned") close(shard, core); // It did not come to that before.
  }

  /** Commands that the journal holds get their first answer; the others are taken in again. */
  function settleKnown(shard: Shard, core: Core): void {
    for (const item of shard.queue.takeAll()) {
      if (item.kind !== "command" || item.done) continue;
      item.inDoubt = false;
      const first = answerAtHand(core.keys.get(item.id));
      if (first !== null) {
        answering.repeat(shard, item, first);
        continue;
      }
      if (core.keys.mustAsk(item.id)) olderKeys.ask(shard, core, item);
      shard.queue.push(item);
    }
  }

  function coreOptions({ id }: Shard): CoreOptions {
    const reportView = (error: unknown) => log.error({ err: error, shard: id }, "the engine failed on a view");
    return { now: clock.now(), reportView };
  }

  return {
    dropMemory(shard) {
      const { core } = shard;
      const waiting = shard.queue.takeAll();
      const items: Item[] = [...(core ? heldItems(core) : []), ...waiting];
      for (const item of items) {
        if (item.kind === "outage") shard.gaps.push({ gap: item.gap, seq: Number.POSITIVE_INFINITY });
        if (item.kind !== "command" || item.done) continue;
        item.answer = null;
        shard.queue.push(item);
      }
      shard.gaps.push(...(core?.reported ?? []));
      shard.viewWaiters.push(...(core?.inFlight?.views ?? []), ...(core?.viewWaiters ?? []));
      shard.core = null;
      shard.phase = "loading";
      shard.probing = false;
      counters.recoveries++;
    },

    unborn(shard, claim) {
      const [first] = shard.pending.values();
      const mechanism = mechanisms.get(claim?.mechanism ?? first?.request.mechanism ?? "");
      if (mechanism) serve(shard, blankCore(shard, { mechanism, claim, ...coreOptions(shard) }), []);
      else departure.missing(shard);
    },

    loaded(shard, loaded, holding) {
      const mode = holding.kind === "claimed" ? "owned" : "closed";
      const epoch = holding.kind === "claimed" ? holding.claim.epoch : holding.head.epoch;
      for (const id of loaded.rebuilt.keys.ids()) recentKeys.use(id, shard.id);
      const core = loadedCore(shard, loaded, { mode, epoch, ...coreOptions(shard) });
      if (holding.kind === "taken") {
        settleKnown(shard, core);
        departure.taken(shard);
      } else serve(shard, core, missedGaps(shard, core, holding));
    },
  };
}
