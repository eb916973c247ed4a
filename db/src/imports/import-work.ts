import { randomUUID } from "node:crypto";
import type { Micros } from "@kontor/kernel";
import type { ImportRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { ImportFailure } from "../schema/catalog-imports.ts";
import { importRows, imports } from "../schema/catalog-imports.ts";
import { chunksOf } from "./import-files.ts";
import type { ImportDocument } from "./import-records.ts";
import { importRecordOf, selectImports } from "./import-records.ts";

/** An import that this worker holds. */
export type HeldImport = ImportDocument & { readonly workerId: string };

/** Somebody else works on the import by now, or it has ended: whoever finds that out stops without a word. */
export class ImportLost extends Error {
  override readonly name = "ImportLost";
}

/** Whoever asked for it is told between two batches. */
export class ImportCancelled extends Error {
  override readonly name = "ImportCancelled";
}

export type Ending = { readonly state: "done" | "failed" | "cancelled"; readonly failure?: ImportFailure };

/** How long the bytes of a file stay after its import's end, or after an upload that nobody started. */
const importFileKeptHours = 24;
/** How long problems and failed rows stay. */
const importRowsKeptDays = 30;

/** What workers do with imports; several may run, each import has one of them, and each company one import at a time. */
export type ImportWork = {
  /** The oldest import that waits, or whose worker is no longer heard of; held for `leaseMs`. */
  readonly claim: (leaseMs: number) => Promise<HeldImport | undefined>;
  readonly file: (held: HeldImport) => AsyncGenerator<Uint8Array>;
  /** Goes on holding it. @throws ImportLost, ImportCancelled */
  readonly keep: (held: HeldImport, leaseMs: number) => Promise<void>;
  /** @throws ImportLost */
  readonly end: (held: HeldImport, ending: Ending) => Promise<ImportRecord>;
  /** Lets go, so that anybody may go on with it. */
  readonly release: (held: HeldImport) => Promise<void>;
  readonly record: (importId: string) => Promise<ImportRecord | undefined>;
  /** Removes files and rows whose time is over: how many imports it did so for. */
  readonly sweep: (now: Micros) => Promise<number>;
};

export function createImportWork(db: Database): ImportWork {
  return {
    claim: (leaseMs) => claimIn(db, leaseMs),
    file: ({ id }) => chunksOf(db, id),
    async keep(held, leaseMs) {
      const [row] = await db
        .update(imports)
        .set({ workerUntil: leaseFrom(leaseMs) })
        .where(isHeld(held))
        .returning();
      checkHeld(row);
    },
    end: (held, ending) => endIn(db, held, ending),
    async release(held) {
      await db.update(imports).set({ workerUntil: sql`now()` }).where(isHeld(held));
    },
    record: (importId) => recordIn(db, importId),
    sweep: (now) => sweepIn(db, now),
  };
}

/** The row as this worker holds it. */
export function isHeld({ id, workerId }: HeldImport) {
  return and(eq(imports.id, id), eq(imports.workerId, workerId), sql`${imports.endedAt} is null`);
}

/** @throws ImportLost, ImportCancelled */
export function checkHeld(row: ImportDocument | undefined): ImportDocument {
  if (row === undefined) throw new ImportLost();
  if (row.cancelRequested) throw new ImportCancelled();
  return row;
}

const leaseFrom = (leaseMs: number) => sql`now() + ${leaseMs} * interval '1 millisecond'`;

async function recordIn(db: Database, importId: string): Promise<ImportRecord | undefined> {
  const [found] = await selectImports(db).where(eq(imports.id, importId));
  return found && importRecordOf(found);
}

/** Of a company that has one under way no other is taken: a unique index sees to it that two workers do not both begin. */
async function claimIn(db: Database, leaseMs: number): Promise<HeldImport | undefined> {
  const workerId = randomUUID();
  const rows = await db.execute<{ id: string }>(sql`
    update imports set worker_id = ${workerId}, worker_until = ${leaseFrom(leaseMs)},
      state = case state when 'waiting' then 'checking' else state end,
      started_at = coalesce(started_at, now()), updated_at = now(), version = version + 1
    where id = (
      select i.id from imports i
      where i.state in ('waiting', 'checking', 'applying') and coalesce(i.worker_until <= now(), true)
        and (i.state <> 'waiting' or not exists (select 1 from imports o where o.marketplace_id = i.marketplace_id
          and o.vendor_id = i.vendor_id and o.state in ('checking', 'applying')))
      order by i.state = 'waiting', i.created_at, i.id
      limit 1 for update skip locked)
    returning id`);
  const id = rows[0]?.id;
  if (id === undefined) return undefined;
  const [row] = await db.select().from(imports).where(eq(imports.id, id));
  return row?.workerId === workerId ? { ...row, workerId } : undefined;
}

async function endIn(db: Database, held: HeldImport, { state, failure }: Ending): Promise<ImportRecord> {
  return await db.transaction(async (tx) => {
    const [row] = await tx
      .update(imports)
      .set({
        state,
        failure: failure ?? null,
        endedAt: sql`now()`,
        updatedAt: sql`now()`,
        version: sql`${imports.version} + 1`,
      })
      .where(isHeld(held))
      .returning();
    if (row === undefined) throw new ImportLost();
    await tx.delete(importRows).where(eq(importRows.importId, held.id));
    const record = await recordIn(tx, held.id);
    if (record === undefined) throw new ImportLost();
    return record;
  });
}

async function sweepIn(db: Database, now: Micros): Promise<number> {
  const hour = 3_600_000_000;
  const fileOver = now - importFileKeptHours * hour;
  const rowsOver = now - importRowsKeptDays * 24 * hour;
  return await db.transaction(async (tx) => {
    const files = await tx
      .update(imports)
      .set({
        fileRemovedAt: now,
        state: sql`case when ${imports.state} = 'uploading' then 'cancelled' else ${imports.state} end`,
        endedAt: sql`coalesce(${imports.endedAt}, now())`,
      })
      .where(
        and(
          sql`${imports.fileRemovedAt} is null`,
          sql`(${imports.endedAt} is not null or ${imports.state} = 'uploading')`,
          sql`coalesce(${imports.endedAt}, ${imports.updatedAt}) < ${sql.param(fileOver, imports.endedAt)}`,
        ),
      )
      .returning({ id: imports.id });
    for (const { id } of files) await tx.execute(sql`delete from import_chunks where import_id = ${id}::uuid`);
    const rows = await tx
      .update(imports)
      .set({ rowsRemovedAt: now })
      .where(
        and(sql`${imports.rowsRemovedAt} is null`, sql`${imports.endedAt} < ${sql.param(rowsOver, imports.endedAt)}`),
      )
      .returning({ id: imports.id });
    for (const { id } of rows) {
      await tx.execute(sql`delete from import_failed_rows where import_id = ${id}::uuid`);
      await tx.execute(sql`delete from import_problems where import_id = ${id}::uuid`);
    }
    return files.length + rows.length;
  });
}
