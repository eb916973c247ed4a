import type { Micros } from "@kontor/kernel";
import type { CandleInterval } from "@kontor/protocol";
import type { Amends, EncodedFigures, Figures, Print, Prints } from "./figures.ts";
import { addPrint, decodeFigures, encodeFigures, holds, noFigures, recount } from "./figures.ts";

/** Seconds; each divides a day, so that every bucket begins at a whole one of its kind in UTC. */
export const intervalSeconds = {
  "1m": 60,
  "5m": 300,
  "15m": 900,
  "1h": 3_600,
  "4h": 14_400,
  "1d": 86_400,
} as const satisfies Record<CandleInterval, number>;

const intervals = Object.keys(intervalSeconds) as readonly CandleInterval[];

export type Candle = { readonly start: Micros; version: number; readonly figures: Figures };

export type EncodedCandles = readonly (readonly [
  interval: CandleInterval,
  candles: readonly { readonly start: Micros; readonly version: number; readonly figures: EncodedFigures }[],
])[];

/** Of each interval the bucket of the latest trade and the one before it that had any, oldest first. */
export class Candles {
  readonly #byInterval = new Map<CandleInterval, Candle[]>(intervals.map((interval) => [interval, []]));

  of(interval: CandleInterval): readonly Candle[] {
    return this.#byInterval.get(interval) ?? [];
  }

  add(trade: number, at: Micros, print: Print): void {
    for (const [interval, candles] of this.#byInterval) {
      const length = intervalSeconds[interval] * 1_000_000;
      const start = at - (at % length);
      let current = candles.at(-1);
      if (current?.start !== start) {
        if (current !== undefined) current.figures.end = trade;
        if (current?.figures.trades === 0) candles.pop(); // All of its trades were busted.
        current = { start, version: 1, figures: noFigures(trade) };
        candles.push(current);
        if (candles.length > 2) candles.shift();
      }
      addPrint(current.figures, print);
    }
  }

  /** A trade with this place in the order of trades was busted or corrected. */
  recount(place: number, prints: Prints, amends: Amends): void {
    for (const candles of this.#byInterval.values()) {
      for (const candle of candles) {
        if (!holds(candle.figures, place)) continue;
        candle.version += 1;
        recount(candle.figures, prints, amends);
      }
    }
  }

  encode(): EncodedCandles {
    return [...this.#byInterval].map(([interval, candles]) => [
      interval,
      candles.map(({ start, version, figures }) => ({ start, version, figures: encodeFigures(figures) })),
    ]);
  }

  static decode(encoded: EncodedCandles): Candles {
    const decoded = new Candles();
    for (const [interval, candles] of encoded) {
      const restored = candles.map(({ figures, ...rest }) => ({ ...rest, figures: decodeFigures(figures) }));
      decoded.#byInterval.set(interval, restored);
    }
    return decoded;
  }
}
