import type { ReactNode } from "react";

export type SparklineProps = {
  /** For drawing alone; the numbers themselves stand beside it. */
  readonly values: readonly number[];
  /** What it shows, in words: "price of 30 days, from 402 to 412". */
  readonly label: string;
  readonly inlineSize?: number;
};

const height = 24;

/** A course without axes. */
export function Sparkline({ values, label, inlineSize = 96 }: SparklineProps) {
  const low = Math.min(...values);
  const spread = Math.max(...values) - low || 1;
  const x = (at: number): number => 2 + (at * (inlineSize - 6)) / Math.max(1, values.length - 1);
  const y = (value: number): number => 3 + (height - 6) * (1 - (value - low) / spread);
  const path = values.map((value, at) => `${at === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const last = values.at(-1);
  return (
    <svg className="k-spark" width={inlineSize} height={height} role="img" aria-label={label}>
      <path d={path} />
      {last !== undefined && <circle cx={x(values.length - 1)} cy={y(last)} r={2.25} />}
    </svg>
  );
}

export type BarRowProps = {
  readonly label: ReactNode;
  /** Part of the longest bar, 0 to 1. */
  readonly share: number;
  readonly value: ReactNode;
  readonly isOwn?: boolean;
};

/** One bar with its name and its number. Bars begin at zero. */
export function BarRow({ label, share, value, isOwn = false }: BarRowProps) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <div className="k-bar-row">
      <span>{label}</span>
      <span className="k-bar-track">
        <span className={isOwn ? "k-bar-fill k-bar-own" : "k-bar-fill"} style={{ inlineSize: `${percent}%` }} />
      </span>
      <span className="k-number">{value}</span>
    </div>
  );
}
