import type { HeldImport, RejectedRow, StagedBatch, StagedRow, ToldClasses } from "@kontor/db";
import type { Mapping, Table, TableOptions, TableRow } from "@kontor/formats";
import { compileMapping, readTable, suggestMapping, toldApart } from "@kontor/formats";
import { readBmecatBatches } from "./read-bmecat-rows.ts";

/** Rows that are read and staged at a time. */
export const rowsPerBatch = 1_000;

export type Reading = {
  readonly held: HeldImport;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of the marketplace, for files that bring the names of other places along. */
  readonly classes: ToldClasses;
  readonly signal: AbortSignal;
};

/** Without one told, of texts whose column names no language. */
const usualLanguage = "en";

/**
 * The file of an import in batches, from behind the last row that is staged. A further format is one more reader of this
 * shape.
 *
 * @throws UnreadableFile, MappingWrong
 */
export async function* readBatches(reading: Reading): AsyncGenerator<StagedBatch> {
  const { held, signal } = reading;
  const { format, fileBytes } = held;
  const { isXml, bytes } = await toldApart(reading.bytes);
  if (format === "bmecat" || (format === null && isXml)) {
    yield* readBmecatBatches({ ...reading, bytes, rowsPerBatch });
    return;
  }
  // What is stored came over the wire, through a schema of the same members.
  const told = { ...held.reading, ...(format === null ? {} : { format }), bytesTotal: fileBytes ?? 0 } as TableOptions;
  const table = await readTable(bytes, { ...told, signal });
  try {
    yield* batchesOf(table, held);
  } finally {
    await table.close();
  }
}

/** The file cannot be read by the mapping at all. */
export class MappingWrong extends Error {
  override readonly name = "MappingWrong";
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

async function* batchesOf(table: Table, held: HeldImport): AsyncGenerator<StagedBatch> {
  const mapping = (held.mapping as Mapping | null) ?? suggestMapping(table, { language: usualLanguage }).mapping;
  const compiled = compileMapping(mapping, table);
  if (!compiled.ok) {
    const [first] = compiled.problems;
    throw new MappingWrong(`${first?.subject ?? "mapping"}: ${first?.message ?? ""}`, first?.hint ?? "");
  }
  const batch = new Gathering(table);
  for await (const row of table.rows) {
    if (row.number <= held.stagedTo) continue;
    batch.columns = row.columns;
    const cells = row.cells.map((cell) => (cell ?? "").replaceAll("\u0000", ""));
    const mapped = compiled.mapRow(row);
    if (mapped.ok) batch.rows.push({ rowNo: row.number, cells, row: mapped.row });
    else batch.rejected.push({ rowNo: row.number, cells, problems: mapped.problems.map(told) });
    batch.to = row.number;
    if (batch.rows.length + batch.rejected.length >= rowsPerBatch) yield batch.taken();
  }
  if (batch.to > 0) yield batch.taken();
}

type Told = RejectedRow["problems"][number];

const told = ({ column, value, code, message, hint }: Told): Told => ({
  column,
  value: value.replaceAll("\u0000", ""),
  code,
  message,
  hint: hint.replaceAll("\u0000", ""),
});

class Gathering {
  rows: StagedRow[] = [];
  rejected: RejectedRow[] = [];
  columns: TableRow["columns"];
  to = 0;
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
    this.columns = table.columns.map(({ name }) => name);
  }

  taken(): StagedBatch {
    const { rows, rejected, columns, to } = this;
    this.rows = [];
    this.rejected = [];
    this.to = 0;
    return { to, rows, rejected, columns, warnings: [], bytesRead: this.#table.progress().bytesRead };
  }
}
