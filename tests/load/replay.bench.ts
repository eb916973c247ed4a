// Events per second recovered from the journal by a starting host, beside merely reading the same bytes; and how long a
// host with many open shards takes to start.
import type { BenchDatabase } from "./bench-database.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { benchOptions, median, print } from "./figures.ts";
import { readBytes } from "./journal-bytes.ts";
import type { BenchClock, ReverseLot, Send } from "./reverse-lots.ts";
import { createBenchClock, expectOk, publishReverseLots, sender } from "./reverse-lots.ts";
import { openTradingWorld } from "./trading-world.ts";

const options = benchOptions({ rounds: 5, bids: 100_000, bidders: 20, shards: 1_000 });
/** Nothing but the journal is read: a snapshot would hide it. */
const withoutSnapshots = { snapshotEveryCommands: Number.MAX_SAFE_INTEGER };

async function main(): Promise<void> {
  const clock = createBenchClock();
  {
    await using database = await openBenchDatabase();
    const events = await fillOneShard(database, clock);
    await measureReplay(database, clock, events);
  }
  await using database = await openBenchDatabase();
  await measureStart(database, clock);
}

/** One lot with many bids; answers how many events its journal holds. */
async function fillOneShard({ url }: BenchDatabase, clock: BenchClock): Promise<number> {
  const world = await openTradingWorld({ url, clock, options: withoutSnapshots });
  const send = sender(world.bus);
  const [lot] = await publishReverseLots(send, clock, { count: 1, bidders: options.bidders });
  clock.skip(3_600);
  if (lot) await bid(send, lot, options.bids);
  await world.close();
  return await countEvents(url);
}

async function bid(send: Send, lot: ReverseLot, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 500) {
    const some = Array.from({ length: Math.min(500, count - sent) }, () => lot.nextBid());
    await Promise.all(some.map(({ command, actor }) => expectOk(send(lot.shard, command, actor))));
  }
}

async function countEvents(url: string): Promise<number> {
  const { createJournalStore, decodeEntries } = await import("@kontor/db");
  const journal = createJournalStore({ url });
  let events = 0;
  for await (const { entries } of journal.readAll()) {
    for (const entry of decodeEntries(entries)) events += entry.events?.length ?? 0;
  }
  await journal.close();
  return events;
}

async function measureReplay({ url }: BenchDatabase, clock: BenchClock, events: number): Promise<void> {
  const rates: number[] = [];
  const peers: number[] = [];
  let megabytes = 0;
  for (let round = 0; round < options.rounds; round++) {
    const start = performance.now();
    const world = await openTradingWorld({ url, clock, hostId: `round-${round}`, options: withoutSnapshots });
    rates.push(events / ((performance.now() - start) / 1_000));
    const readFrom = performance.now();
    megabytes = (await readBytes(world.journal)) / 1e6;
    peers.push(events / ((performance.now() - readFrom) / 1_000));
    await world.close();
  }
  const [value, peer] = [median(rates), median(peers)];
  print({
    bench: "replay",
    figure: "events_recovered",
    unit: "events/s",
    value,
    events,
    megabytes,
    atLeast: 200_000,
    peer,
    peerIs: "reading the same segments without looking into them",
    ratio: value / peer,
  });
}

async function measureStart({ url }: BenchDatabase, clock: BenchClock): Promise<void> {
  const first = await openTradingWorld({ url, clock });
  await publishReverseLots(sender(first.bus), clock, { count: options.shards, bidders: 3 });
  await first.close();
  const seconds: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const start = performance.now();
    const world = await openTradingWorld({ url, clock, hostId: `round-${round}` });
    seconds.push((performance.now() - start) / 1_000);
    await world.close();
  }
  print({
    bench: "replay",
    figure: "host_start",
    unit: "s",
    value: median(seconds),
    shards: options.shards,
    atMost: 2,
  });
}

await main();
