import { decimalMarkOf } from "../cells/decimal-marks.ts";
import { UnreadableFile } from "../files/unreadable-file.ts";
import type { Column, TableOptions } from "./table.ts";
import { tableLimits } from "./table-limits.ts";

/** A row as its format gives it: with the number that a spreadsheet shows. */
export type NumberedCells = { readonly number: number; readonly cells: readonly (string | null)[] };

export type Header = {
  /** Number of the row; null where there is none. */
  readonly row: number | null;
  readonly names: readonly string[];
};

/**
 * The row of column names: the one that was told, or the first that is about as wide as the table and all of words. Files
 * begin with titles and addresses now and then, and some have no such row: then columns are named A, B, C.
 *
 * @throws UnreadableFile `header_missing` where the told row is not there.
 */
export function headerOf(rows: readonly NumberedCells[], told: TableOptions["headerRow"]): Header {
  const found =
    told === "none" ? undefined : rows.find((row) => (told === undefined ? isHeader(row, rows) : row.number === told));
  if (found !== undefined) return { row: found.number, names: columnNames(found.cells, widthOf(rows)) };
  if (typeof told === "number") {
    const hint = "Tell the row of the column names, counted from 1.";
    throw new UnreadableFile("header_missing", `Row ${told} has no column names.`, { hint });
  }
  return { row: null, names: columnNames([], widthOf(rows)) };
}

function isHeader(row: NumberedCells, rows: readonly NumberedCells[]): boolean {
  if (row.number > tableLimits.headerRowsMax) return false;
  const words = row.cells.filter((cell) => cell !== null && cell.trim() !== "");
  if (words.length * 2 <= usualWidth(rows)) return false;
  return words.every((cell) => cell !== null && /\p{L}/u.test(cell) && !looksLikeValue(cell) && cell.length <= 200);
}

/** Article numbers, addresses and amounts have letters too, but no name of a column looks like them. */
function looksLikeValue(cell: string): boolean {
  const text = cell.trim();
  return /^https?:|^[A-Z]{3}$|@/.test(text) && !/^(GTIN|EAN|UPC|SKU|MPN|VPE|MOQ|EK|VK|UVP)$/.test(text)
    ? true
    : (text.match(/\d/g)?.length ?? 0) * 2 > text.length;
}

/** Filled cells of the row in the middle, ordered by them. */
function usualWidth(rows: readonly NumberedCells[]): number {
  const widths = rows
    .map(({ cells }) => cells.filter((cell) => cell !== null && cell.trim() !== "").length)
    .sort((a, b) => a - b);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

function widthOf(rows: readonly NumberedCells[]): number {
  return rows.reduce((width, { cells }) => Math.max(width, cells.length), 0);
}

/** Every column has a name of its own: a blank one is called by its letters, a repeated one counted. */
function columnNames(cells: readonly (string | null)[], width: number): readonly string[] {
  const filled = cells.findLastIndex((cell) => cell !== null && cell.trim() !== "") + 1;
  const length = filled === 0 ? width : filled;
  const names: string[] = [];
  const taken = new Set<string>();
  for (let at = 0; at < length; at++) {
    const written = (cells[at] ?? "").trim().replace(/\s+/g, " ");
    const name = written === "" ? columnLetters(at) : written;
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
    taken.add(unique);
    names.push(unique);
  }
  return names;
}

/** A, B … Z, AA: as spreadsheets name columns, from 0. */
function columnLetters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${columnLetters(Math.floor(at / 26) - 1)}${last}`;
}

/** Columns with what the sample's rows behind the header show of their numbers. */
export function columnsOf(header: Header, rows: readonly NumberedCells[]): readonly Column[] {
  const behind = header.row === null ? rows : rows.filter(({ number }) => number > (header.row ?? 0));
  return header.names.map((name, at) => ({
    name,
    decimalMark: decimalMarkOf(behind.map(({ cells }) => cells[at] ?? "")),
  }));
}
