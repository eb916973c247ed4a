import type { Candle } from "../charts/candle-chart.tsx";
import type { StepSeries } from "../charts/step-series.ts";

const openedMs = Date.UTC(2026, 10, 27, 13, 0);
const at = (minutes: number): number => openedMs + minutes * 60_000;

export const bidSeries: readonly StepSeries[] = [
  {
    id: "own",
    label: "You",
    isOwn: true,
    points: [
      { atMs: at(0), value: "8690.00" },
      { atMs: at(14), value: "8550.00" },
      { atMs: at(31), value: "8480.00" },
      { atMs: at(42), value: "8412.50" },
    ],
  },
  {
    id: "bidder-2",
    label: "Bidder 2",
    isOwn: false,
    points: [
      { atMs: at(3), value: "8640.00" },
      { atMs: at(20), value: "8530.00" },
      { atMs: at(37), value: "8430.00" },
      { atMs: at(44), value: "8430.00" },
    ],
  },
];

/** The same course on every day: a walk without chance. */
export const candles: readonly Candle[] = Array.from({ length: 60 }, (_, hour) => {
  const middle = 409 + 4 * Math.sin(hour / 7) + 1.5 * Math.sin(hour / 2.3);
  const turn = 1.1 * Math.sin(hour * 1.7);
  const text = (value: number): string => value.toFixed(2);
  return {
    atMs: openedMs + (hour - 60) * 3_600_000,
    open: text(middle - turn),
    close: text(middle + turn),
    high: text(middle + Math.abs(turn) + 0.6),
    low: text(middle - Math.abs(turn) - 0.5),
    volume: String(Math.round(300 + 180 * Math.sin(hour / 3) + 60 * Math.sin(hour))),
  };
});
