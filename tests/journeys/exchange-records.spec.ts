import { createInProcessBus } from "@kontor/bus";
import type { JournalEntry, Listing } from "@kontor/db";
import {
  connect,
  createInstrumentRepository,
  createJournalStore,
  createMarketDataRepository,
  createOrderRepository,
  encodeEntries,
  segmentHash,
} from "@kontor/db";
import { createTestDatabase } from "@kontor/db/testing";
import { systemActor } from "@kontor/kernel";
import type { CandleInterval } from "@kontor/protocol";
import { candleIntervals } from "@kontor/protocol";
import { operatorOf } from "@kontor/testkit";
import { createWorker, rebuild } from "@kontor/worker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NaiveRecords } from "./exchange-records/naive-records.ts";
import type { Happened } from "./exchange-records/random-market.ts";
import { instrumentId, randomMarket } from "./exchange-records/random-market.ts";

const operator = operatorOf();
const tables = ["instruments", "orders", "fills", "trades", "candles", "instrument_days"];

/** A journal in a database of its own. */
async function createWorld() {
  const database = await createTestDatabase();
  const journal = createJournalStore({ url: database.url });
  const connection = connect(database.url, { max: 4 });
  await journal.createShard(instrumentId, "exchange");
  let { epoch, headSeq, headHash } = await journal.claim(instrumentId, "host");
  const failures: unknown[] = [];
  const log = { info: () => {}, error: (fields: object) => failures.push(fields) };
  const options = {
    bus: createInProcessBus(),
    journal,
    db: connection.db,
    clock: { now: () => 0 },
    pollMs: 1_000,
    log,
  };
  const worker = createWorker(options);
  return {
    ...connection,
    journal,
    worker,
    failures,
    /** Appends one segment; returns its last number. */
    async append(happened: readonly Happened[]): Promise<number> {
      const entries = happened.map((entry, index): JournalEntry => {
        const seq = headSeq + index + 1;
        const command = { type: "advance_time" };
        return { ...entry, seq, actor: systemActor, key: `key-${seq}`, fingerprint: "f", command };
      });
      const bytes = encodeEntries(entries);
      const header = { shard: instrumentId, epoch, firstSeq: headSeq + 1, lastSeq: headSeq + entries.length };
      const hash = segmentHash(headHash, header, bytes);
      await journal.append([{ ...header, entries: bytes, prevHash: headHash, hash }]);
      headSeq = header.lastSeq;
      headHash = hash;
      return headSeq;
    },
    async dump(): Promise<readonly string[]> {
      const all = tables.map((table) =>
        connection.sql.unsafe(`select to_jsonb(t)::text as row from ${table} t order by 1`),
      );
      return (await Promise.all(all)).flat().map(({ row }) => row);
    },
    async end(): Promise<void> {
      await worker.stop();
      await connection.close();
      await journal.close();
      await database.drop();
    },
  };
}

async function everything<Entry>(list: (cursor?: string) => Promise<Listing<Entry>>): Promise<Entry[]> {
  const page = await list();
  if (!page.ok) throw new Error("the page was refused");
  const entries = [...page.data];
  for (let next = page.next; next !== null; ) {
    const more = await list(next);
    if (!more.ok) throw new Error("the page was refused");
    entries.push(...more.data);
    next = more.next;
  }
  return entries;
}

const sorted = <Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => unknown): readonly Entry[] =>
  entries.toSorted((one, other) => (String(keyOf(one)) < String(keyOf(other)) ? -1 : 1));

const stories = [11, 12].map((seed) => ({ seed, happened: randomMarket(seed, 800) }));

test("the stories have something of everything", () => {
  const types = new Set(
    stories.flatMap(({ happened }) => happened.flatMap(({ events }) => events.map(({ type }) => type))),
  );
  expect([...types]).toEqual(
    expect.arrayContaining([
      "trade_made",
      "auction_filled",
      "trade_busted",
      "trade_corrected",
      "order_amended",
      "order_replaced",
      "order_reduced",
      "order_triggered",
      "order_trailed",
      "order_repriced",
      "self_trade_prevented",
    ]),
  );
});

describe.each(stories)("what random trading by the engine comes to, seed $seed", ({ happened }) => {
  const naive = new NaiveRecords();
  for (const entry of happened) naive.take(entry);
  let world: Awaited<ReturnType<typeof createWorld>>;

  beforeAll(async () => {
    world = await createWorld();
    world.worker.start();
    for (let first = 0, size = 1; first < happened.length; first += size, size = (size % 60) + 13) {
      const seq = await world.append(happened.slice(first, first + size));
      const caughtUp = await world.worker.caughtUpWith(instrumentId, seq, { timeoutMs: 30_000 });
      expect(caughtUp, JSON.stringify(world.failures)).toBe(true);
    }
  });
  afterAll(() => world.end());

  test("orders, fills and trades are what the events say, one by one", async () => {
    const { list, fills } = createOrderRepository(world.db);
    const limit = 200;
    const orders = await everything((cursor) => list(operator, { limit, cursor }));
    expect(sorted(orders, ({ orderId }) => orderId)).toEqual(sorted(naive.allOrders(), ({ orderId }) => orderId));
    const filled = await everything((cursor) => fills(operator, { limit, cursor }));
    const expected = naive.fills.map(({ place: _, ...fill }) => fill);
    expect(sorted(filled, ({ fillId }) => fillId)).toEqual(sorted(expected, ({ fillId }) => fillId));
    const { trades } = createMarketDataRepository(world.db);
    const made = await everything((cursor) => trades(operator, instrumentId, { limit, cursor }));
    const trade = [...naive.trades.values()].map(({ place: _, atMicros: __, ...record }) => record);
    expect(sorted(made, ({ tradeId }) => tradeId)).toEqual(sorted(trade, ({ tradeId }) => tradeId));
  });

  test("candles of every length and days are those of the trades that stand", async () => {
    const { candles, statistics } = createMarketDataRepository(world.db);
    for (const interval of Object.keys(candleIntervals) as CandleInterval[]) {
      const found = await everything((cursor) => candles(operator, instrumentId, { interval, limit: 200, cursor }));
      expect(sorted(found, ({ start }) => start)).toEqual(sorted(naive.candles(interval), ({ start }) => start));
    }
    const days = await everything((cursor) => statistics(operator, instrumentId, { limit: 200, cursor }));
    expect(sorted(days, ({ day }) => day)).toEqual(sorted(naive.days(), ({ day }) => day));
  });

  test("the instrument's last price is that of the last trade that stands", async () => {
    const instrument = await createInstrumentRepository(world.db).find(operator, instrumentId);
    const last = naive.standing().at(-1);
    expect(last).toBeDefined();
    expect([instrument?.last, instrument?.lastAt]).toEqual([last?.price, last?.at]);
  });

  test("rebuilding it in one go makes the same rows", async () => {
    const before = await world.dump();
    expect(before.length).toBeGreaterThan(happened.length);
    await rebuild({ db: world.db, journal: world.journal });
    expect(await world.dump()).toEqual(before);
  });
});
