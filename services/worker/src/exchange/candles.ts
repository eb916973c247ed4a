import type { CandleRow, InstrumentRow } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { CandleInterval } from "@kontor/protocol";
import type { Scales } from "./amounts.ts";
import { scalesOf } from "./amounts.ts";
import { lengths, startOf } from "./buckets.ts";
import type { Records } from "./records.ts";
import { candleKeyOf } from "./records.ts";
import type { Tally } from "./tallies.ts";
import { joined, membersOf, tallyOf } from "./tallies.ts";
import { tallyOfTrade } from "./trades.ts";

/** Takes what the batch has traded into the candles, then counts those anew whose trades were busted or corrected. */
export function settleCandles(records: Records, instrument: InstrumentRow): void {
  const scales = scalesOf(instrument.terms);
  for (const [at, tally] of records.traded) {
    for (const [interval, length] of lengths) {
      const key = { interval, start: startOf(at, length) };
      const before = records.candles.get(candleKeyOf(key));
      write(records, { instrument, ...key, tally: joined(tallyOf(before, scales), tally), seq: tally.seq, raise: 0 });
    }
  }
  for (const [index, [interval, length]] of lengths.entries()) {
    const shorter = lengths[index - 1];
    for (const [start, { trades, seq }] of recountsBy(records, length)) {
      const span = { from: start, until: start + length };
      const tally =
        shorter === undefined
          ? tallyOfTrades(records, span, instrument)
          : tallyOfCandles(records, span, { interval: shorter[0], length: shorter[1], scales });
      write(records, { instrument, interval, start, tally, seq, raise: trades });
    }
  }
}

/** Recounts of minutes together by the longer times in which they lie. */
function recountsBy({ recounts }: Records, length: Micros): Records["recounts"] {
  const together: Records["recounts"] = new Map();
  for (const [at, { trades, seq }] of recounts) {
    const start = startOf(at, length);
    const others = together.get(start);
    together.set(start, { trades: trades + (others?.trades ?? 0), seq: Math.max(seq, others?.seq ?? 0) });
  }
  return together;
}

type Span = { readonly from: Micros; readonly until: Micros };

function tallyOfTrades({ trades }: Records, { from, until }: Span, instrument: InstrumentRow): Tally | undefined {
  const standing = [...trades.all()].filter(({ at, busted }) => !busted && at >= from && at < until);
  standing.sort((one, other) => one.place - other.place);
  return standing.reduce<Tally | undefined>(
    (tally, trade) => joined(tally, tallyOfTrade(trade, instrument)),
    undefined,
  );
}

type Parts = { readonly interval: CandleInterval; readonly length: Micros; readonly scales: Scales };

function tallyOfCandles({ candles }: Records, { from, until }: Span, parts: Parts): Tally | undefined {
  let whole: Tally | undefined;
  for (let start = from; start < until; start += parts.length) {
    const part = tallyOf(candles.get(candleKeyOf({ interval: parts.interval, start })), parts.scales);
    if (part !== undefined) whole = joined(whole, part);
  }
  return whole;
}

type Writing = Pick<CandleRow, "interval" | "start" | "seq"> & {
  readonly instrument: InstrumentRow;
  readonly tally: Tally | undefined;
  /** By how much its version grows. */
  readonly raise: number;
};

function write({ candles }: Records, { instrument, interval, start, tally, seq, raise }: Writing): void {
  const before = candles.get(candleKeyOf({ interval, start }));
  candles.put({
    instrumentId: instrument.id,
    marketplaceId: instrument.marketplaceId,
    interval,
    start,
    ...membersOf(tally, scalesOf(instrument.terms)),
    version: (before?.version ?? 1) + raise,
    seq: Math.max(before?.seq ?? 0, seq),
  });
}
