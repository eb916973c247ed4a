import { ByteSource } from "../files/byte-source.ts";
import { UnreadableFile } from "../files/unreadable-file.ts";
import { contentKindOf } from "./content-kind.ts";
import { openCsv } from "./csv/read-csv.ts";
import type { Header } from "./header.ts";
import { columnsOf, headerOf } from "./header.ts";
import { openNdjson } from "./ndjson/read-ndjson.ts";
import type { RawRow, RawTable } from "./raw-table.ts";
import type { Table, TableFormat, TableOptions, TableRow } from "./table.ts";
import { tableLimits } from "./table-limits.ts";
import { openXlsx } from "./xlsx/read-xlsx.ts";

const openers: Readonly<Record<TableFormat, (source: ByteSource, options: TableOptions) => Promise<RawTable>>> = {
  csv: openCsv,
  xlsx: openXlsx,
  ndjson: openNdjson,
};

/**
 * Opens a CSV, XLSX or NDJSON file and reads as far as it must to tell its format, encoding, separator, columns and
 * decimal marks. Rows are read on as they are asked for, and in bounded memory.
 *
 * @throws UnreadableFile where it is no such file; the signal's reason once aborted.
 */
export async function readTable(bytes: AsyncIterable<Uint8Array>, options: TableOptions = {}): Promise<Table> {
  const source = new ByteSource(bytes, options.signal);
  let raw: RawTable | undefined;
  try {
    const format = options.format ?? contentKindOf(await source.peek(tableLimits.sampleBytes));
    raw = await openers[format](source, options);
    const reading = new RowReading(raw);
    await reading.sampleRows();
    return tableOf({ raw, reading, source, options });
  } catch (error) {
    await raw?.close?.();
    await source.close();
    throw error;
  }
}

type Opened = {
  readonly raw: RawTable;
  readonly reading: RowReading;
  readonly source: ByteSource;
  readonly options: TableOptions;
};

function tableOf({ raw, reading, source, options }: Opened): Table {
  const sampled = reading.sampled.filter(({ cells }) => cells.length > 0);
  if (sampled.length === 0)
    throw new UnreadableFile("file_empty", "The file has no rows.", { hint: "Send a file with rows." });
  const header = raw.namedRows
    ? { row: null, names: sampled.at(-1)?.columns ?? [] }
    : headerOf(sampled, options.headerRow);
  const naming = new RowNaming(header);
  const close = async (): Promise<void> => {
    await raw.batches.return(undefined);
    await raw.close?.();
    await source.close();
  };
  async function* rows(): AsyncGenerator<TableRow> {
    try {
      for await (const batch of reading.batches()) for (const row of naming.named(batch)) yield row;
    } finally {
      await close();
    }
  }
  const { format, encoding, separator, sheet, sheets } = raw;
  const columns = columnsOf(header, sampled);
  const progress = (): ReturnType<Table["progress"]> => progressOf({ raw, reading, source, options });
  const facts = { format, encoding, separator, sheet, sheets, headerRow: header.row, columns };
  return { ...facts, sample: naming.named(sampled), rows: { [Symbol.asyncIterator]: rows }, progress, close };
}

function progressOf({ raw, reading, source, options }: Opened): ReturnType<Table["progress"]> {
  const unpacked = raw.unpacked?.() ?? { read: 0, total: 0 };
  const bytesTotal = options.bytesTotal === undefined ? null : options.bytesTotal + unpacked.total;
  return { bytesRead: source.bytesRead + unpacked.read, bytesTotal, rows: reading.rowsGiven };
}

/** The batches of a file, with those of its beginning kept to be looked at first. */
class RowReading {
  readonly #raw: RawTable;
  #kept: (readonly RawRow[])[] = [];
  sampled: readonly RawRow[] = [];
  rowsGiven = 0;

  constructor(raw: RawTable) {
    this.#raw = raw;
  }

  async sampleRows(): Promise<void> {
    let rows = 0;
    while (rows < tableLimits.sampleRows) {
      const { done, value } = await this.#raw.batches.next();
      if (done === true) break;
      this.#kept.push(value);
      rows += value.length;
    }
    this.sampled = this.#kept.flat().slice(0, tableLimits.sampleRows);
  }

  async *batches(): AsyncGenerator<readonly RawRow[]> {
    for (const batch of this.#kept.splice(0)) yield this.#counted(batch);
    for await (const batch of this.#raw.batches) yield this.#counted(batch);
  }

  #counted(batch: readonly RawRow[]): readonly RawRow[] {
    this.rowsGiven += batch.length;
    return batch;
  }
}

/** Gives rows the names of their columns. The header and what stands before it are no rows; nor are empty ones. */
class RowNaming {
  readonly #header: Header;

  constructor(header: Header) {
    this.#header = header;
  }

  named(batch: readonly RawRow[]): TableRow[] {
    const { row: headerRow, names } = this.#header;
    const rows: TableRow[] = [];
    for (const row of batch) {
      if (row.number <= (headerRow ?? 0) || isEmpty(row)) continue;
      if (row.columns !== undefined) rows.push(row as TableRow);
      else if (row.cells.length <= names.length) rows.push({ ...row, columns: names });
      else rows.push(withoutExtraCells(row, names));
    }
    return rows;
  }
}

function isEmpty({ cells, faults }: RawRow): boolean {
  return faults === undefined && cells.every((cell) => cell === null || cell === "");
}

/** Cells behind the last column are told, unless they are empty: then somebody's separators only went on. */
function withoutExtraCells(row: RawRow, names: readonly string[]): TableRow {
  const extra = row.cells.slice(names.length).some((cell) => cell !== null && cell.trim() !== "");
  if (!extra) return { ...row, columns: names, cells: row.cells.slice(0, names.length) };
  return { ...row, columns: names, faults: [...(row.faults ?? []), "cells_extra"] };
}
