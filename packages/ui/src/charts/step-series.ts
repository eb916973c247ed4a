/** A price that stays until the next one. Times are milliseconds since 1970, values decimal strings, both in order. */
export type StepSeries = {
  readonly id: string;
  readonly label: string;
  /** One's own is drawn solid in the brand's colour, the others in grey. */
  readonly isOwn: boolean;
  readonly points: readonly { readonly atMs: number; readonly value: string }[];
};

/** All times of all series in order, and of each series its value at each of them, or null before its first. */
export function alignedSteps(series: readonly StepSeries[]): {
  readonly times: readonly number[];
  readonly values: readonly (readonly (string | null)[])[];
} {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ atMs }) => atMs)))].sort((a, b) => a - b);
  const values = series.map(({ points }) => {
    let next = 0;
    let value: string | null = null;
    return times.map((time) => {
      for (let point = points[next]; point !== undefined && point.atMs <= time; point = points[++next])
        value = point.value;
      return value;
    });
  });
  return { times, values };
}
