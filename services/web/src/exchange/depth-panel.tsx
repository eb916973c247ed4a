import { useRef, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import type { BookRow, BookRows } from "./book-rows.ts";
import { bookRows, noRows, reachOf } from "./book-rows.ts";
import { drawDepth } from "./draw-depth.ts";
import type { Market } from "./market.ts";
import { useNumbers } from "./numbers.ts";
import { Picture } from "./picture.tsx";
import { useCanvas } from "./use-canvas.ts";

const levelsMax = 50;

/** The book as an area; arrows move a cursor over its levels, which the line below tells of. */
export function DepthPanel({ market }: { readonly market: Market }) {
  const t = useText();
  const { grid, book, record } = market;
  const numbers = useNumbers(grid, record.terms);
  const rows = useRef<BookRows>(noRows);
  const [at, setAt] = useState(0);
  const canvas = useCanvas((sheet, ink) => {
    const source = {
      bids: book?.bids ?? [],
      asks: book?.asks ?? [],
      own: [],
      grouping: 1,
      rowsMax: levelsMax,
    } as const;
    rows.current = bookRows(grid, source);
    const price = (row: BookRow): string => numbers.price(row.price);
    drawDepth(sheet, ink, { rows: rows.current, cursor: rowAt(rows.current, at), price });
  });
  const row = rowAt(rows.current, at);
  const reach = row === null ? null : reachOf(grid, row);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        role="slider"
        tabIndex={0}
        aria-label={t("exchange.chart.depth")}
        aria-valuemin={-levelsMax}
        aria-valuemax={levelsMax}
        aria-valuenow={at}
        aria-valuetext={row === null ? t("exchange.book.row.empty") : numbers.price(row.price)}
        className="relative m-2 min-h-0 flex-1"
        dir="ltr"
        onKeyDown={(event) => {
          const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
          if (move === 0) return;
          event.preventDefault();
          setAt((before) => (rowAt(rows.current, before + move) === null ? before : before + move));
        }}
      >
        <Picture canvasRef={canvas} />
      </div>
      <p className="h-7 px-2 text-12 text-muted">
        {reach !== null && row !== null
          ? t("exchange.depth.to", {
              price: numbers.price(row.price),
              quantity: `${numbers.quantity(reach.quantity)} ${numbers.unit}`,
              average: numbers.price(reach.average),
            })
          : null}
      </p>
    </div>
  );
}

/** Zero and above are asks from the best, below zero bids from the best. */
function rowAt(rows: BookRows, at: number): BookRow | null {
  return (at >= 0 ? rows.asks[at] : rows.bids[-at - 1]) ?? null;
}
