import { Button } from "@kontor/ui";
import { useEffect, useRef, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { useStream } from "../live/use-stream.ts";
import { rowHeight } from "./draw-book.ts";
import { drawTape } from "./draw-tape.ts";
import type { Market } from "./market.ts";
import { useNumbers } from "./numbers.ts";
import { Picture } from "./picture.tsx";
import type { TapeRow } from "./tape.ts";
import { tapeRows } from "./tape.ts";
import { useCanvas } from "./use-canvas.ts";

/** Readers get the newest few as a table. */
const toldRows = 12;

/** Trades as they happen, newest first; the picture follows the scrolling, so that five hundred rows cost no more than ten. */
export function TapePanel({ market }: { readonly market: Market }) {
  const t = useText();
  const numbers = useNumbers(market.grid, market.record.terms);
  const { rows, isPaused, setPaused } = useTape(market.instrumentId);
  const scroller = useRef<HTMLDivElement>(null);
  const time = (row: TapeRow): string => timeOf(row.at, numbers.locale);
  const price = (row: TapeRow): string => numbers.price(row.price);
  const quantity = (row: TapeRow): string => numbers.quantity(row.quantity);
  const canvas = useCanvas((sheet, ink) =>
    drawTape(sheet, ink, { rows, from: scroller.current?.scrollTop ?? 0, time, price, quantity }),
  );
  return (
    <section aria-label={t("exchange.tape")} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-8 shrink-0 items-center justify-between border-b border-line px-2 text-12 text-muted">
        <span>{`${t("exchange.tape")} · ${numbers.per} · ${numbers.unit}`}</span>
        <Button kind="quiet" size="small" onPress={() => setPaused(!isPaused)}>
          {t(isPaused ? "exchange.tape.resume" : "exchange.tape.pause")}
        </Button>
      </header>
      {rows.length === 0 && <p className="p-3 text-13 text-muted">{t("exchange.tape.empty")}</p>}
      <div className="relative min-h-0 flex-1">
        <Picture canvasRef={canvas} />
        <div ref={scroller} dir="ltr" className="absolute inset-0 overflow-y-auto" data-tape-rows={rows.length}>
          <div aria-hidden="true" style={{ height: rows.length * rowHeight }} />
        </div>
      </div>
      <table className="sr-only">
        <caption>{t("exchange.tape")}</caption>
        <tbody>
          {rows.slice(0, toldRows).map((row) => (
            <tr key={row.name}>
              <td>{time(row)}</td>
              <td>{price(row)}</td>
              <td>{quantity(row)}</td>
              <td>{row.takerSide === undefined ? t("exchange.tape.auction") : t(`exchange.${row.takerSide}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useTape(instrumentId: string) {
  const { view } = useStream(`trades:${instrumentId}`);
  const [rows, setRows] = useState<readonly TapeRow[]>([]);
  const [isPaused, setPaused] = useState(false);
  useEffect(() => {
    if (view !== null && !isPaused) setRows((before) => tapeRows(before, view.trades));
  }, [view, isPaused]);
  return { rows, isPaused, setPaused };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** To the millisecond, in the person's own zone. */
function timeOf(at: string, locale: string): string {
  const known = formats.get(locale);
  const format =
    known ??
    new Intl.DateTimeFormat(locale, {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      fractionalSecondDigits: 3,
      hourCycle: "h23",
    });
  if (known === undefined) formats.set(locale, format);
  return format.format(Date.parse(at));
}
