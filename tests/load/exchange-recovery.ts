import { isDeepStrictEqual } from "node:util";
import type { ViewAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Book } from "@kontor/matching";
import { createBook, RECORD_WORDS, restoreBook } from "@kontor/matching";
import { operatorOf } from "@kontor/testkit";
import { openBenchDatabase } from "./bench-database.ts";
import { busyConfig, busyRecords, restingBook } from "./busy-book.ts";
import { median, print } from "./figures.ts";
import { keepTrading, openHostExchange } from "./host-exchange.ts";
import { readBytes } from "./journal-bytes.ts";
import type { BenchClock } from "./reverse-lots.ts";
import { createBenchClock } from "./reverse-lots.ts";
import type { TradingWorld } from "./trading-world.ts";
import { openTradingWorld } from "./trading-world.ts";

export type RecoveryOptions = {
  readonly rounds: number;
  /** Commands that a book alone replays. */
  readonly commands: number;
  /** Orders in the book of which a snapshot is taken. */
  readonly resting: number;
  /** Entries in the journal from which a host comes back. */
  readonly journal: number;
  readonly traders: number;
  readonly depth: number;
};

const bench = "exchange";
/** Nothing but the journal is read: a snapshot would hide it. */
const withoutSnapshots = { snapshotEveryCommands: Number.MAX_SAFE_INTEGER };

export async function measureRecovery(options: RecoveryOptions): Promise<void> {
  measureReplay(options);
  measureSnapshot(options);
  await measureHostRecovery(options);
}

function measureReplay({ rounds, commands }: RecoveryOptions): void {
  const records = busyRecords(commands, 1);
  const live = createBook(busyConfig);
  replay(live, records);
  const wanted = live.hash();
  const times: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const book = createBook(busyConfig);
    times.push(secondsOf(() => replay(book, records)));
    requireHash(book.hash(), wanted);
    peers.push(secondsOf(() => records.reduce((sum, word) => (sum + word) | 0, 0)));
  }
  const [value, peer] = [median(times), median(peers)];
  const peerIs = "adding up the words of the same records";
  print({
    ...{ bench, figure: "book_replayed", unit: "s", value, commands, hash: wanted },
    ...{ peer, peerIs, ratio: value / peer },
  });
}

function replay(book: Book, records: Int32Array): void {
  for (let offset = 0; offset < records.length; offset += RECORD_WORDS) book.submitRecord(records, offset);
}

/** Taken and written as text, then read and restored. */
function measureSnapshot({ rounds, resting }: RecoveryOptions): void {
  const book = restingBook(resting);
  const orders = book.restingOrders();
  if (orders.length !== resting) throw new Error(`${orders.length} orders rest, not ${resting}`);
  const taken: number[] = [];
  const restored: number[] = [];
  const peers = { taken: [] as number[], restored: [] as number[] };
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    let text = "";
    taken.push(
      secondsOf(() => {
        text = JSON.stringify(book.snapshot());
      }),
    );
    bytes = text.length;
    const copy = { book };
    restored.push(
      secondsOf(() => {
        copy.book = restoreBook(busyConfig, JSON.parse(text) as ReturnType<Book["snapshot"]>);
      }),
    );
    requireHash(copy.book.hash(), book.hash());
    let plain = "";
    peers.taken.push(
      secondsOf(() => {
        plain = JSON.stringify(orders);
      }),
    );
    peers.restored.push(secondsOf(() => JSON.parse(plain)));
  }
  const common = { bench, unit: "s", orders: resting, bytes, hash: book.hash() } as const;
  const peerIs = "JSON of the same orders as plain objects";
  for (const [name, times] of [
    ["taken", taken],
    ["restored", restored],
  ] as const) {
    const [value, peer] = [median(times), median(peers[name])];
    print({ ...common, figure: `snapshot_${name}`, value, peer, peerIs, ratio: value / peer });
  }
}

function requireHash(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`a book came back with the hash ${found}, not ${wanted}`);
}

function secondsOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1_000;
}

async function measureHostRecovery(options: RecoveryOptions): Promise<void> {
  await using database = await openBenchDatabase();
  const clock = createBenchClock();
  const { url } = database;
  const instrumentId = await fill({ url, clock, options });
  await recoverFrom({ url, clock, instrumentId, options });
  await recoverFromSnapshot({ url, clock, instrumentId, options });
}

type Place = { readonly url: string; readonly clock: BenchClock; readonly options: RecoveryOptions };
type Known = Place & { readonly instrumentId: string };

async function fill({ url, clock, options }: Place): Promise<string> {
  const { traders, depth, journal } = options;
  const world = await openTradingWorld({ url, clock, options: withoutSnapshots });
  try {
    const exchange = await openHostExchange(world.bus, { traders, depth });
    let asked = 0;
    await keepTrading(exchange, 256, () => asked++ < journal);
    return exchange.instrumentId;
  } finally {
    await world.close();
  }
}

async function recoverFrom({ url, clock, instrumentId, options }: Known): Promise<void> {
  const times: number[] = [];
  const peers: number[] = [];
  let [first, megabytes]: [unknown, number] = [null, 0];
  for (let round = 0; round < options.rounds; round++) {
    const start = performance.now();
    const world = await openTradingWorld({ url, clock, hostId: `round-${round}`, options: withoutSnapshots });
    times.push((performance.now() - start) / 1_000);
    const readFrom = performance.now();
    megabytes = (await readBytes(world.journal)) / 1e6;
    peers.push((performance.now() - readFrom) / 1_000);
    const orders = await ordersIn(world, instrumentId);
    await world.close();
    first ??= orders;
    if (!isDeepStrictEqual(first, orders)) throw new Error("a host came back with another book");
  }
  const [value, peer] = [median(times), median(peers)];
  const peerIs = "reading the same segments without looking into them";
  const { journal: entries } = options;
  print({
    ...{ bench, figure: "host_recovered", unit: "s", value, entries, megabytes, entriesPerSecond: entries / value },
    ...{ peer, peerIs, ratio: value / peer },
  });
}

/** The host leaves a snapshot when it stops; the next one reads no more than that. */
async function recoverFromSnapshot({ url, clock, instrumentId, options }: Known): Promise<void> {
  const withSnapshot = { ...withoutSnapshots, snapshotOnStop: true };
  const leaving = await openTradingWorld({ url, clock, hostId: "leaving", options: withSnapshot });
  const wanted = await ordersIn(leaving, instrumentId);
  await leaving.close();
  const times: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const start = performance.now();
    const world = await openTradingWorld({ url, clock, hostId: `again-${round}`, options: withoutSnapshots });
    times.push((performance.now() - start) / 1_000);
    const orders = await ordersIn(world, instrumentId);
    await world.close();
    if (!isDeepStrictEqual(wanted, orders)) throw new Error("a host came back with another book from its snapshot");
  }
  print({ bench, figure: "host_recovered_from_snapshot", unit: "s", value: median(times), entries: options.journal });
}

/** Every resting order with its price, what is shown of it and its place. */
async function ordersIn({ bus }: TradingWorld, shard: string): Promise<unknown> {
  const request = { shard, stream: `orders:${shard}`, actor: operatorOf() };
  const answer = await bus.request<ViewAnswer>(subjects.view, request, { timeoutMs: 60_000 });
  if (!answer.found) throw new Error("the host shows no orders");
  return answer.view;
}
