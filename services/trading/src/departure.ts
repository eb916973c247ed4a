import type { ViewAnswer } from "@kontor/bus";
import type { Fault } from "@kontor/kernel";
import { problemOf } from "@kontor/protocol";
import type { Answering } from "./answering.ts";
import { refusal } from "./answers.ts";
import type { HostLog } from "./log.ts";
import type { HostSettings } from "./settings.ts";
import type { Shard } from "./shard.ts";
import type { Counters } from "./stats.ts";
import type { Timers } from "./timers.ts";

export type DepartureOptions = {
  readonly shards: Map<string, Shard>;
  readonly log: HostLog;
  readonly settings: Pick<HostSettings, "leaseTtlMs" | "recoveryGraceMs">;
  readonly counters: Counters;
  readonly answering: Answering;
  readonly timers: Timers;
};

/** What those who wait are told when a shard cannot be served. */
export type Departure = {
  /** A living host has the shard. What is not in the journal by now never will be: a later owner's epoch stands. */
  readonly taken: (shard: Shard) => void;
  /** The journal of the shard cannot be trusted, or its engine not; the other shards go on. */
  readonly frozen: (shard: Shard, fault: Fault) => void;
  /** The journal has nothing of it and nobody asked in a way that could change that. */
  readonly missing: (shard: Shard) => void;
  readonly stopped: (shard: Shard) => void;
  /** Recovery takes too long: refuses those who wait, but for commands that may be in the journal. */
  readonly shed: (shard: Shard) => void;
  /** The same for a shard that is being served, when the journal has fallen silent: what is decided stays held. */
  readonly shedQueue: (shard: Shard) => void;
  /** Drops the shard if nobody waits for it; tells whether it did. */
  readonly forgotten: (shard: Shard) => boolean;
};

export function createDeparture(options: DepartureOptions): Departure {
  const { shards, log, settings, counters, answering, timers } = options;
  const unavailable = { retryAfterMs: settings.recoveryGraceMs };

  function forget(shard: Shard): void {
    shard.phase = "gone";
    if (shards.get(shard.id) === shard) shards.delete(shard.id);
  }

  function answerViews(shard: Shard, answer: ViewAnswer): void {
    for (const { settle } of shard.viewWaiters.splice(0)) settle(answer);
  }

  /** Answers everybody; the outcome of a command that may be journaled stays unknown. */
  function refuseAll(shard: Shard, data: Readonly<Record<string, unknown>>): void {
    for (const item of [...shard.pending.values()]) {
      answering.refuse(shard, item, item.inDoubt ? refusal("outcome_unknown") : refusal("unavailable", data));
    }
    shard.queue.takeAll();
    answerViews(shard, { found: false, retry: problemOf("unavailable", data) });
  }

  function shedQueue(shard: Shard): void {
    for (const item of [...shard.pending.values()]) {
      if (!item.inDoubt && item.answer === null) answering.refuse(shard, item, refusal("unavailable", unavailable));
    }
    answerViews(shard, { found: false, retry: problemOf("unavailable", unavailable) });
  }

  return {
    taken(shard) {
      for (const item of shard.pending.values()) item.inDoubt = false;
      refuseAll(shard, { reason: "served_elsewhere", retryAfterMs: settings.leaseTtlMs });
      timers.set(shard.id, null);
      forget(shard);
    },
    frozen(shard, fault) {
      log.error({ err: fault, shard: shard.id, ...fault.detail }, "shard frozen: it cannot be trusted");
      counters.alerts++;
      shard.phase = "frozen";
      shard.fault = fault;
      timers.set(shard.id, null);
      refuseAll(shard, { reason: "shard_frozen" });
    },
    missing(shard) {
      answerViews(shard, { found: false });
      refuseAll(shard, { reason: "mechanism_unknown" });
      forget(shard);
    },
    stopped: (shard) => refuseAll(shard, { reason: "shutting_down" }),
    shed(shard) {
      if (shard.phase !== "loading") return;
      shard.shedding = true;
      shedQueue(shard);
    },
    shedQueue,
    forgotten(shard) {
      if (shard.pending.size > 0 || shard.viewWaiters.length > 0) return false;
      forget(shard);
      return true;
    },
  };
}
