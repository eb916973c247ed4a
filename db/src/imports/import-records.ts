import type { Actor } from "@kontor/kernel";
import type { ImportMapping, ImportRecord } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { and, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { imports } from "../schema/catalog-imports.ts";

export type ImportDocument = typeof imports.$inferSelect;

/** One's own company's; for staff all of the marketplace. */
export function seesImport(actor: Actor): SQL {
  return allOf(inMarketplace(actor, imports.marketplaceId), ofCompanyOrStaff(actor, imports.vendorId));
}

const receivedBytes = sql<number>`coalesce(${imports.fileBytes}, (select sum(octet_length(c.content))
  from import_chunks c where c.import_id = "imports"."id"), 0)::float8`;

export type FoundImport = { readonly row: ImportDocument; readonly receivedBytes: number };

export function selectImports(db: Database) {
  return db
    .select({ row: getTableColumns(imports), receivedBytes })
    .from(imports)
    .$dynamic();
}

/** The import as it is now, with the actor's rights. */
export async function findImport(db: Database, actor: Actor, where: SQL): Promise<FoundImport | undefined> {
  const [found] = await selectImports(db).where(and(seesImport(actor), where));
  return found;
}

export function importRecordOf({ row, receivedBytes: received }: FoundImport): ImportRecord {
  const { id, marketplaceId, vendorId, fileName, state, dryRun, apply, cancelRequested, createdBy, version } = row;
  const { bytesRead, rowsRead, rowsValid, rowsFailed, problemsFound, warningsFound } = row;
  const { offersCreated, offersChanged, offersUnchanged, offersWithdrawn } = row;
  const { format, fileBytes, mappingId, mappingVersion, priceListId, failure } = row;
  return {
    importId: id,
    marketplaceId,
    vendorId,
    fileName,
    state,
    receivedBytes: received,
    dryRun,
    apply,
    ...{ bytesRead, rowsRead, rowsValid, rowsFailed, problemsFound, warningsFound },
    ...{ offersCreated, offersChanged, offersUnchanged, offersWithdrawn },
    cancelRequested,
    createdBy,
    createdAt: instantOf(row.createdAt),
    fileKept: row.fileRemovedAt === null,
    failedRowsKept: row.rowsRemovedAt === null,
    version,
    ...present({ format, fileBytes, mappingId, mappingVersion, priceListId, failure }),
    ...present({
      // What is stored came over the wire, through the schema of the type.
      mapping: row.mapping as ImportMapping | null,
      startedAt: instantOf(row.startedAt),
      endedAt: instantOf(row.endedAt),
    }),
  };
}
