import type { NumberedCells } from "./header.ts";
import type { RowFault, Separator, TableFormat, TextEncoding } from "./table.ts";

/** A row before its columns have names. In NDJSON rows name their columns themselves. */
export type RawRow = NumberedCells & {
  readonly columns?: readonly string[];
  readonly numbers?: ReadonlySet<number>;
  readonly faults?: readonly RowFault[];
};

/** What a format's opener gives: facts of the file, and its rows a piece at a time. */
export type RawTable = {
  readonly format: TableFormat;
  readonly encoding: TextEncoding | null;
  readonly separator: Separator | null;
  readonly sheet: string | null;
  readonly sheets: readonly string[];
  /** Whether rows bring the names of their columns. */
  readonly namedRows: boolean;
  readonly batches: AsyncGenerator<readonly RawRow[]>;
  /** Bytes beyond the source's that reading goes through, and how many of them it has gone through. */
  readonly unpacked?: () => { readonly read: number; readonly total: number };
  readonly close?: () => Promise<void>;
};
