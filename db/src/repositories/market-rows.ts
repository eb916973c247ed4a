import type { Micros } from "@kontor/kernel";
import type { CandleInterval } from "@kontor/protocol";
import type { Column, SQL } from "drizzle-orm";
import { and, desc, eq, gte, inArray, lt, or, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { Pipeline } from "../pipeline.ts";
import { shards } from "../schema/journal.ts";
import { candles, fills, instrumentDays, instruments, orders, trades } from "../schema/read-models-market.ts";
import { insertRows, rewrite, upsert } from "./bulk-rows.ts";
import type { Clearing, Loading, Saving } from "./row-group.ts";

export type InstrumentRow = typeof instruments.$inferSelect;
export type OrderRow = typeof orders.$inferSelect;
export type FillRow = typeof fills.$inferSelect;
export type TradeRow = typeof trades.$inferSelect;
export type CandleRow = typeof candles.$inferSelect;
export type InstrumentDayRow = typeof instrumentDays.$inferSelect;

/** What a batch of events builds on. Trades that do not count any more come with their fills and these fills' orders. */
export type MarketRowsWanted = {
  readonly instrumentId: string;
  readonly orderIds: readonly string[];
  readonly tradeIds: readonly string[];
};

export type MarketRowsFound = {
  readonly instrument: InstrumentRow | undefined;
  readonly orders: readonly OrderRow[];
  readonly trades: readonly TradeRow[];
  readonly fills: readonly FillRow[];
};

/** From `from` to before `until`. */
export type Span = { readonly from: Micros; readonly until: Micros };

/** What prices over time build on. */
export type PriceRowsWanted = {
  readonly instrumentId: string;
  readonly candles: ReadonlyMap<CandleInterval, readonly Micros[]>;
  readonly days: readonly string[];
  /** All trades of these times, and so many of the latest that stand. */
  readonly tradesIn: readonly Span[];
  readonly latestTrades: number;
};

export type PriceRowsFound = {
  readonly candles: readonly CandleRow[];
  readonly days: readonly InstrumentDayRow[];
  readonly trades: readonly TradeRow[];
};

/** Rows that the batch made, which nobody has written before, and those that it found and altered. */
export type RowChanges<Row> = { readonly made: readonly Row[]; readonly altered: readonly Row[] };

export type MarketRowsChanged = {
  readonly instruments: readonly InstrumentRow[];
  readonly orders: RowChanges<OrderRow>;
  readonly fills: RowChanges<FillRow>;
  readonly trades: RowChanges<TradeRow>;
  readonly candles: readonly CandleRow[];
  readonly days: readonly InstrumentDayRow[];
};

/** An order that was accepted keeps the rest: whose it is, its side, when it came. */
const alterableOfOrder = [
  "kind",
  "price",
  "stopPrice",
  "quantity",
  "filled",
  "leaves",
  "state",
  "cause",
  "replacedBy",
  "countedQuantity",
  "countedValue",
  "endedAt",
  "seq",
] as const;

const keyOfCandle = [candles.instrumentId, candles.interval, candles.start] as const;
const keyOfDay = [instrumentDays.instrumentId, instrumentDays.day] as const;

const parts = [orders, fills, trades, candles, instrumentDays];

/** Rows of an instrument; the shard is the instrument. */
export const marketRows: Loading<MarketRowsWanted, MarketRowsFound> & Saving<MarketRowsChanged> & Clearing = {
  async load(tx, { instrumentId, orderIds, tradeIds }) {
    const [instrument] = await tx.select().from(instruments).where(eq(instruments.id, instrumentId));
    const madeBefore = await rowsOf(tradeIds, (ids) => tx.select().from(trades).where(inArray(trades.id, ids)));
    const fillsOf = await rowsOf(madeBefore, (some) => tx.select().from(fills).where(areOf(some)));
    const wanted = new Set([...orderIds, ...fillsOf.map(({ orderId }) => orderId)]);
    const touched = await rowsOf([...wanted], (ids) => tx.select().from(orders).where(isOneOf(orders.id, ids)));
    return { instrument, orders: touched, trades: madeBefore, fills: fillsOf };
  },

  async save(tx, changed) {
    const statements = [
      () => insertRows(tx, orders, changed.orders.made),
      () => insertRows(tx, fills, changed.fills.made),
      () => insertRows(tx, trades, changed.trades.made),
      () => rewrite(tx, { table: orders, key: "id", members: alterableOfOrder, rows: changed.orders.altered }),
      () => rewrite(tx, { table: fills, key: "id", members: ["busted", "seq"], rows: changed.fills.altered }),
      () => rewrite(tx, { table: trades, key: "id", members: ["busted", "seq"], rows: changed.trades.altered }),
      () => upsert(tx, { table: instruments, key: [instruments.id], rows: changed.instruments }),
      () => upsert(tx, { table: candles, key: keyOfCandle, rows: changed.candles }),
      () => upsert(tx, { table: instrumentDays, key: keyOfDay, rows: changed.days }),
    ];
    await Pipeline.of(async (pipeline) => {
      for (const statement of statements) await pipeline.send(statement);
    });
    return [];
  },

  async clear(tx, instrumentId) {
    const gone = await tx.delete(instruments).where(eq(instruments.id, instrumentId)).returning({ id: instruments.id });
    if (gone.length === 0) return null;
    for (const table of parts) await tx.delete(table).where(eq(table.instrumentId, instrumentId));
    return { notices: new Map() };
  },

  async strays(tx) {
    const strays = await tx
      .select({ id: instruments.id })
      .from(instruments)
      .where(sql`not exists (select 1 from ${shards} where ${shards.shard} = ${instruments.id})`);
    return strays.map(({ id }) => id);
  },
};

/** Rows of an instrument by time. */
export const marketPriceRows: Loading<PriceRowsWanted, PriceRowsFound> = {
  async load(tx, { instrumentId, candles: wanted, days, tradesIn, latestTrades }) {
    const ofInstrument = eq(trades.instrumentId, instrumentId);
    const within = or(...tradesIn.map(({ from, until }) => and(gte(trades.at, from), lt(trades.at, until))));
    const starting = or(
      ...[...wanted].map(([interval, starts]) =>
        and(eq(candles.interval, interval), inArray(candles.start, [...starts])),
      ),
    );
    const inSpans = await rowsOf(tradesIn, () => tx.select().from(trades).where(and(ofInstrument, within)));
    const latest = latestTrades === 0 ? [] : await latestOf(tx, instrumentId, latestTrades);
    return {
      trades: [...inSpans, ...latest],
      candles: await rowsOf([...wanted.keys()], () =>
        tx
          .select()
          .from(candles)
          .where(and(eq(candles.instrumentId, instrumentId), starting)),
      ),
      days: await rowsOf(days, (some) =>
        tx
          .select()
          .from(instrumentDays)
          .where(and(eq(instrumentDays.instrumentId, instrumentId), inArray(instrumentDays.day, some))),
      ),
    };
  },
};

function latestOf(tx: Database, instrumentId: string, limit: number): Promise<TradeRow[]> {
  return tx
    .select()
    .from(trades)
    .where(and(eq(trades.instrumentId, instrumentId), eq(trades.busted, false)))
    .orderBy(desc(trades.at), desc(trades.place))
    .limit(limit);
}

/** Fills of trades, found by their times: those of a trade have its own. */
function areOf(made: readonly TradeRow[]): SQL | undefined {
  const [first] = made;
  return and(
    eq(fills.marketplaceId, first?.marketplaceId ?? ""),
    inArray(fills.at, [...new Set(made.map(({ at }) => at))]),
    inArray(
      fills.tradeId,
      made.map(({ id }) => id),
    ),
  );
}

/** As `inArray`, with all values in one parameter: a batch touches thousands of orders. */
function isOneOf(column: Column, values: readonly string[]): SQL {
  const written = values.map((value) => column.mapToDriverValue(value));
  return sql`${column} in (select jsonb_array_elements_text(${JSON.stringify(written)}::jsonb))`;
}

async function rowsOf<Item, Row>(
  items: readonly Item[],
  select: (items: Item[]) => PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> {
  return items.length === 0 ? [] : await select([...items]);
}
