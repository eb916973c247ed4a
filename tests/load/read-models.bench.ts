// Orders per second that a worker takes from an exchange's journal into the read models, beside bare inserts of as many
// rows of the same sizes: multi-row statements without conflicts, into tables with the same keys and no other index.

import { createInProcessBus } from "@kontor/bus";
import type { Connection, JournalStore } from "@kontor/db";
import { connect, createJournalStore } from "@kontor/db";
import { createWorker } from "@kontor/worker";
import type { Sql } from "postgres";
import { openBenchDatabase } from "./bench-database.ts";
import { createBusyMarket, createPen, instrumentId } from "./busy-market.ts";
import { benchOptions, median, print } from "./figures.ts";
import { createBenchClock } from "./reverse-lots.ts";

const options = benchOptions({ rounds: 3, commands: 20_000, seed: 7 });
const tables = ["orders", "fills", "trades", "outcome_places"] as const;
const rowsPerStatement = 1_000;

type Round = { readonly orders: number; readonly trades: number; readonly rate: number; readonly peer: number };

async function main(): Promise<void> {
  await using database = await openBenchDatabase();
  const connection = connect(database.url);
  const journal = createJournalStore({ url: database.url });
  try {
    const market = createBusyMarket(options.seed);
    const write = await createPen(journal);
    for (const table of tables)
      await connection.sql.unsafe(`create table raw_${table} (like ${table}, primary key (${keyOf(table)}))`);
    const rounds: Round[] = [];
    const round = (commands: number) => roundOf(connection, journal, () => write(market.next(commands)));
    await round(options.commands / 4); // The first one compiles.
    for (let count = 0; count < options.rounds; count++) rounds.push(await round(options.commands));
    report(rounds);
  } finally {
    await journal.close();
    await connection.close();
  }
}

const keyOf = (table: (typeof tables)[number]): string => (table === "outcome_places" ? "key_id" : "id");

type Counted = { readonly seq: number; readonly orders: number; readonly trades: number };

async function countIn(sql: Sql): Promise<Counted> {
  const [counted] = await sql<Counted[]>`select count(*)::int as orders, coalesce(max(seq), 0)::float8 as seq,
    (select count(*)::int from trades) as trades from orders`;
  if (counted === undefined) throw new Error("a count has one row");
  return counted;
}

/** A journal is written, then followed, then the rows that came of it are written again. */
async function roundOf({ sql, db }: Connection, journal: JournalStore, write: () => Promise<number>): Promise<Round> {
  const before = await countIn(sql);
  const headSeq = await write();
  const log = { info: () => {}, error: (fields: object) => console.error(fields) };
  const bus = createInProcessBus();
  const worker = createWorker({ bus, journal, db, clock: createBenchClock(), log, pollMs: 1_000 });
  const start = performance.now();
  worker.start();
  const isThere = await worker.caughtUpWith(instrumentId, headSeq, { timeoutMs: 600_000 });
  const seconds = (performance.now() - start) / 1_000;
  await worker.stop();
  if (!isThere) throw new Error("the worker did not come to the journal's end");
  const after = await countIn(sql);
  const orders = after.orders - before.orders;
  const trades = after.trades - before.trades;
  return { orders, trades, rate: orders / seconds, peer: orders / (await insertAgain(sql, before.seq)) };
}

/** Seconds that bare inserts take of the rows that were written after `seq`. */
async function insertAgain(sql: Sql, seq: number): Promise<number> {
  let seconds = 0;
  for (const table of tables) {
    const rows = await sql`select * from ${sql(table)} where seq > ${seq}`;
    await sql`truncate ${sql(`raw_${table}`)}`;
    const start = performance.now();
    await sql.begin(async (tx) => {
      for (let from = 0; from < rows.length; from += rowsPerStatement) {
        await tx`insert into ${tx(`raw_${table}`)} ${tx(rows.slice(from, from + rowsPerStatement))}`;
      }
    });
    seconds += (performance.now() - start) / 1_000;
  }
  return seconds;
}

function report(rounds: readonly Round[]): void {
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  print({
    bench: "read-models",
    figure: "orders_projected",
    unit: "orders/s",
    value: of(({ rate }) => rate),
    orders: of(({ orders }) => orders),
    tradesPerOrder: of(({ trades, orders }) => trades / orders),
    peer: of(({ peer }) => peer),
    peerIs: "bare multi-row inserts of the same rows, by the same driver",
    ratio: of(({ rate, peer }) => rate / peer),
  });
}

await main();
