import type { CandleInterval } from "@kontor/protocol";
import { CandleChart } from "@kontor/ui";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { useStream } from "../live/use-stream.ts";
import { DepthPanel } from "./depth-panel.tsx";
import type { Market } from "./market.ts";
import { ltr, useNumbers } from "./numbers.ts";
import { useCandles } from "./use-candles.ts";

const intervals = ["1m", "5m", "15m", "1h", "4h", "1d"] as const satisfies readonly CandleInterval[];
type Shown = CandleInterval | "depth";

/** Candles with the last settlement as a line, or the depth of the book. */
export function ChartPanel({ market }: { readonly market: Market }) {
  const t = useText();
  const [shown, setShown] = useState<Shown>("1m");
  return (
    <section aria-label={t("exchange.chart")} className="flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend that nobody needs here */}
      <div role="group" aria-label={t("exchange.chart.interval")} className="flex gap-1 px-2 pt-1" dir="ltr">
        {[...intervals, "depth" as const].map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === shown}
            className="min-h-7 min-w-9 cursor-pointer rounded-control px-2 text-12 text-muted aria-pressed:bg-brand-bg aria-pressed:font-medium aria-pressed:text-brand pointer-coarse:min-h-11"
            onClick={() => setShown(one)}
          >
            {one === "depth" ? t("exchange.chart.depth") : one}
          </button>
        ))}
      </div>
      {shown === "depth" ? <DepthPanel market={market} /> : <Candles market={market} interval={shown} />}
    </section>
  );
}

/** What the chart's own frame takes of its height: title, table switch and notice. */
const frameHeight = 76;

function Candles({ market, interval }: { readonly market: Market; readonly interval: CandleInterval }) {
  const t = useText();
  const { grid, record, instrumentId } = market;
  const numbers = useNumbers(grid, record.terms);
  const quote = useStream(`quote:${instrumentId}`).view;
  const { candles, isPending, error, refetch } = useCandles(instrumentId, interval);
  const { host, height } = useHeight();
  const settlement = quote?.previousClose ?? record.reference;
  const newest = candles.at(-1);
  const label = t("exchange.settlement");
  const mark = useMemo(
    () => (settlement === undefined ? {} : { mark: { value: settlement, label } }),
    [settlement, label],
  );
  return (
    <div ref={host} className="min-h-0 flex-1 overflow-hidden px-2">
      {isPending && <LoadingView rows={6} />}
      {error && <ErrorView error={error} onRetry={() => void refetch()} />}
      {!isPending && !error && newest === undefined && (
        <p className="p-4 text-13 text-muted">{t("exchange.chart.empty")}</p>
      )}
      {newest !== undefined && height > frameHeight && (
        <CandleChart
          title={ltr(`${interval} · ${numbers.per}`)}
          summary={t("exchange.chart.summary", { price: numbers.price(newest.close), count: candles.length })}
          candles={candles}
          zone={Intl.DateTimeFormat().resolvedOptions().timeZone}
          decimals={grid.priceScale}
          {...mark}
          headers={[
            t("exchange.column.time"),
            t("exchange.chart.open"),
            t("exchange.header.high"),
            t("exchange.header.low"),
            t("exchange.chart.close"),
            t("exchange.header.volume"),
          ]}
          blockSize={height - frameHeight}
        />
      )}
    </div>
  );
}

function useHeight() {
  const host = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    if (host.current === null) return;
    const watcher = new ResizeObserver(([entry]) => setHeight(Math.floor(entry?.contentRect.height ?? 0)));
    watcher.observe(host.current);
    return () => watcher.disconnect();
  }, []);
  return { host, height };
}
