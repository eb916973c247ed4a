import type { ImportRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { noteClones } from "../catalog/cloned-rows.ts";
import type { Database } from "../connect.ts";
import { imports } from "../schema/catalog-imports.ts";
import type { Applying, BatchCounts } from "./apply-batch.ts";
import { applyRows, noteApplied } from "./apply-batch.ts";
import type { HeldImport } from "./import-work.ts";
import { isHeld } from "./import-work.ts";
import type { RejectedRow, StagedRow } from "./staged-rows.ts";
import { stagedBatches } from "./staged-rows.ts";

/** At least one row. */
export type Step = Applying & { readonly rows: readonly StagedRow[] };

/**
 * The next rows, with what was decided of them and how far it has come in one transaction: after a crash work goes on
 * behind the last one that was committed.
 *
 * @throws ImportLost, ImportCancelled and then nothing of these rows is written
 */
export async function applyNext(db: Database, held: HeldImport, { rows, ...applying }: Step): Promise<ImportRecord> {
  return await db.transaction(async (tx) => {
    const { counts, rejected } = await applyRows(tx, held, { rows, ...applying });
    return await noteApplied(tx, held, { counts, rejected, to: rows.at(-1)?.rowNo ?? 0 });
  });
}

/** Told after each batch of rows; what it throws undoes everything. */
export type Between = (done: { readonly to: number; readonly counts: BatchCounts }) => Promise<void>;

/** Rows that could not be taken though all or nothing was asked for: nothing is applied. */
export class RowsRejected extends Error {
  override readonly name = "RowsRejected";
  readonly rejected: readonly RejectedRow[];

  constructor(rejected: readonly RejectedRow[]) {
    super(`${rejected.length} rows cannot be taken`);
    this.rejected = rejected;
  }
}

/**
 * All rows in one transaction, so that nobody sees some of them. What changed since the file was checked is found here:
 * offers are held as they are read, each row is decided by what it is then, and if one cannot be taken any more the
 * whole is undone and the row told.
 *
 * @throws RowsRejected, ImportLost, ImportCancelled and then nothing is written
 */
export async function applyAll(
  db: Database,
  held: HeldImport,
  { limit, between, ...applying }: Applying & { readonly limit: number; readonly between: Between },
): Promise<ImportRecord> {
  return await db.transaction(async (tx) => {
    const rejected: RejectedRow[] = [];
    let counts: BatchCounts = { created: 0, changed: 0, unchanged: 0, withdrawn: 0 };
    let after = 0;
    for await (const rows of stagedBatches(tx, held, { after, limit })) {
      // Once a row cannot be taken the others are only looked at.
      const write = applying.write && rejected.length === 0;
      const decided = await applyRows(tx, held, { rows, ...applying, write });
      rejected.push(...decided.rejected);
      counts = sumOf(counts, decided.counts);
      after = rows.at(-1)?.rowNo ?? after;
      await between({ to: after, counts });
    }
    if (rejected.length > 0) throw new RowsRejected(rejected);
    return await noteApplied(tx, held, { counts, rejected: [], to: Math.max(after, 1) });
  });
}

function sumOf(a: BatchCounts, b: BatchCounts): BatchCounts {
  return {
    created: a.created + b.created,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    withdrawn: a.withdrawn + b.withdrawn,
  };
}

/** Keeps what was wrong with rows of an import of which nothing was applied. @throws ImportLost, ImportCancelled */
export async function noteRejected(
  db: Database,
  held: HeldImport,
  rejected: readonly RejectedRow[],
): Promise<ImportRecord> {
  const counts = { created: 0, changed: 0, unchanged: 0, withdrawn: 0 };
  const to = rejected.at(-1)?.rowNo ?? 1;
  return await db.transaction((tx) => noteApplied(tx, held, { counts, rejected, to }));
}

/** From checking to applying. @throws ImportLost, ImportCancelled */
export async function beginApplying(db: Database, held: HeldImport): Promise<void> {
  await db
    .update(imports)
    .set({ state: "applying", version: sql`${imports.version} + 1`, updatedAt: sql`now()` })
    .where(and(isHeld(held), eq(imports.state, "checking")));
}

/** Tells the operator of companies whose catalogues have the same rows as this one's by now. */
export async function tellClones(db: Database, held: HeldImport, { rules }: Pick<Applying, "rules">): Promise<void> {
  const { marketplaceId, vendorId: companyId } = held;
  await db.transaction((tx) => noteClones(tx, { marketplaceId, companyId, rules }));
}
