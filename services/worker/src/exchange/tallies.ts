import type { CandleRow } from "@kontor/db";
import { formatDecimal } from "@kontor/kernel";
import type { Scales } from "./amounts.ts";
import { minorOf } from "./amounts.ts";

/** What was traded in some time, in minor units; `seq` is the entry of the last trade. */
export type Tally = {
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly volume: bigint;
  readonly turnover: bigint;
  readonly trades: number;
  readonly auction: boolean;
  readonly seq: number;
};

/** Of the earlier time and the later one together. */
export function joined(earlier: Tally | undefined, later: Tally): Tally {
  if (earlier === undefined) return later;
  const rises = later.high > earlier.high;
  const falls = later.low < earlier.low;
  return {
    open: earlier.open,
    high: rises ? later.high : earlier.high,
    low: falls ? later.low : earlier.low,
    close: later.close,
    volume: earlier.volume + later.volume,
    turnover: earlier.turnover + later.turnover,
    trades: earlier.trades + later.trades,
    auction: earlier.auction || later.auction,
    seq: Math.max(earlier.seq, later.seq),
  };
}

/** Undefined for a candle without trades. */
export function tallyOf(row: CandleRow | undefined, { price, quantity, money }: Scales): Tally | undefined {
  if (row === undefined || row.trades === 0) return undefined;
  return {
    open: minorOf(row.open, price),
    high: minorOf(row.high, price),
    low: minorOf(row.low, price),
    close: minorOf(row.close, price),
    volume: minorOf(row.volume, quantity),
    turnover: minorOf(row.turnover, money),
    trades: row.trades,
    auction: row.auction,
    seq: row.seq,
  };
}

const nothing: Tally = {
  open: 0n,
  high: 0n,
  low: 0n,
  close: 0n,
  volume: 0n,
  turnover: 0n,
  trades: 0,
  auction: false,
  seq: 0,
};

/** Members of a candle; all zero without trades. */
export function membersOf(tally: Tally = nothing, { price, quantity, money }: Scales) {
  return {
    open: formatDecimal(tally.open, price),
    high: formatDecimal(tally.high, price),
    low: formatDecimal(tally.low, price),
    close: formatDecimal(tally.close, price),
    volume: formatDecimal(tally.volume, quantity),
    turnover: formatDecimal(tally.turnover, money),
    trades: tally.trades,
    auction: tally.auction,
  };
}
