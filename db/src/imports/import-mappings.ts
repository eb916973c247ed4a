import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { ImportMapping, ImportMappingInput, ImportMappingQuery, ImportMappingRecord } from "@kontor/protocol";
import { and, eq, ne, sql } from "drizzle-orm";
import { ownCompanyOf } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf } from "../repositories/record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { importMappings } from "../schema/catalog-imports.ts";

export type SavedMapping = { readonly mappingId: string; readonly input: ImportMappingInput };
export type ChangedMapping = SavedMapping & { readonly expectedVersion: number };

/** A vendor's own mappings; the marketplace's staff reads them. `conflict` where the company has one of this name. */
export type ImportMappingRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<ImportMappingQuery>) => Promise<Listing<ImportMappingRecord>>;
  readonly find: (actor: Actor, mappingId: string) => Promise<ImportMappingRecord | undefined>;
  readonly create: (actor: Actor, saved: SavedMapping) => Promise<Answered<ImportMappingRecord>>;
  readonly change: (actor: Actor, changed: ChangedMapping) => Promise<Answered<ImportMappingRecord>>;
  /** Imports that used it keep their copy. */
  readonly remove: (actor: Actor, mappingId: string) => Promise<Answered<null>>;
};

type Row = typeof importMappings.$inferSelect;

const newest: Order = {
  name: "import_mappings",
  by: importMappings.createdAt,
  id: importMappings.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

const sees = (actor: Actor) =>
  allOf(inMarketplace(actor, importMappings.marketplaceId), ofCompanyOrStaff(actor, importMappings.vendorId));

export function createImportMappingRepository(db: Database): ImportMappingRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(importMappings)
            .where(allOf(sees(actor), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: recordOf,
      }),
    async find(actor, mappingId) {
      const [row] = await db
        .select()
        .from(importMappings)
        .where(and(sees(actor), eq(importMappings.id, mappingId)));
      return row && recordOf(row);
    },
    create: (actor, { mappingId, input }) =>
      wholly(db, async (tx) => {
        const own = ownCompanyOf(actor);
        if (own === undefined) return refused("not_found");
        const { marketplaceId, companyId: vendorId, userId: createdBy } = own;
        const [known] = await tx
          .select()
          .from(importMappings)
          .where(and(sees(actor), eq(importMappings.id, mappingId)));
        if (known !== undefined) return answered(recordOf(known));
        const [row] = await tx
          .insert(importMappings)
          .values({ id: mappingId, marketplaceId, vendorId, createdBy, ...input })
          .onConflictDoNothing()
          .returning();
        return row === undefined ? refused("conflict", { pointer: "/name" }) : answered(recordOf(row));
      }),
    change: (actor, changed) => wholly(db, (tx) => changeIn(tx, actor, changed)),
    remove: (actor, mappingId) =>
      wholly(db, async (tx) => {
        const own = ownCompanyOf(actor);
        if (own === undefined) return refused("import_mapping_unknown");
        const here = and(sees(actor), eq(importMappings.id, mappingId));
        const gone = await tx.delete(importMappings).where(here).returning({ id: importMappings.id });
        return gone.length === 0 ? refused("import_mapping_unknown") : answered(null);
      }),
  };
}

async function changeIn(
  tx: Database,
  actor: Actor,
  { mappingId, input, expectedVersion }: ChangedMapping,
): Promise<Answered<ImportMappingRecord>> {
  if (ownCompanyOf(actor) === undefined) return refused("import_mapping_unknown");
  const [stored] = await tx
    .select()
    .from(importMappings)
    .where(and(sees(actor), eq(importMappings.id, mappingId)))
    .for("update");
  if (stored === undefined) return refused("import_mapping_unknown");
  const { version, marketplaceId, vendorId } = stored;
  if (version !== expectedVersion) return refused("precondition_failed", { actualVersion: version });
  const ofVendor = and(eq(importMappings.marketplaceId, marketplaceId), eq(importMappings.vendorId, vendorId));
  const named = and(ofVendor, eq(importMappings.name, input.name), ne(importMappings.id, mappingId));
  if ((await tx.$count(importMappings, named)) > 0) return refused("conflict", { pointer: "/name" });
  const [row] = await tx
    .update(importMappings)
    .set({ ...input, version: version + 1, updatedAt: sql`now()` })
    .where(eq(importMappings.id, mappingId))
    .returning();
  return row === undefined ? refused("import_mapping_unknown") : answered(recordOf(row));
}

function recordOf({ id, marketplaceId, vendorId, name, mapping, createdAt, updatedAt, version }: Row) {
  return {
    mappingId: id,
    marketplaceId,
    vendorId,
    name,
    // What is stored came over the wire, through the schema of the type.
    mapping: mapping as ImportMapping,
    createdAt: instantOf(createdAt),
    updatedAt: instantOf(updatedAt),
    version,
  };
}
