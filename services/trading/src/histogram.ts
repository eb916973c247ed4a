export type HistogramValue = {
  /** Upper bounds, ascending; one more bucket takes what is above. */
  readonly bounds: readonly number[];
  /** How many fell into each bucket, not cumulative. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
};

export type Histogram = { readonly add: (value: number) => void; readonly value: () => HistogramValue };

export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  let count = 0;
  let sum = 0;
  return {
    add(value) {
      const found = bounds.findIndex((bound) => value <= bound);
      const bucket = found < 0 ? bounds.length : found;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      count++;
      sum += value;
    },
    value: () => ({ bounds, counts: [...counts], count, sum }),
  };
}
