import { limits } from "@kontor/kernel";
import type { ImportRecord } from "@kontor/protocol";
import { importFaults } from "@kontor/protocol";
import { and, asc, eq, gt, inArray, lte, max, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import { insertOf, insertRows } from "../repositories/bulk-rows.ts";
import { importFailedRows, importProblems, importRows, imports } from "../schema/catalog-imports.ts";
import { importRecordOf } from "./import-records.ts";
import type { ImportRow } from "./import-row.ts";
import type { HeldImport } from "./import-work.ts";
import { checkHeld, isHeld } from "./import-work.ts";

/** A valid row with its cells as written. */
export type StagedRow = { readonly rowNo: number; readonly cells: readonly string[]; readonly row: ImportRow };

/** What is wrong with one cell, or with the row as a whole where there is no column. */
export type StagedProblem = {
  readonly column: string | null;
  readonly value: string;
  readonly severity?: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
};
export type RejectedRow = {
  readonly rowNo: number;
  readonly cells: readonly string[];
  readonly problems: readonly StagedProblem[];
};

/** A piece of a file, in its order, all behind `stagedTo`. */
export type StagedBatch = {
  /** Number of its last row. */
  readonly to: number;
  readonly rows: readonly StagedRow[];
  readonly rejected: readonly RejectedRow[];
  /** What was told of rows that are valid all the same. */
  readonly warnings: readonly (StagedProblem & { readonly rowNo: number })[];
  readonly bytesRead: number;
  readonly columns: readonly string[];
};

/**
 * Keeps a piece of a file: its valid rows to be applied, the others with what is wrong. A number that came before in the
 * file is a problem of the later row.
 *
 * @throws ImportLost, ImportCancelled and then nothing is kept
 */
export function stageBatch(db: Database, held: HeldImport, batch: StagedBatch): Promise<ImportRecord> {
  return db.transaction(async (tx) => {
    const staged = await keepRows(tx, held, batch.rows);
    const repeated = await repeatedRows(
      tx,
      held,
      batch.rows.filter(({ rowNo }) => !staged.has(rowNo)),
    );
    const rejected = [...batch.rejected, ...repeated].sort((a, b) => a.rowNo - b.rowNo);
    const warnings = batch.warnings.map((warning) => ({ ...warning, severity: "warning" as const }));
    const problems = await keepRejected(tx, held, { rejected, warnings });
    const { bytesRead, to } = batch;
    const [row] = await tx
      .update(imports)
      .set({
        stagedTo: to,
        bytesRead,
        columns: [...batch.columns],
        rowsRead: sql`${imports.rowsRead} + ${batch.rows.length + batch.rejected.length}::int`,
        rowsValid: sql`${imports.rowsValid} + ${staged.size}::int`,
        rowsFailed: sql`${imports.rowsFailed} + ${rejected.length}::int`,
        problemsFound: sql`${imports.problemsFound} + ${problems}::int`,
        warningsFound: sql`${imports.warningsFound} + ${warnings.length}::int`,
        updatedAt: sql`now()`,
      })
      .where(and(isHeld(held), sql`${imports.stagedTo} < ${to}::int`))
      .returning();
    const kept = checkHeld(row);
    return importRecordOf({ row: kept, receivedBytes: kept.fileBytes ?? 0 });
  });
}

async function keepRows(tx: Database, { id }: HeldImport, rows: readonly StagedRow[]): Promise<ReadonlySet<number>> {
  if (rows.length === 0) return new Set();
  const values = rows.map(({ rowNo, cells, row }) => ({
    importId: id,
    rowNo,
    partNumber: row.partNumber,
    content: row,
    cells: [...cells],
  }));
  const made = await runPrepared<{ row_no: number }>(
    tx,
    sql`${insertOf(importRows, values)} on conflict do nothing returning row_no`,
  );
  return new Set(made.map(({ row_no: rowNo }) => rowNo));
}

async function repeatedRows(
  tx: Database,
  { id }: HeldImport,
  rows: readonly StagedRow[],
): Promise<readonly RejectedRow[]> {
  if (rows.length === 0) return [];
  const numbers = rows.map(({ row }) => row.partNumber);
  const first = await tx
    .select({ rowNo: importRows.rowNo, partNumber: importRows.partNumber })
    .from(importRows)
    .where(and(eq(importRows.importId, id), inArray(importRows.partNumber, numbers)));
  const firstOf = new Map(first.map(({ rowNo, partNumber }) => [partNumber, rowNo]));
  return rows.map(({ rowNo, cells, row }) => ({
    rowNo,
    cells,
    problems: [
      {
        column: null,
        value: row.partNumber,
        code: "part_number_repeated",
        message: importFaults.part_number_repeated,
        hint: `Row ${firstOf.get(row.partNumber) ?? "before"} has it: leave one of them out.`,
      },
    ],
  }));
}

type Rejected = {
  readonly rejected: readonly RejectedRow[];
  readonly warnings?: readonly (StagedProblem & { readonly rowNo: number })[];
};

/** Failed rows whole, and of their problems as many as are kept one by one. Gives how many problems there are. */
export async function keepRejected(
  tx: Database,
  { id }: HeldImport,
  { rejected, warnings = [] }: Rejected,
): Promise<number> {
  const told = rejected.flatMap(({ rowNo, problems }) => problems.map((problem) => ({ rowNo, ...problem })));
  if (told.length === 0 && warnings.length === 0) return 0;
  if (rejected.length > 0) {
    const rows = rejected.map(({ rowNo, cells, problems }) => ({
      importId: id,
      rowNo,
      cells: [...cells],
      problemColumns: problems.map(({ column }) => column ?? ""),
      problemCodes: problems.map(({ code }) => code),
      hints: problems.map(({ hint }) => hint),
    }));
    await insertRows(tx, importFailedRows, rows);
  }
  const [kept] = await tx
    .select({ no: sql<number>`coalesce(max(${importProblems.no}), 0)` })
    .from(importProblems)
    .where(eq(importProblems.importId, id));
  const last = kept?.no ?? 0;
  const all = [...told, ...warnings].sort((a, b) => a.rowNo - b.rowNo);
  const rows = all.slice(0, Math.max(0, limits.importProblemsMax - last)).map((problem, place) => ({
    severity: "error" as const,
    ...problem,
    importId: id,
    no: last + place + 1,
  }));
  await insertRows(tx, importProblems, rows);
  return told.length;
}

type Place = { readonly after: number; readonly limit: number };

/** The rows behind `after` that are to be applied, in batches of `limit` rows of the file. */
export async function* stagedBatches(
  db: Database,
  { id }: HeldImport,
  { after, limit }: Place,
): AsyncGenerator<readonly StagedRow[]> {
  const [staged] = await db
    .select({ to: max(importRows.rowNo) })
    .from(importRows)
    .where(eq(importRows.importId, id));
  const to = staged?.to ?? 0;
  for (let from = after; from < to; from += limit) {
    // By both ends: what has not been counted yet is not sorted whole for its first rows.
    const rows = await db
      .select()
      .from(importRows)
      .where(and(eq(importRows.importId, id), gt(importRows.rowNo, from), lte(importRows.rowNo, from + limit)))
      .orderBy(asc(importRows.rowNo));
    // What is stored was an ImportRow when it was staged.
    if (rows.length > 0) yield rows.map(({ rowNo, cells, content }) => ({ rowNo, cells, row: content as ImportRow }));
  }
}
