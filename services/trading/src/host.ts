import type { Bus, CommandRequest, Unsubscribe, ViewRequest } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { JournalStore } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { assemble, requestLastSnapshot } from "./assembly.ts";
import type { HostLog } from "./log.ts";
import type { Mechanisms } from "./mechanism.ts";
import { serveOperations } from "./operations.ts";
import { passiveShards } from "./passivation.ts";
import type { HostSettings } from "./settings.ts";
import { settingsOf } from "./settings.ts";
import { isQuiet } from "./shard.ts";
import type { SnapshotWrite } from "./snapshot-writes.ts";
import type { HostStats } from "./stats.ts";
import { statsOf } from "./stats.ts";
import { delay } from "./timing.ts";

export type TradingHostOptions = {
  readonly bus: Bus;
  readonly journal: JournalStore;
  readonly mechanisms: Mechanisms;
  readonly clock: Clock;
  /** Names this host in the journal; two living hosts must never share one. */
  readonly hostId: string;
  readonly log: HostLog;
  /** Who replays and writes what is due; this thread, unless somebody is named. */
  readonly writeSnapshot?: SnapshotWrite;
  readonly options?: Partial<HostSettings>;
};

/** Decides, journals and publishes for the shards it owns; speaks `trading.command` and `trading.view` on the bus. */
export type TradingHost = {
  /** Takes the open shards and serves. @throws the journal's error when it cannot be reached */
  readonly start: () => Promise<void>;
  /** Takes nothing new, ends what was taken in, gives its lease back. The bus and the journal stay open. */
  readonly stop: () => Promise<void>;
  readonly stats: () => HostStats;
  /** Drops a shard's memory and reads it from the journal again: what an operator does about a frozen one. */
  readonly recover: (shard: string) => Promise<void>;
};

export function createTradingHost(host: TradingHostOptions): TradingHost {
  const settings = settingsOf(host.options);
  const { timing } = settings;
  let phase: "new" | "started" | "stopping" | "stopped" = "new";
  let ends: Unsubscribe[] = [];
  const parts = assemble({ ...host, settings, phase: () => phase, onBeat: beat });
  const { book, counters, dispatcher, heartbeat, hindrances, ingress, leases, recovery, snapshotter, timers } = parts;
  const { views, writer, departure } = parts;

  /** Who was alive when the open shards were last looked through: theirs were left alone. */
  let livingBefore: ReadonlySet<string> = new Set();

  /** Shards nobody else has; with `force`, those of living hosts too. */
  async function takeOpenShards(force: boolean): Promise<void> {
    const open = await host.journal.listShards({ open: true });
    const roll = await leases.roll();
    livingBefore = roll.living;
    const free = open.filter((head) => head.headSeq > 0 && (force || !roll.isTaken(head)));
    await book.loadAll(
      free.map(({ shard }) => shard),
      { force },
    );
  }

  function beat(): void {
    timers.check();
    dispatcher.resume();
    for (const shard of passiveShards(book.all, timing.monotonicMs(), settings)) {
      shard.phase = "gone";
      book.all.delete(shard.id);
    }
    if (hindrances.isJournalLost()) {
      for (const shard of book.all.values()) departure.shedQueue(shard);
    }
    if (settings.takeover === "lease") void adopt();
  }

  /** When a host has died, its shards are taken over; also one that was still counted alive when this host started. */
  async function adopt(): Promise<void> {
    if (phase !== "started") return;
    try {
      const { living } = await leases.roll();
      if ([...livingBefore].some((id) => !living.has(id))) await takeOpenShards(false);
      else livingBefore = living;
    } catch (error) {
      host.log.warn({ err: error }, "the table of hosts could not be read");
    }
  }

  async function drained(): Promise<void> {
    const deadline = timing.monotonicMs() + settings.drainMs;
    const isBusy = () => writer.inFlight() > 0 || [...book.all.values()].some((shard) => !isQuiet(shard));
    while (isBusy() && timing.monotonicMs() < deadline) await delay(timing, 5);
  }

  async function recover(id: string): Promise<void> {
    const shard = book.all.get(id);
    if (shard === undefined) return await book.loadAll([id], {});
    shard.failures = 0;
    await recovery([shard]);
  }

  return {
    async start() {
      await leases.begin();
      await heartbeat.start();
      await takeOpenShards(settings.takeover === "force");
      phase = "started";
      await leases.tidy(await host.journal.listShards({ open: true }));
      ends = [
        host.bus.serve(subjects.command, (request: CommandRequest) => ingress(request)),
        host.bus.serve(subjects.view, (request: ViewRequest) => views.request(request)),
        ...serveOperations({ bus: host.bus, shards: book.all, recover }),
      ];
      host.log.info({ host: host.hostId, shards: book.all.size }, "trading host serves");
    },

    async stop() {
      if (phase !== "started") return;
      phase = "stopping";
      timers.stop();
      await drained();
      phase = "stopped";
      for (const shard of book.all.values()) departure.stopped(shard);
      if (settings.snapshotOnStop) for (const shard of book.all.values()) requestLastSnapshot(parts, shard);
      await snapshotter.idle();
      await heartbeat
        .stop()
        .catch((error: unknown) => host.log.warn({ err: error }, "the lease could not be given back"));
      for (const end of ends) end();
      host.log.info({ host: host.hostId }, "trading host stopped");
    },

    stats: () => statsOf(counters, book.all, writer.inFlight()),
    recover,
  };
}
