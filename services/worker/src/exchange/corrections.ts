import type { FillRow, InstrumentRow, TradeRow } from "@kontor/db";
import { formatDecimal } from "@kontor/kernel";
import type { Scales } from "./amounts.ts";
import { differenceOf, scalesOf, sumOf, worthOf } from "./amounts.ts";
import { minute, startOf } from "./buckets.ts";
import type { Projection, Records } from "./records.ts";

/** Trades that count no more, and those that come in their place. Needs all of the batch's trades before them. */
export const projectCorrections: Projection = (records, { event, seq }) => {
  const instrument = records.instruments.get(event.instrumentId);
  if (instrument === undefined) return;
  const scales = scalesOf(instrument.terms);
  if (event.type === "trade_busted") {
    const busted = bust(records, event.tradeId, { scales, seq });
    if (busted !== undefined) settle(records, instrument, { busted, seq });
  } else if (event.type === "trade_corrected") {
    const { tradeId, replaces, price } = event;
    const busted = bust(records, replaces, { scales, seq });
    if (busted === undefined) return;
    records.trades.put({ ...busted, id: tradeId, replaces, price, seq });
    for (const fill of fillsOf(records, replaces)) {
      const value = formatDecimal(worthOf({ price, quantity: fill.quantity }, scales), scales.money);
      const corrected = { ...fill, id: `${tradeId}-${fill.side}`, tradeId, price, value, busted: false, seq };
      records.fills.put(corrected);
      count(records, corrected, { scales, add: sumOf });
    }
    settle(records, instrument, { busted, seq });
  }
};

type Entry = { readonly scales: Scales; readonly seq: number };

/** The trade as it was while it counted; undefined when there is none. */
function bust(records: Records, tradeId: string, { scales, seq }: Entry): TradeRow | undefined {
  const trade = records.trades.get(tradeId);
  if (trade === undefined) return undefined;
  records.trades.put({ ...trade, busted: true, seq });
  for (const fill of fillsOf(records, tradeId)) {
    const busted = { ...fill, busted: true, seq };
    records.fills.put(busted);
    count(records, busted, { scales, add: differenceOf });
  }
  return trade;
}

function fillsOf({ fills }: Records, tradeId: string): FillRow[] {
  return [...fills.all()].filter((fill) => fill.tradeId === tradeId);
}

/** What was filled stays filled, for no order comes back; but its average is of fills that stand. */
function count(
  { orders }: Records,
  { orderId, quantity, value, seq }: FillRow,
  { scales, add }: { readonly scales: Scales; readonly add: typeof sumOf },
): void {
  orders.change(orderId, seq, ({ countedQuantity, countedValue }) => ({
    countedQuantity: add(countedQuantity, quantity, scales.quantity),
    countedValue: add(countedValue, value, scales.money),
  }));
}

/** The last price is that of the latest trade that stands; candles are counted anew at the end. */
function settle(
  { instruments, trades, recounts }: Records,
  { id }: InstrumentRow,
  { busted, seq }: { readonly busted: TradeRow; readonly seq: number },
): void {
  const start = startOf(busted.at, minute);
  recounts.set(start, { trades: (recounts.get(start)?.trades ?? 0) + 1, seq });
  let latest: TradeRow | undefined;
  for (const trade of trades.all()) {
    if (!trade.busted && trade.place > (latest?.place ?? 0)) latest = trade;
  }
  instruments.change(id, seq, () => ({ last: latest?.price ?? null, lastAt: latest?.at ?? null }));
}
