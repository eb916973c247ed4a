import type { Actor, Micros } from "@kontor/kernel";
import { canonicalJson, isUuid } from "@kontor/kernel";
import type { CatalogRecordEntry, CatalogRecordQuery } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import { insertWithoutIds } from "../repositories/bulk-rows.ts";
import type { Order } from "../repositories/keyset.ts";
import { isCount, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, inMarketplace } from "../repositories/scope.ts";
import { catalogRecord } from "../schema/catalog-offers.ts";

type Members = Readonly<Record<string, unknown>>;

export type Change = {
  readonly marketplaceId: string;
  readonly subject: "product" | "offer" | "price_list" | "agreement";
  readonly subjectId: string;
  /** The vendor or owner; null for what belongs to the marketplace. */
  readonly companyId: string | null;
  readonly action: string;
  readonly before: Members;
  readonly after: Members;
  readonly reason?: string | null;
  readonly by: string;
  readonly version: number;
};

/** Writes what changed into the record, in the transaction of the change; members that stayed the same are left out. */
export async function recordChange(tx: Database, change: Change): Promise<void> {
  await tx.insert(catalogRecord).values(entryOfChange(change));
}

/** The same of many changes at once. */
export async function recordChanges(tx: Database, changes: readonly Change[], at: Micros): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({ ...entryOfChange(change), at }));
  await runPrepared(tx, insertWithoutIds(catalogRecord, rows));
}

function entryOfChange({ version, reason = null, before, after, ...rest }: Change) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => isChanged(before[name], after[name]));
  const of = (members: Members): Members =>
    Object.fromEntries(changed.filter((name) => members[name] !== undefined).map((name) => [name, members[name]]));
  return { ...rest, reason, before: of(before), after: of(after), versionAfter: version };
}

/** What was not there before need not be written out to be told apart. */
function isChanged(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before !== after;
  return before !== after && canonicalJson(before) !== canonicalJson(after);
}

const byVersion: Order = {
  name: "version",
  by: catalogRecord.versionAfter,
  id: catalogRecord.id,
  direction: "desc",
  accepts: isCount,
  acceptsId: isUuid,
};

/** The record of one subject, newest first. Whether the actor may see the subject is the caller's to say. */
export function recordOf(
  db: Database,
  actor: Actor,
  { subjectId, ...page }: Query<CatalogRecordQuery> & { readonly subjectId: string },
): Promise<Listing<CatalogRecordEntry>> {
  return pageFrom(page, {
    order: byVersion,
    rows: ({ after, orderBy, limit }) =>
      db
        .select()
        .from(catalogRecord)
        .where(allOf(inMarketplace(actor, catalogRecord.marketplaceId), eq(catalogRecord.subjectId, subjectId), after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ versionAfter, id }) => [versionAfter, id],
    entryOf: ({ id, subject, subjectId: of, action, before, after, by, at, versionAfter, companyId, reason }) => ({
      entryId: id,
      subject,
      subjectId: of,
      action,
      before: { ...before },
      after: { ...after },
      by,
      at: instantOf(at),
      version: versionAfter,
      ...present({ companyId, reason }),
    }),
  });
}
