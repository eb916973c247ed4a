import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

/** Shorter tables are drawn whole: the browser's own search finds all in them. */
const wholeUpTo = 80;
const rowHeightGuess = 36;

export type RowWindow = {
  readonly indexes: readonly number[];
  /** Pixels of what is not drawn, before and after. */
  readonly before: number;
  readonly after: number;
  readonly measure: (element: HTMLTableRowElement | null) => void;
  readonly reveal: (index: number) => void;
};

export type RowWindowOptions = {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly count: number;
  readonly isWindowed: boolean;
};

const nothing = (): void => {};

/** Which rows to draw. */
export function useRowWindow({ frame, count, isWindowed }: RowWindowOptions): RowWindow {
  const isOn = isWindowed && count > wholeUpTo;
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: isOn ? count : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeightGuess,
    overscan: 12,
  });
  if (!isOn) {
    const indexes = Array.from({ length: count }, (_, index) => index);
    return { indexes, before: 0, after: 0, measure: nothing, reveal: nothing };
  }
  const items = virtualizer.getVirtualItems();
  return {
    indexes: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtualizer.measureElement,
    reveal: (index) => virtualizer.scrollToIndex(index),
  };
}
