import type { OwnOrderView } from "@kontor/protocol";
import { RadioGroup } from "@kontor/ui";
import { useRef, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { BookHits } from "./book-hits.tsx";
import type { BookRow, Grouping, Side } from "./book-rows.ts";
import { bookRows, groupings, reachOf } from "./book-rows.ts";
import { drawBook, rowHeight, spreadHeight } from "./draw-book.ts";
import type { Market } from "./market.ts";
import { useAccount } from "./market.ts";
import { ltr, useNumbers } from "./numbers.ts";
import { Picture } from "./picture.tsx";
import { ShownBook } from "./shown-book.ts";
import { useCanvas } from "./use-canvas.ts";
import { usePaced } from "./use-paced.ts";

export type BookPanelProps = {
  readonly market: Market;
  readonly onPrice: (price: string) => void;
  /** At most so many levels a side. */
  readonly levelsMax: number;
  /** Beside the ticket on a phone: the ladder alone. */
  readonly isMini?: boolean;
};

type Hovered = { readonly side: Side; readonly place: number };
const noOrders: readonly OwnOrderView[] = [];

/** The ladder: drawn, with rows over it that hands and keys can reach, and the same as a table for readers. */
export function BookPanel({ market, onPrice, levelsMax, isMini = false }: BookPanelProps) {
  const t = useText();
  const { grid, book, record } = market;
  const numbers = useNumbers(grid, record.terms);
  const account = useAccount(market.instrumentId);
  const [grouping, setGrouping] = useState<Grouping>(1);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [places, setPlaces] = useState(levelsMax);
  const [hasMoved, setMoved] = useState(false);
  const shown = useRef<ShownBook>(null);
  shown.current ??= new ShownBook();
  const ladder = shown.current;
  const own = account === null ? noOrders : Object.values(account.orders);
  usePaced(() => {
    const source = { bids: book?.bids ?? [], asks: book?.asks ?? [], own, grouping, rowsMax: places };
    ladder.update(bookRows(grid, source), performance.now());
  });
  const canvas = useCanvas((sheet, ink) => {
    const room = Math.max(1, Math.min(levelsMax, Math.floor((sheet.height - spreadHeight) / (2 * rowHeight))));
    if (room !== places) setPlaces(room);
    const { rows } = ladder;
    const price = (row: BookRow): string => numbers.price(row.price);
    const spread = rows.spread === null ? "—" : `${t("exchange.spread")} ${numbers.price(rows.spread)}`;
    const isGone = (row: BookRow): boolean => ladder.isGone(row);
    sheet.context.globalAlpha = book?.isValid === true ? 1 : 0.5;
    const ownWord = t("exchange.book.own");
    drawBook(sheet, ink, { rows, places: room, hovered, isGone, price, quantity: numbers.pieces, ownWord, spread });
  });
  const hover = (next: Hovered | null): void => {
    if (next === null) ladder.release(performance.now());
    else ladder.freeze();
    setHovered(next);
    setMoved(false);
  };
  const press = ({ side, place }: Hovered): void => {
    const picked = ladder.pick(side, place, performance.now());
    setMoved(picked?.kind === "moved");
    if (picked?.kind === "price") onPrice(picked.price);
  };
  return (
    <section aria-label={t("exchange.book")} className="flex min-h-0 flex-1 flex-col">
      <BookHead unit={numbers.unit} per={numbers.per} grouping={isMini ? null : grouping} onGrouping={setGrouping} />
      <div className="relative min-h-0 flex-1" dir="ltr">
        <Picture canvasRef={canvas} />
        <BookHits ladder={ladder} places={places} numbers={numbers} onHover={hover} onPress={press} />
      </div>
      <BookFoot
        text={hasMoved ? t("exchange.book.moved") : hovered && reachText(hovered)}
        isWarning={hasMoved}
        isFrozen={hovered !== null}
      />
    </section>
  );

  function reachText({ side, place }: Hovered): string | null {
    const row = (side === "buy" ? ladder.rows.bids : ladder.rows.asks)[place];
    if (row === undefined) return null;
    const reach = reachOf(grid, row);
    return t("exchange.book.reach", {
      quantity: ltr(`${numbers.quantity(reach.quantity)} ${numbers.unit}`),
      average: numbers.price(reach.average),
      total: ltr(`${numbers.money(reach.total)} ${numbers.currency}`),
    });
  }
}

type BookHeadProps = {
  readonly unit: string;
  readonly per: string;
  /** Null: there is no choice. */
  readonly grouping: Grouping | null;
  readonly onGrouping: (grouping: Grouping) => void;
};

function BookHead({ unit, per, grouping, onGrouping }: BookHeadProps) {
  const t = useText();
  const options = groupings.map((count) => ({ value: String(count), label: `×${count}` }));
  return (
    <header className="px-2 pt-1">
      {grouping !== null && (
        <RadioGroup
          label={t("exchange.book.grouping")}
          isLabelHidden
          look="segments"
          value={String(grouping)}
          onChange={(value) => onGrouping(groupings.find((count) => String(count) === value) ?? 1)}
          options={options}
        />
      )}
      <div className="grid h-5 grid-cols-[45%_25%_30%] items-center text-end text-12 text-muted" dir="ltr" aria-hidden>
        <span>{grouping === null ? per : `${t("exchange.price")} ${per}`}</span>
        <span>{unit}</span>
        <span>Σ</span>
      </div>
    </header>
  );
}

function BookFoot(props: { readonly text: string | null; readonly isWarning: boolean; readonly isFrozen: boolean }) {
  const t = useText();
  return (
    <p
      role="status"
      className={`h-9 overflow-hidden border-t border-line px-2 py-0.5 text-12 ${props.isWarning ? "text-warn" : "text-muted"}`}
    >
      {props.text ?? (props.isFrozen ? t("exchange.book.frozen") : null)}
    </p>
  );
}
