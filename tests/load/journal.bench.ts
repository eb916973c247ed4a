// Acknowledged bids per second through host and journal, without HTTP, beside two peers that insert bare rows by the same
// driver: segments of as many entries as long as their JSON, one in a statement (`peer`), and segments as long as the
// host's packed ones, as many in a statement as it sends (`barePeer`). The bytes are random, the sizes measured.
import { limits } from "@kontor/kernel";
import { openBenchDatabase } from "./bench-database.ts";
import { besideInserts } from "./beside-inserts.ts";
import { benchOptions, median, percentile, print } from "./figures.ts";
import type { RawInserts } from "./raw-inserts.ts";
import { openRawInserts } from "./raw-inserts.ts";
import type { ReverseLot, Send } from "./reverse-lots.ts";
import { createBenchClock, expectOk, publishReverseLots, sender } from "./reverse-lots.ts";
import type { TradingWorld } from "./trading-world.ts";
import { openTradingWorld } from "./trading-world.ts";

const options = benchOptions({ rounds: 5, seconds: 3, "in-flight": 256, shards: 50, bidders: 20, rate: 2_000 });

async function main(): Promise<void> {
  await using database = await openBenchDatabase();
  const clock = createBenchClock();
  const world = await openTradingWorld({ url: database.url, clock });
  const peer = await openRawInserts(database.url, limits.appendsInFlightMax);
  const send = sender(world.bus);
  try {
    const lots = await publishReverseLots(send, clock, { count: options.shards, bidders: options.bidders });
    clock.skip(3_600);
    await run(send, lots, 1); // The first second compiles.
    await offered(send, lots); // First: no lot of this world has the hundred thousand bids that it will have below.
    await throughput(world, peer, { send, lots, atOnce: 1 });
    await throughput(world, peer, { send, lots, atOnce: lots.length });
  } finally {
    await peer.close();
    await world.close();
  }
}

/** Lots that bids go to in one round; the next one takes others where there are any, for a lot takes only so many. */
type Field = { readonly send: Send; readonly lots: readonly ReverseLot[]; readonly atOnce: number };

function lotsOf(round: number, { lots, atOnce }: Field): readonly ReverseLot[] {
  const first = (round * atOnce) % lots.length;
  return lots.slice(first, first + atOnce);
}

async function throughput(world: TradingWorld, peer: RawInserts, field: Field): Promise<void> {
  const { send, lots, atOnce } = field;
  const { rounds, seconds } = options;
  const measured = await besideInserts({
    ...{ world, peer, rounds, seconds, shards: atOnce, sample: lots[0]?.shard ?? "" },
    run: (round) => run(send, lotsOf(round, field), seconds),
  });
  const figure = `acknowledged_${atOnce === 1 ? "one_shard" : "many_shards"}`;
  print({ bench: "journal", figure, unit: "bids/s", inFlight: options["in-flight"], ...measured });
}

/** Keeps the given number of bids in flight; answers per second. */
async function run(send: Send, lots: readonly ReverseLot[], seconds: number): Promise<number> {
  const start = performance.now();
  const until = start + seconds * 1_000;
  let done = 0;
  async function bidder(index: number): Promise<void> {
    for (let turn = index; performance.now() < until; turn += options["in-flight"]) {
      const lot = lots[turn % lots.length] as ReverseLot;
      const { command, actor } = lot.nextBid();
      await expectOk(send(lot.shard, command, actor));
      done++;
    }
  }
  await Promise.all(Array.from({ length: options["in-flight"] }, (_, index) => bidder(index)));
  return done / ((performance.now() - start) / 1_000);
}

/** Bids at a steady rate, whatever the answers do; time from sending to acknowledgement. */
async function offered(send: Send, lots: readonly ReverseLot[]): Promise<void> {
  const all: number[][] = [];
  for (let round = 0; round < options.rounds; round++) all.push(await offeredRound(send, lots));
  const over = (percent: number) => median(all.map((times) => percentile(times, percent)));
  const common = { bench: "journal", unit: "ms", offeredPerSecond: options.rate, shards: lots.length } as const;
  print({ ...common, figure: "submit_to_ack_p50", value: over(50) });
  print({ ...common, figure: "submit_to_ack_p99", value: over(99) });
}

async function offeredRound(send: Send, lots: readonly ReverseLot[]): Promise<number[]> {
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const start = performance.now();
  const total = options.rate * options.seconds;
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * options.rate));
    for (; sent < due; sent++) {
      const lot = lots[sent % lots.length] as ReverseLot;
      const { command, actor } = lot.nextBid();
      const sentAt = start + (sent / options.rate) * 1_000; // When it was due: a late generator hides nothing.
      answers.push(expectOk(send(lot.shard, command, actor)).then(() => void times.push(performance.now() - sentAt)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
  return times;
}

await main();
