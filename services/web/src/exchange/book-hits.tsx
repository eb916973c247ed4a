import { useText } from "../i18n/use-text.ts";
import type { BookRow, Side } from "./book-rows.ts";
import { rowHeight, spreadHeight } from "./draw-book.ts";
import type { Numbers } from "./numbers.ts";
import type { ShownBook } from "./shown-book.ts";
import { useSampled } from "./use-paced.ts";

type Place = { readonly side: Side; readonly place: number };

export type BookHitsProps = {
  readonly ladder: ShownBook;
  readonly places: number;
  readonly numbers: Numbers;
  readonly onHover: (place: Place | null) => void;
  readonly onPress: (place: Place) => void;
};

/** Names of rows are told to readers this often; what is drawn is newer. */
const namedEveryMs = 1_000;

/** A button over each drawn row, the best ones reached by Tab and the others by arrows, in the order in which they stand. */
export function BookHits({ ladder, places, numbers, onHover, onPress }: BookHitsProps) {
  const t = useText();
  const rows = useSampled(() => ladder.rows, namedEveryMs);
  const hit = (side: Side, place: number, row: BookRow | undefined) => {
    const top = side === "sell" ? (places - 1 - place) * rowHeight : (places + place) * rowHeight + spreadHeight;
    const values = row && {
      price: numbers.price(row.price),
      quantity: `${numbers.pieces(row.quantity)} ${numbers.unit}`,
    };
    const name = values ? t(`exchange.book.row.${side}`, values) : t("exchange.book.row.empty");
    return (
      <button
        key={`${side}${place}`}
        type="button"
        data-book-row={`${side}-${place}`}
        className="absolute inset-x-0 cursor-pointer bg-transparent p-0 focus-visible:-outline-offset-2"
        style={{ top, height: rowHeight }}
        tabIndex={place === 0 ? 0 : -1}
        aria-label={name}
        onPointerEnter={(event) => event.pointerType === "mouse" && onHover({ side, place })}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && onHover({ side, place })}
        onClick={() => onPress({ side, place })}
      />
    );
  };
  const all = Array.from({ length: places }, (_, place) => place);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are the controls; this one only hears their events
    <div
      onPointerLeave={() => onHover(null)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || onHover(null)}
      onKeyDown={moveFocus}
    >
      {all.toReversed().map((place) => hit("sell", place, rows.asks[place]))}
      {all.map((place) => hit("buy", place, rows.bids[place]))}
    </div>
  );
}

function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const rows = [...event.currentTarget.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = rows[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
