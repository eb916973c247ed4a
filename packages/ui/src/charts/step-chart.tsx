import { useEffect, useState } from "react";
import { useLocale } from "react-aria-components";
import uPlot from "uplot";
import { formatAmount } from "../money/format-amount.ts";
import { formatTime } from "../time/instants.ts";
import type { ChartColors } from "./chart-colors.ts";
import { useChartColors } from "./chart-colors.ts";
import { ChartFrame } from "./chart-frame.tsx";
import type { StepSeries } from "./step-series.ts";
import { alignedSteps } from "./step-series.ts";

export type StepChartProps = {
  readonly title: string;
  readonly summary: string;
  readonly series: readonly StepSeries[];
  /** Of the values: "€/t". */
  readonly unit: string;
  readonly zone: string;
  readonly timeHeader: string;
  readonly blockSize?: number;
};

/** Prices over time as steps. Time runs left to right in every language. */
export function StepChart(props: StepChartProps) {
  return (
    <ChartFrame
      title={props.title}
      summary={props.summary}
      chart={<StepCanvas {...props} />}
      table={<StepTable {...props} />}
    />
  );
}

function StepCanvas({ series, unit, zone, blockSize = 220 }: StepChartProps) {
  const { locale } = useLocale();
  const [host, setHost] = useState<HTMLDivElement | null>(null);
  const colors = useChartColors(host);
  useEffect(() => {
    if (host === null || colors === null) return;
    const { times, values } = alignedSteps(series);
    const data = [
      times.map((ms) => ms / 1000),
      ...values.map((row) => row.map((value) => (value === null ? null : Number(value)))),
    ] as uPlot.AlignedData;
    const width = Math.max(200, host.clientWidth);
    const plot = new uPlot(
      { ...lookOf({ series, unit, zone, locale, colors }), width, height: blockSize } as uPlot.Options,
      data,
      host,
    );
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: Math.max(200, host.clientWidth), height: blockSize }),
    );
    observer.observe(host);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [host, colors, series, unit, zone, locale, blockSize]);
  return <div className="k-chart" ref={setHost} aria-hidden style={{ minBlockSize: blockSize }} />;
}

type Look = Pick<StepChartProps, "series" | "unit" | "zone"> & {
  readonly locale: string;
  readonly colors: ChartColors;
};

function lookOf({ series, unit, zone, locale, colors }: Look): Omit<uPlot.Options, "width" | "height"> {
  const axis = { stroke: colors.muted, ticks: { show: false }, font: "12px Inter Variable, system-ui, sans-serif" };
  const grid = { stroke: colors.line, width: 1 };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_, seconds) => seconds.map((at) => formatTime(at * 1000, { locale, zone })),
      },
      {
        ...axis,
        grid,
        size: 72,
        label: unit,
        labelSize: 16,
        labelFont: axis.font,
        values: (_, marks) => marks.map((mark) => formatAmount(plainText(mark), { locale })),
      },
    ],
    series: [
      {},
      ...series.map(({ label, isOwn, points }) => ({
        label,
        stroke: isOwn ? colors.brand : colors.control,
        width: isOwn ? 2 : 1.25,
        spanGaps: false,
        points: {
          show: true,
          size: 5,
          fill: isOwn ? colors.brand : colors.surface,
          filter: (plot: uPlot) => ownIndexes(plot.data[0], points),
        },
        ...(stepped === undefined ? {} : { paths: stepped }),
      })),
    ],
  };
}

/** Where a series itself has a point: at the times of the others its step only goes on. */
function ownIndexes(seconds: ArrayLike<number>, points: StepSeries["points"]): number[] {
  const own = new Set(points.map(({ atMs }) => atMs / 1000));
  return Array.from(seconds).flatMap((time, index) => (own.has(time) ? [index] : []));
}

/** A mark of an axis as a decimal string: these are round numbers, never amounts. */
function plainText(mark: number): string {
  const text = mark.toFixed(6);
  return text.replace(/\.?0+$/, "");
}

function StepTable({ series, unit, zone, timeHeader }: StepChartProps) {
  const { locale } = useLocale();
  const { times, values } = alignedSteps(series);
  return (
    <div className="k-table-frame">
      <table className="k-table">
        <thead>
          <tr>
            <th scope="col">{timeHeader}</th>
            {series.map(({ id, label }) => (
              <th key={id} scope="col" className="k-cell-number">
                {label}, {unit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time, at) => (
            <tr key={time}>
              <td className="k-number">{formatTime(time, { locale, zone, seconds: true })}</td>
              {series.map(({ id }, index) => {
                const value = values[index]?.[at] ?? null;
                return (
                  <td key={id} className="k-cell-number">
                    {value === null ? "–" : formatAmount(value, { locale, decimals: 2 })}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
