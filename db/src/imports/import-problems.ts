import type { ImportProblem, ImportProblemQuery } from "@kontor/protocol";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { Order } from "../repositories/keyset.ts";
import { isCount, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { present } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { importFailedRows, importProblems } from "../schema/catalog-imports.ts";
import type { ImportDocument } from "./import-records.ts";

const inOrder: Order = {
  name: "problems",
  by: importProblems.no,
  id: importProblems.importId,
  direction: "asc",
  accepts: isCount,
};

/** The kept problems of an import, in the order of the file. */
export function problemPage(
  db: Database,
  importId: string,
  page: Query<ImportProblemQuery>,
): Promise<Listing<ImportProblem>> {
  return pageFrom(page, {
    order: inOrder,
    rows: ({ after, orderBy, limit }) =>
      db
        .select()
        .from(importProblems)
        .where(allOf(eq(importProblems.importId, importId), after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ no }) => [no, importId],
    entryOf: ({ rowNo, column, value, severity, code, message, hint }) => ({
      row: rowNo,
      value,
      severity,
      code,
      message,
      hint,
      ...present({ column }),
    }),
  });
}

/** A row as it was written, with everything that is wrong with it. */
export type FailedRow = {
  readonly rowNo: number;
  readonly cells: readonly string[];
  readonly problemColumns: readonly string[];
  readonly problemCodes: readonly string[];
  readonly hints: readonly string[];
};
export type FailedRows = { readonly columns: readonly string[]; readonly rows: AsyncIterable<FailedRow> };

const rowsPerRead = 1_000;

/** All of them, read as they are asked for. */
export function failedRowsOf(db: Database, { id, columns }: ImportDocument): FailedRows {
  async function* rows(): AsyncGenerator<FailedRow> {
    for (let last = 0; ; ) {
      const page = await db
        .select()
        .from(importFailedRows)
        .where(and(eq(importFailedRows.importId, id), gt(importFailedRows.rowNo, last)))
        .orderBy(asc(importFailedRows.rowNo))
        .limit(rowsPerRead);
      yield* page;
      const final = page.at(-1);
      if (final === undefined || page.length < rowsPerRead) return;
      last = final.rowNo;
    }
  }
  return { columns, rows: rows() };
}
