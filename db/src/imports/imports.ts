import type { Actor, Micros } from "@kontor/kernel";
import type {
  ImportInput,
  ImportProblem,
  ImportProblemQuery,
  ImportQuery,
  ImportRecord,
  ImportStart,
} from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { newestFirst, ownCompanyOf } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import { pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf, isOwnCompany, ofOwnCompany } from "../repositories/scope.ts";
import { importMappings, imports } from "../schema/catalog-imports.ts";
import { priceLists } from "../schema/catalog-prices.ts";
import type { ImportFile, ReceivedBytes } from "./import-files.ts";
import { appendChunk, fileOf } from "./import-files.ts";
import type { FailedRows } from "./import-problems.ts";
import { failedRowsOf, problemPage } from "./import-problems.ts";
import type { FoundImport } from "./import-records.ts";
import { findImport, importRecordOf, seesImport, selectImports } from "./import-records.ts";

export type CreatedImport = { readonly importId: string; readonly input: ImportInput };

/** A vendor's imports. To other companies there are none; the marketplace's staff reads them. */
export type ImportRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<ImportQuery>) => Promise<Listing<ImportRecord>>;
  readonly find: (actor: Actor, importId: string) => Promise<ImportRecord | undefined>;
  /** Of the actor's company, in whichever marketplace: for who follows it. */
  readonly own: (actor: Actor, importId: string) => Promise<ImportRecord | undefined>;
  /** The same id again gives what is there. */
  readonly create: (actor: Actor, created: CreatedImport) => Promise<Answered<ImportRecord>>;
  /** Bytes that follow those received, at most a mebibyte: how many there are then. */
  readonly append: (actor: Actor, part: ReceivedBytes) => Promise<Answered<number>>;
  /** The file as far as it was received. `import_unknown` once its bytes were removed. */
  readonly file: (actor: Actor, importId: string) => Promise<Answered<ImportFile>>;
  readonly start: (actor: Actor, importId: string, start: ImportStart) => Promise<Answered<ImportRecord>>;
  /** Ends at once what nobody works on; else the worker sees to it between two batches. */
  readonly cancel: (actor: Actor, importId: string, at: Micros) => Promise<Answered<ImportRecord>>;
  /** In the order of the file. */
  readonly problems: (
    actor: Actor,
    importId: string,
    query: Query<ImportProblemQuery>,
  ) => Promise<Answered<Listing<ImportProblem>>>;
  readonly failedRows: (actor: Actor, importId: string) => Promise<Answered<FailedRows>>;
};

const newest = newestFirst("imports", { at: imports.createdAt, id: imports.id });

export function createImportRepository(db: Database): ImportRepository {
  const find = (tx: Database, actor: Actor, importId: string) => findImport(tx, actor, eq(imports.id, importId));
  const kept = async (actor: Actor, importId: string): Promise<Answered<FoundImport>> => {
    const found = await find(db, actor, importId);
    if (found === undefined) return refused("import_unknown");
    return found.row.rowsRemovedAt === null ? answered(found) : refused("import_rows_removed");
  };
  return {
    list: (actor, { state, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          selectImports(db)
            .where(allOf(seesImport(actor), oneOf(imports.state, state), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.createdAt, row.id],
        entryOf: importRecordOf,
      }),
    async find(actor, importId) {
      const found = await find(db, actor, importId);
      return found && importRecordOf(found);
    },
    async own(actor, importId) {
      const [found] = await selectImports(db).where(
        allOf(ofOwnCompany(actor, imports.vendorId), eq(imports.id, importId)),
      );
      return found && importRecordOf(found);
    },
    create: (actor, created) => wholly(db, (tx) => createIn(tx, actor, created)),
    append: (actor, part) => wholly(db, (tx) => appendChunk(tx, actor, part)),
    async file(actor, importId) {
      const found = await find(db, actor, importId);
      if (found === undefined || found.row.fileRemovedAt !== null) return refused("import_unknown");
      return answered(fileOf(db, found));
    },
    start: (actor, importId, start) => wholly(db, (tx) => startIn(tx, { actor, importId, start })),
    cancel: (actor, importId, at) => wholly(db, (tx) => cancelIn(tx, { actor, importId, at })),
    async problems(actor, importId, query) {
      const found = await kept(actor, importId);
      return found.ok ? answered(await problemPage(db, importId, query)) : found;
    },
    async failedRows(actor, importId) {
      const found = await kept(actor, importId);
      return found.ok ? answered(failedRowsOf(db, found.value.row)) : found;
    },
  };
}

async function createIn(
  tx: Database,
  actor: Actor,
  { importId, input }: CreatedImport,
): Promise<Answered<ImportRecord>> {
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("not_found");
  const { marketplaceId, companyId: vendorId, userId: createdBy } = own;
  const { fileName, format = null, reading } = input;
  const told = Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined));
  const place = { id: importId, marketplaceId, vendorId, createdBy };
  await tx
    .insert(imports)
    .values({ ...place, fileName, format, reading: told, dryRun: false, apply: "valid" })
    .onConflictDoNothing();
  return await read(tx, actor, importId);
}

