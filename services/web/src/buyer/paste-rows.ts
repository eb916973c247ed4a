import type { LotTerms, TenderTerms } from "@kontor/protocol";
import { parseAmount } from "@kontor/ui";
import { emptyLot } from "./draft-terms.ts";

/** Columns of the grid of lots, in the order of the screen; a pasted sheet is laid over them. */
export const lotColumns = ["title", "grade", "quantity", "unit", "delivery", "startPrice", "estimatedValue"] as const;
export type LotColumn = (typeof lotColumns)[number];

/** A cell that could not be read; it was left as it was. Rows count from 1. */
export type UnreadCell = { readonly row: number; readonly column: LotColumn; readonly text: string };

export type Pasted = {
  readonly terms: TenderTerms;
  readonly unread: readonly UnreadCell[];
  /** Rows beyond what a tender may hold. */
  readonly droppedRows: number;
};

export type PasteAt = { readonly row: number; readonly column: LotColumn; readonly locale: string };

const lotsMax = 200;
const quantityDecimals = 6;

/** Cells of a copied sheet: tabs between columns, lines between rows; quotes hold what has either in it. */
export function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const row = rows.at(-1) ?? [];
    const cell = row.length - 1;
    if (isQuoted && character === '"' && text.charAt(at + 1) === '"') at++;
    else if (character === '"' && (isQuoted || row[cell] === "")) {
      isQuoted = !isQuoted;
      continue;
    } else if (!isQuoted && character === "\t") {
      row.push("");
      continue;
    } else if (!isQuoted && character === "\n") {
      rows.push([""]);
      continue;
    } else if (!isQuoted && character === "\r") continue;
    row[cell] = (row[cell] ?? "") + character;
  }
  return rows.filter((row, index) => index < rows.length - 1 || row.some((cell) => cell !== ""));
}

/** The terms with a sheet laid over the lots, from one cell to the right and down. New rows become lots. */
export function pasteRows(terms: TenderTerms, text: string, at: PasteAt): Pasted {
  const rows = cellsOf(text);
  const unread: UnreadCell[] = [];
  const lots = [...terms.lots];
  const kept = rows.slice(0, Math.max(0, lotsMax - at.row));
  const firstColumn = lotColumns.indexOf(at.column);
  kept.forEach((row, down) => {
    const index = at.row + down;
    const last = lots.at(-1);
    let lot = lots[index] ?? (last === undefined ? undefined : emptyLot(last));
    row.forEach((cell, across) => {
      const column = lotColumns[firstColumn + across];
      if (column === undefined || lot === undefined) return;
      const changed = withCell(lot, { column, text: cell.trim(), locale: at.locale });
      if (changed === null) unread.push({ row: index + 1, column, text: cell.trim() });
      else lot = changed;
    });
    if (lot !== undefined) lots[index] = lot;
  });
  return { terms: { ...terms, lots }, unread, droppedRows: rows.length - kept.length };
}

type Cell = { readonly column: LotColumn; readonly text: string; readonly locale: string };

function withCell(lot: LotTerms, { column, text, locale }: Cell): LotTerms | null {
  if (column === "title" || column === "grade" || column === "delivery")
    return { ...lot, [column]: text.slice(0, 200) };
  if (column === "unit") {
    const unit = text.toUpperCase();
    return /^[A-Z0-9]{2,3}$/.test(unit) ? { ...lot, quantity: { ...lot.quantity, unit } } : null;
  }
  const decimalsMax = column === "startPrice" ? lot.rules.priceScale : quantityDecimals;
  const parsed = parseAmount(text, { locale, decimalsMax });
  if (parsed.kind !== "amount" && parsed.kind !== "empty") return null;
  const value = parsed.kind === "amount" ? parsed.value : null;
  if (column === "quantity") return { ...lot, quantity: { ...lot.quantity, value: value ?? "" } };
  if (column === "estimatedValue") return { ...lot, estimatedValue: value };
  return { ...lot, rules: { ...lot.rules, startPrice: value } };
}
