import type { TradesView, TradeView } from "@kontor/protocol";

export type TapeRow = TradeView & { readonly name: string };

/** Rows that a tape keeps, newest first. */
export const tapeRowsMax = 500;

/**
 * The newest trades first. What the stream no longer holds, for it holds the last hundred, is kept from before; what it
 * says anew of a trade, that it was busted, replaces what was known.
 */
export function tapeRows(before: readonly TapeRow[], trades: TradesView["trades"]): readonly TapeRow[] {
  const newest = Object.entries(trades)
    .map(([name, trade]) => ({ ...trade, name }))
    .sort((a, b) => numberOf(b.name) - numberOf(a.name));
  const oldest = newest.at(-1);
  if (oldest === undefined) return before;
  const kept = before.filter(({ name }) => numberOf(name) < numberOf(oldest.name));
  return [...newest, ...kept].slice(0, tapeRowsMax);
}

/** Which way the one went who came to the book; none in an auction, to which everybody comes. */
export function directionOf(row: TapeRow): "up" | "down" | "none" {
  if (row.takerSide === undefined) return "none";
  return row.takerSide === "buy" ? "up" : "down";
}

function numberOf(name: string): number {
  return Number(name.slice(1));
}
