import type { IChartApi, ISeriesApi, UTCTimestamp } from "lightweight-charts";
import { CandlestickSeries, ColorType, createChart, HistogramSeries } from "lightweight-charts";
import { useEffect, useRef, useState } from "react";
import { useLocale } from "react-aria-components";
import { Link } from "../controls/link.tsx";
import { useLabels } from "../labels/labels.tsx";
import { formatAmount } from "../money/format-amount.ts";
import { formatDate, formatTime } from "../time/instants.ts";
import type { ChartColors } from "./chart-colors.ts";
import { useChartColors } from "./chart-colors.ts";
import { ChartFrame } from "./chart-frame.tsx";

/** Decimal strings; `atMs` is the beginning of the span, in order. */
export type Candle = {
  readonly atMs: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
};

export type CandleChartProps = {
  readonly title: string;
  readonly summary: string;
  readonly candles: readonly Candle[];
  readonly zone: string;
  /** Digits behind the decimal mark of a price. */
  readonly decimals: number;
  /** A price to be seen all along: the settlement. */
  readonly mark?: { readonly value: string; readonly label: string };
  readonly headers: readonly [time: string, open: string, high: string, low: string, close: string, volume: string];
  readonly blockSize?: number;
};

/** Candles and volume, with a table twin and the notice that their library asks for. */
export function CandleChart(props: CandleChartProps) {
  const labels = useLabels();
  return (
    <ChartFrame
      title={props.title}
      summary={props.summary}
      chart={<CandleCanvas {...props} />}
      table={<CandleTable {...props} />}
      foot={
        <Link kind="quiet" href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          {labels.chartsBy}
        </Link>
      }
    />
  );
}

type Drawn = {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<"Candlestick">;
  readonly volume: ISeriesApi<"Histogram">;
};

function CandleCanvas({ candles, zone, decimals, mark, blockSize = 320 }: CandleChartProps) {
  const { locale } = useLocale();
  const [host, setHost] = useState<HTMLDivElement | null>(null);
  const colors = useChartColors(host);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const isFitted = useRef(false);
  // Before the effect that ends the chart: its line must be gone by then.
  useEffect(() => {
    if (drawn === null || colors === null || mark === undefined) return;
    const line = drawn.candles.createPriceLine({
      price: Number(mark.value),
      title: mark.label,
      color: colors.muted,
      lineWidth: 1,
      lineStyle: 2,
      axisLabelVisible: true,
    });
    return () => drawn.candles.removePriceLine(line);
  }, [drawn, colors, mark]);
  useEffect(() => {
    if (host === null) return;
    const created = createDrawn(host);
    isFitted.current = false;
    setDrawn(created);
    return () => created.chart.remove();
  }, [host]);
  useEffect(() => {
    if (drawn === null || colors === null) return;
    applyLook(drawn, { colors, locale, zone, decimals });
  }, [drawn, colors, locale, zone, decimals]);
  useEffect(() => {
    if (drawn === null || colors === null) return;
    putData(drawn, candles, colors);
    if (isFitted.current || candles.length === 0) return;
    drawn.chart.timeScale().fitContent();
    isFitted.current = true;
  }, [drawn, colors, candles]);
  return <div className="k-chart" ref={setHost} aria-hidden style={{ blockSize }} />;
}

function createDrawn(host: HTMLElement): Drawn {
  const chart = createChart(host, {
    autoSize: true,
    layout: { attributionLogo: false, fontSize: 12, fontFamily: "Inter Variable, system-ui, sans-serif" },
  });
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: false });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: "volume",
    lastValueVisible: false,
    priceLineVisible: false,
  });
  chart.priceScale("volume").applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
  return { chart, candles, volume };
}

type Look = {
  readonly colors: ChartColors;
  readonly locale: string;
  readonly zone: string;
  readonly decimals: number;
};

function applyLook({ chart, candles }: Drawn, { colors, locale, zone, decimals }: Look): void {
  const whenOf = (time: unknown): number => Number(time) * 1000;
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: zone });
  chart.applyOptions({
    layout: { background: { type: ColorType.Solid, color: colors.surface }, textColor: colors.muted },
    grid: { vertLines: { visible: false }, horzLines: { color: colors.line } },
    rightPriceScale: { borderColor: colors.line },
    timeScale: {
      // A young market has few candles: they stay candles.
      maxBarSpacing: 16,
      borderColor: colors.line,
      timeVisible: true,
      tickMarkFormatter: (time: unknown, kind: number) =>
        kind >= 3 ? formatTime(whenOf(time), { locale, zone }) : day.format(whenOf(time)),
    },
    localization: {
      locale,
      timeFormatter: (time: unknown) =>
        `${formatDate(whenOf(time), { locale, zone, style: "medium" })} ${formatTime(whenOf(time), { locale, zone })}`,
      priceFormatter: (price: number) => formatAmount(price.toFixed(decimals), { locale, decimals }),
    },
  });
  candles.applyOptions({
    upColor: colors.up,
    downColor: colors.down,
    wickUpColor: colors.up,
    wickDownColor: colors.down,
    priceFormat: { type: "price", precision: decimals, minMove: 10 ** -decimals },
  });
}

function putData({ candles, volume }: Drawn, data: readonly Candle[], colors: ChartColors): void {
  const time = (atMs: number): UTCTimestamp => Math.floor(atMs / 1000) as UTCTimestamp;
  candles.setData(
    data.map(({ atMs, open, high, low, close }) => ({
      time: time(atMs),
      open: Number(open),
      high: Number(high),
      low: Number(low),
      close: Number(close),
    })),
  );
  volume.setData(data.map((candle) => ({ time: time(candle.atMs), value: Number(candle.volume), color: colors.line })));
}

function CandleTable({ candles, zone, decimals, headers }: CandleChartProps) {
  const { locale } = useLocale();
  const [timeHeader, ...others] = headers;
  return (
    <div className="k-table-frame" style={{ maxBlockSize: "20rem" }}>
      <table className="k-table">
        <thead>
          <tr>
            <th scope="col">{timeHeader}</th>
            {others.map((header) => (
              <th key={header} scope="col" className="k-cell-number">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {candles.map(({ atMs, open, high, low, close, volume }) => (
            <tr key={atMs}>
              <td>
                {formatDate(atMs, { locale, zone, style: "short" })}{" "}
                <span className="k-number">{formatTime(atMs, { locale, zone })}</span>
              </td>
              {[open, high, low, close].map((price, at) => (
                <td key={`${others[at]}`} className="k-cell-number">
                  {formatAmount(price, { locale, decimals })}
                </td>
              ))}
              <td className="k-cell-number">{formatAmount(volume, { locale })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
