import type { Bus } from "@kontor/bus";
import { createInProcessBus } from "@kontor/bus";
import type { JournalStore } from "@kontor/db";
import { createJournalStore } from "@kontor/db";
import type { HostSettings, TradingHost } from "@kontor/trading";
import { createTradingHost, mechanisms, startSnapshots } from "@kontor/trading";
import type { BenchClock } from "./reverse-lots.ts";

/** Bus, host and journal of one process, without gateway. */
export type TradingWorld = {
  readonly bus: Bus;
  readonly host: TradingHost;
  readonly journal: JournalStore;
  readonly close: () => Promise<void>;
};

export type TradingWorldOptions = {
  readonly url: string;
  readonly clock: BenchClock;
  readonly hostId?: string;
  readonly options?: Partial<HostSettings>;
};

/** Warnings and errors are shown: a bench that meets one measures something else. */
const log = {
  info: () => {},
  warn: (data: object, message: string) => console.error("warn", message, data),
  error: (data: object, message: string) => console.error("error", message, data),
};

export async function openTradingWorld({ url, clock, hostId = "bench", options }: TradingWorldOptions) {
  const bus = createInProcessBus({ onError: (error) => console.error("bus", error) });
  const journal = createJournalStore({ url });
  const snapshots = startSnapshots({
    databaseUrl: url,
    onBadSnapshot: (shard, reason) => log.error({ shard, reason }, "a snapshot does not fit its journal"),
  });
  const writeSnapshot = snapshots.write;
  const host = createTradingHost({
    ...{ bus, journal, mechanisms, clock, hostId, log, writeSnapshot },
    ...(options ? { options } : {}),
  });
  await host.start();
  const world: TradingWorld = {
    bus,
    host,
    journal,
    async close() {
      await host.stop();
      await snapshots.stop();
      await bus.close();
      await journal.close();
    },
  };
  return world;
}
