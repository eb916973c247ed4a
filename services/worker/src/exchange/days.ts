import type { InstrumentDayRow, InstrumentRow } from "@kontor/db";
import { formatDecimal } from "@kontor/kernel";
import { scalesOf } from "./amounts.ts";
import { dayOf } from "./buckets.ts";
import type { Projection, Records } from "./records.ts";

/** Counts the orders of each day. */
export const projectDays: Projection = (records, { event, seq, at }) => {
  const instrument = records.instruments.get(event.instrumentId);
  if (instrument === undefined || event.type !== "order_accepted") return;
  const before = dayRowOf(records, instrument, dayOf(at));
  records.days.put({ ...before, orders: before.orders + 1, seq });
};

/** A day's prices are those of its candle. */
export function settleDays(records: Records, instrument: InstrumentRow): void {
  for (const candle of records.candles.changed()) {
    if (candle.interval !== "1d") continue;
    const before = dayRowOf(records, instrument, dayOf(candle.start));
    const { open, high, low, close, volume, turnover, trades } = candle;
    const prices = trades === 0 ? unpriced : { open, high, low, close };
    const seq = Math.max(before.seq, candle.seq);
    records.days.put({ ...before, ...prices, volume, turnover, trades, seq });
  }
}

const unpriced = { open: null, high: null, low: null, close: null };

function dayRowOf({ days }: Records, { id, marketplaceId, terms }: InstrumentRow, day: string): InstrumentDayRow {
  const scales = scalesOf(terms);
  const known = days.get(day);
  if (known !== undefined) return known;
  const volume = formatDecimal(0n, scales.quantity);
  const turnover = formatDecimal(0n, scales.money);
  return { instrumentId: id, marketplaceId, day, ...unpriced, volume, turnover, trades: 0, orders: 0, seq: 0 };
}
