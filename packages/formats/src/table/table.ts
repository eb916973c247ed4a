import type { Progress } from "../files/byte-source.ts";

export const tableFormats = ["csv", "xlsx", "ndjson"] as const;
export type TableFormat = (typeof tableFormats)[number];

export const textEncodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15"] as const;
export type TextEncoding = (typeof textEncodings)[number];

export const separators = [",", ";", "\t", "|"] as const;
export type Separator = (typeof separators)[number];

/** What separates whole from fraction. */
export type DecimalMark = "." | ",";

/** What is wrong with how a row was written; its cells are read as well as they can be. */
export type RowFault = "quote_unclosed" | "quote_misplaced" | "cells_extra" | "json_malformed" | "json_not_object";

export type TableRow = {
  /** The number that a spreadsheet shows beside it: the row of column names counts, and so do empty ones. */
  readonly number: number;
  /** Names of the cells. An NDJSON file may bring new ones on its way: they come behind the known. */
  readonly columns: readonly string[];
  /** Text as written; a date of a workbook as ISO. Null where the row has no such cell at all, which is not an empty one. */
  readonly cells: readonly (string | null)[];
  /**
   * Places of cells that were numbers and no text. Those of a workbook have a point, whatever the texts beside them have;
   * from those of JSON no money or quantity is taken, though their digits are as written.
   */
  readonly numbers?: ReadonlySet<number>;
  readonly faults?: readonly RowFault[];
};

export type Column = {
  readonly name: string;
  /**
   * What the sample's numbers show: `.` or `,`, `mixed` where some show one and some the other, null where none shows
   * any, as `12` or `1.234` do not.
   */
  readonly decimalMark: DecimalMark | "mixed" | null;
};

export type Table = {
  readonly format: TableFormat;
  /** Null for a workbook. */
  readonly encoding: TextEncoding | null;
  /** Of a CSV file. */
  readonly separator: Separator | null;
  /** Of a workbook: the sheet that is read, and all there are. */
  readonly sheet: string | null;
  readonly sheets: readonly string[];
  /** Number of the row of column names; null where columns are named by letters or, as in NDJSON, by the rows. */
  readonly headerRow: number | null;
  readonly columns: readonly Column[];
  readonly sample: readonly TableRow[];
  /**
   * All rows in order, those of the sample too; empty rows are left out. To be read once.
   *
   * @throws UnreadableFile where the file cannot be read on; the signal's reason once aborted.
   */
  readonly rows: AsyncIterable<TableRow>;
  readonly progress: () => Progress;
  /** Gives back what reading holds. Reading to the end, or leaving the loop, does it too. */
  readonly close: () => Promise<void>;
};

export type TableOptions = {
  /** Told where it is not to be found out. */
  readonly format?: TableFormat;
  readonly encoding?: TextEncoding;
  readonly separator?: Separator;
  /** Name of the sheet; without one the first that is not hidden. */
  readonly sheet?: string;
  /** Number of the row of column names, or `none`; without it the row is looked for. */
  readonly headerRow?: number | "none";
  /** Size of the source in bytes, for the progress. */
  readonly bytesTotal?: number;
  /** Bytes that a part of a workbook may unpack to, where less than `tableLimits` is enough. */
  readonly unpackedBytesMax?: number;
  /** Where a workbook is put while it is read; without it the system's folder for that. */
  readonly temporaryFolder?: string;
  readonly signal?: AbortSignal;
};
