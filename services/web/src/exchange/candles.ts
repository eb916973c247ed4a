import type { CandleRecord, CandleView, Decimal } from "@kontor/protocol";

/** One candle; amounts are decimal text, `atMs` milliseconds since 1970. */
export type Candle = {
  readonly atMs: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
};

type Versioned = Candle & { readonly version: number };

/** Oldest first, one for each start: of two the one with the later version, of equal ones the stream's. */
export function joinedCandles(
  read: readonly CandleRecord[],
  live: Readonly<Record<string, CandleView>>,
): readonly Candle[] {
  const byStart = new Map<number, Versioned>();
  for (const record of read) put(byStart, Date.parse(record.start), record);
  for (const [start, view] of Object.entries(live)) put(byStart, Date.parse(start), view);
  return [...byStart.values()].sort((a, b) => a.atMs - b.atMs).map(({ version: _, ...candle }) => candle);
}

function put(byStart: Map<number, Versioned>, atMs: number, candle: CandleView): void {
  const known = byStart.get(atMs);
  if (known !== undefined && known.version > candle.version) return;
  const { open, high, low, close, volume, version } = candle;
  byStart.set(atMs, { atMs, open, high, low, close, volume, version });
}
