import { parseDecimal } from "@kontor/kernel";

/** One price in time, to be drawn; decimals of one scale. */
export type ChartPoint = { readonly at: number; readonly price: string; readonly own: boolean };

export type ChartShape = {
  /** Steps of the best price, as an SVG path; empty without a point. */
  readonly bestPath: string;
  readonly ownPath: string;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly own: boolean; readonly key: string }[];
  readonly low: string;
  readonly high: string;
};

export type ChartFrame = { readonly width: number; readonly height: number; readonly inset: number };

/**
 * Where points lie in a frame: time from its start to its end, prices between the least and the greatest. Positions are
 * for the eye alone, so that they may be floats.
 */
export function chartShape(points: readonly ChartPoint[], frame: ChartFrame, sign: 1n | -1n): ChartShape | null {
  const sorted = [...points].sort((a, b) => a.at - b.at);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return null;
  const heights = new Map(sorted.map(({ price }) => [price, heightOf(price)]));
  const [low = first, high = first] = ends(sorted, heights);
  const { width, height, inset } = frame;
  const range = (heights.get(high.price) ?? 0) - (heights.get(low.price) ?? 0);
  const time = last.at - first.at;
  const x = ({ at }: ChartPoint): number => inset + (time === 0 ? 0.5 : (at - first.at) / time) * (width - 2 * inset);
  const y = ({ price }: ChartPoint): number => {
    const share = range === 0 ? 0.5 : ((heights.get(price) ?? 0) - (heights.get(low.price) ?? 0)) / range;
    return height - inset - share * (height - 2 * inset);
  };
  const best = sorted.filter((point, index) =>
    sorted
      .slice(0, index)
      .every((earlier) => ((heights.get(point.price) ?? 0) - (heights.get(earlier.price) ?? 0)) * Number(sign) > 0),
  );
  const path = (line: readonly ChartPoint[]): string =>
    stepPath(
      line.map((one) => [x(one), y(one)]),
      width - inset,
    );
  return {
    bestPath: path(best),
    ownPath: path(sorted.filter(({ own }) => own)),
    dots: sorted.map((one, index) => ({ x: x(one), y: y(one), own: one.own, key: `${one.at}-${index}` })),
    low: low.price,
    high: high.price,
  };
}

function heightOf(price: string): number {
  const minor = parseDecimal(price, price.split(".")[1]?.length ?? 0);
  return typeof minor === "bigint" ? Number(minor) : 0;
}

function ends(points: readonly ChartPoint[], heights: ReadonlyMap<string, number>): readonly ChartPoint[] {
  const rising = [...points].sort((a, b) => (heights.get(a.price) ?? 0) - (heights.get(b.price) ?? 0));
  return [rising[0], rising.at(-1)].filter((point) => point !== undefined);
}

function stepPath(line: readonly (readonly [number, number])[], end: number): string {
  const [first, ...rest] = line;
  if (first === undefined) return "";
  const steps = rest.map(([x, y]) => `H${x.toFixed(1)}V${y.toFixed(1)}`).join("");
  return `M${first[0].toFixed(1)} ${first[1].toFixed(1)}${steps}H${end.toFixed(1)}`;
}