async function read(tx: Database, actor: Actor, importId: string): Promise<Answered<ImportRecord>> {
  const found = await findImport(tx, actor, eq(imports.id, importId));
  return found === undefined ? refused("import_unknown") : answered(importRecordOf(found));
}

/** The member's company's own, held. */
async function held(tx: Database, actor: Actor, importId: string): Promise<FoundImport | undefined> {
  const [found] = await selectImports(tx)
    .where(and(seesImport(actor), eq(imports.id, importId)))
    .for("update", { of: imports });
  return found !== undefined && isOwnCompany(actor, found.row.vendorId) ? found : undefined;
}

type Starting = { readonly actor: Actor; readonly importId: string; readonly start: ImportStart };

async function startIn(tx: Database, { actor, importId, start }: Starting): Promise<Answered<ImportRecord>> {
  const found = await held(tx, actor, importId);
  if (found === undefined) return refused("import_unknown");
  const { row, receivedBytes } = found;
  if (row.state !== "uploading") return refused("import_state_wrong", { state: row.state });
  const { fileBytes, dryRun, apply, priceListId = null } = start;
  if (receivedBytes !== fileBytes) return refused("import_upload_incomplete", { receivedBytes, fileBytes });
  const saved = await mappingOf(tx, actor, start);
  if (!saved.ok) return saved;
  if (priceListId !== null) {
    const { marketplaceId, vendorId } = row;
    const own = and(eq(priceLists.marketplaceId, marketplaceId), eq(priceLists.vendorId, vendorId));
    const known = await tx.$count(priceLists, and(own, eq(priceLists.id, priceListId)));
    if (known === 0) return refused("import_list_unknown", { priceListId, pointer: "/priceListId" });
  }
  const next = { ...saved.value, priceListId, dryRun, apply, fileBytes, state: "waiting" as const };
  await tx
    .update(imports)
    .set({ ...next, version: row.version + 1, updatedAt: sql`now()` })
    .where(eq(imports.id, importId));
  return await read(tx, actor, importId);
}

type UsedMapping = Pick<FoundImport["row"], "mapping" | "mappingId" | "mappingVersion">;

/** A mapping of its own, else a copy of the saved one, else none. */
async function mappingOf(
  tx: Database,
  actor: Actor,
  { mapping, mappingId }: ImportStart,
): Promise<Answered<UsedMapping>> {
  if (mappingId === undefined) return answered({ mapping: mapping ?? null, mappingId: null, mappingVersion: null });
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("import_mapping_unknown");
  const here = and(eq(importMappings.marketplaceId, own.marketplaceId), eq(importMappings.vendorId, own.companyId));
  const [saved] = await tx
    .select()
    .from(importMappings)
    .where(and(here, eq(importMappings.id, mappingId)));
  if (saved === undefined) return refused("import_mapping_unknown", { mappingId, pointer: "/mappingId" });
  return answered({ mapping: mapping ?? saved.mapping, mappingId, mappingVersion: saved.version });
}

type Cancelling = { readonly actor: Actor; readonly importId: string; readonly at: Micros };

async function cancelIn(tx: Database, { actor, importId, at }: Cancelling): Promise<Answered<ImportRecord>> {
  const found = await held(tx, actor, importId);
  if (found === undefined) return refused("import_unknown");
  const { state, version } = found.row;
  if (state === "cancelled") return answered(importRecordOf(found));
  if (state === "done" || state === "failed") return refused("import_state_wrong", { state });
  const isIdle = state === "uploading" || state === "waiting";
  const ended = isIdle ? { state: "cancelled" as const, endedAt: at } : {};
  await tx
    .update(imports)
    .set({ ...ended, cancelRequested: true, version: version + 1, updatedAt: sql`now()` })
    .where(eq(imports.id, importId));
  return await read(tx, actor, importId);
}
