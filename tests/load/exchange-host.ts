import { limits } from "@kontor/kernel";
import { openBenchDatabase } from "./bench-database.ts";
import { besideInserts } from "./beside-inserts.ts";
import { print } from "./figures.ts";
import { keepTrading, openHostExchange } from "./host-exchange.ts";
import { openRawInserts } from "./raw-inserts.ts";
import { createBenchClock } from "./reverse-lots.ts";
import { openTradingWorld } from "./trading-world.ts";

export type HostOptions = {
  readonly rounds: number;
  readonly seconds: number;
  readonly inFlight: number;
  readonly traders: number;
  readonly depth: number;
};

/** Acknowledged orders per second through host and journal, one instrument, without gateway. */
export async function measureHost(options: HostOptions): Promise<void> {
  const { rounds, seconds, inFlight, traders, depth } = options;
  await using database = await openBenchDatabase();
  const world = await openTradingWorld({ url: database.url, clock: createBenchClock() });
  const peer = await openRawInserts(database.url, limits.appendsInFlightMax);
  try {
    const exchange = await openHostExchange(world.bus, { traders, depth });
    const run = async (secondsOfRun: number): Promise<number> => {
      const start = performance.now();
      const until = start + secondsOfRun * 1_000;
      const answered = await keepTrading(exchange, inFlight, () => performance.now() < until);
      return answered / ((performance.now() - start) / 1_000);
    };
    await run(Math.max(1, seconds)); // The first seconds compile and fill the book.
    const before = world.host.stats();
    const sample = exchange.instrumentId;
    const measured = await besideInserts({
      ...{ world, peer, rounds, seconds, shards: 1, sample },
      run: (_, secondsOfRun) => run(secondsOfRun),
    });
    const { accepted, rejected } = world.host.stats();
    const refusedShare = (rejected - before.rejected) / (accepted + rejected - before.accepted - before.rejected);
    const figure = { bench: "exchange", figure: "host_acknowledged", unit: "orders/s" } as const;
    print({ ...figure, inFlight, traders, refusedShare, ...measured });
  } finally {
    await peer.close();
    await world.close();
  }
}
