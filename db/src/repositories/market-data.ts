import type { Actor } from "@kontor/kernel";
import type { CandleRecord, DayStatistics, TradeRecord } from "@kontor/protocol";
import type { Column } from "drizzle-orm";
import { eq, gt } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { candles, instrumentDays, trades } from "../schema/read-models-market.ts";
import { during } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import type { MarketDataRepository } from "./market-records.ts";
import type { CandleRow, InstrumentDayRow, TradeRow } from "./market-rows.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, inMarketplace } from "./scope.ts";

const newestTrades: Order = { name: "newest", by: trades.at, id: trades.id, direction: "desc", accepts: isInstant };
const newestCandles: Order = {
  name: "start",
  by: candles.start,
  id: candles.instrumentId,
  direction: "desc",
  accepts: isInstant,
};
const newestDays: Order = {
  name: "day",
  by: instrumentDays.day,
  id: instrumentDays.instrumentId,
  direction: "desc",
  accepts: (value): value is string => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value),
};

export function createMarketDataRepository(db: Database): MarketDataRepository {
  return {
    trades: (actor, instrumentId, { from, until, ...page }) =>
      pageFrom(page, {
        order: newestTrades,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(trades)
            .where(allOf(isOf(actor, instrumentId, trades), during(trades.at, { from, until }), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, id }) => [at, id],
        entryOf: tradeOf,
      }),

    candles: (actor, instrumentId, { interval, from, until, ...page }) =>
      pageFrom(page, {
        order: { ...newestCandles, name: `start-${interval}` },
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(candles)
            .where(
              allOf(
                isOf(actor, instrumentId, candles),
                eq(candles.interval, interval),
                gt(candles.trades, 0),
                during(candles.start, { from, until }),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ start }) => [start, instrumentId],
        entryOf: candleOf,
      }),

    statistics: (actor, instrumentId, page) =>
      pageFrom(page, {
        order: newestDays,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(instrumentDays)
            .where(allOf(isOf(actor, instrumentId, instrumentDays), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ day }) => [day, instrumentId],
        entryOf: dayOf,
      }),
  };
}

function isOf(actor: Actor, instrumentId: string, table: Readonly<Record<"marketplaceId" | "instrumentId", Column>>) {
  return allOf(inMarketplace(actor, table.marketplaceId), eq(table.instrumentId, instrumentId));
}

function tradeOf(row: TradeRow): TradeRecord {
  const { id, instrumentId, price, quantity, takerSide, auction, at, busted, replaces } = row;
  const optional = present({ takerSide, replaces });
  return { tradeId: id, instrumentId, price, quantity, auction, at: instantOf(at), busted, ...optional };
}

function candleOf({ marketplaceId: _, seq: __, start, ...members }: CandleRow): CandleRecord {
  return { ...members, start: instantOf(start) };
}

function dayOf(row: InstrumentDayRow): DayStatistics {
  const { instrumentId, day, open, high, low, close, volume, turnover, trades: count, orders } = row;
  return { instrumentId, day, volume, turnover, trades: count, orders, ...present({ open, high, low, close }) };
}
