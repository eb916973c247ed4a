import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { PriceListAssignment, PriceListInput, PriceListQuery, PriceListRecord } from "@kontor/protocol";
import { and, eq, getTableColumns, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { holding, oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf } from "../repositories/scope.ts";
import { customerGroups, priceListAssignments, priceLists } from "../schema/catalog-prices.ts";
import { recordChange } from "./catalog-record.ts";
import type { Keeper } from "./keepers.ts";
import { keeperOf, keptBy, shownTo } from "./keepers.ts";
import type { ListWithAssignments } from "./price-list-documents.ts";
import { assignmentsOfList, listColumnsOf, listRecordOf } from "./price-list-documents.ts";

export type PriceListKey = { readonly listId: string; readonly expectedVersion: number };

/** A vendor keeps his own lists, the operator the marketplace's; what the actor may not see counts as missing. */
export type PriceListRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<PriceListQuery>) => Promise<Listing<PriceListRecord>>;
  readonly find: (actor: Actor, listId: string) => Promise<PriceListRecord | undefined>;
  /** `conflict` where the owner has one of this name. */
  readonly create: (actor: Actor, input: PriceListInput) => Promise<Answered<PriceListRecord>>;
  readonly change: (actor: Actor, key: PriceListKey, input: PriceListInput) => Promise<Answered<PriceListRecord>>;
  /** In place of those that there are; those of agreements stay. */
  readonly assign: (
    actor: Actor,
    key: PriceListKey,
    assignments: readonly PriceListAssignment[],
  ) => Promise<Answered<PriceListRecord>>;
};

const newest: Order = {
  name: "made",
  by: priceLists.createdAt,
  id: priceLists.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

const columns = { row: getTableColumns(priceLists), assignments: assignmentsOfList };

export function createPriceListRepository(db: Database): PriceListRepository {
  return {
    list: (actor, { currency, q, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(columns)
            .from(priceLists)
            .where(
              allOf(
                shownTo(actor, priceLists),
                oneOf(priceLists.currency, currency),
                holding(q, priceLists.name),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.createdAt, row.id],
        entryOf: listRecordOf,
      }),

    async find(actor, listId) {
      const [found] = await db
        .select(columns)
        .from(priceLists)
        .where(allOf(shownTo(actor, priceLists), eq(priceLists.id, listId)));
      return found && listRecordOf(found);
    },

    create: (actor, input) =>
      wholly(db, async (tx) => {
        const keeper = keeperOf(actor);
        if (keeper === undefined) return refused("not_found");
        const written = await listColumnsOf(tx, { keeper, listId: null, input });
        if (!written.ok) return written;
        const [row] = await tx
          .insert(priceLists)
          .values({ ...keeper, ...written.value })
          .onConflictDoNothing()
          .returning();
        if (row === undefined) return refused("conflict", { pointer: "/name" });
        const record = listRecordOf({ row, assignments: [] });
        await recordList(tx, { actor, action: "created", before: null, after: record });
        return answered(record);
      }),

    change: (actor, key, input) =>
      wholly(db, (tx) =>
        withList(tx, { actor, key }, async (stored, keeper) => {
          const written = await listColumnsOf(tx, { keeper, listId: key.listId, input });
          if (!written.ok) return written;
          if (await isNameTaken(tx, keeper, { name: input.name, but: key.listId })) {
            return refused("conflict", { pointer: "/name" });
          }
          const fault = currencyFault(stored, input.currency);
          if (fault !== undefined) return fault;
          return await changed(tx, { actor, stored, action: "changed", columns: written.value });
        }),
      ),

    assign: (actor, key, assignments) =>
      wholly(db, (tx) =>
        withList(tx, { actor, key }, async (stored, keeper) => {
          const fault = await assignmentFault(tx, keeper, assignments);
          if (fault !== undefined) return fault;
          await tx
            .delete(priceListAssignments)
            .where(and(eq(priceListAssignments.listId, key.listId), ne(priceListAssignments.target, "agreement")));
          const rows = assignments.map((assignment) => ({ ...assignment, listId: key.listId }));
          if (rows.length > 0) await tx.insert(priceListAssignments).values(rows).onConflictDoNothing();
          return await changed(tx, { actor, stored, action: "assigned", columns: {} });
        }),
      ),
  };
}

type Locked = { readonly actor: Actor; readonly key: PriceListKey };

/** Holds the list while it is changed, so that of two writers with one version one is told. */
async function withList(
  tx: Database,
  { actor, key }: Locked,
  work: (stored: ListWithAssignments, keeper: Keeper) => Promise<Answered<PriceListRecord>>,
): Promise<Answered<PriceListRecord>> {
  const keeper = keeperOf(actor);
  if (keeper === undefined) return refused("not_found");
  const [stored] = await tx
    .select(columns)
    .from(priceLists)
    .where(allOf(keptBy(keeper, priceLists), eq(priceLists.id, key.listId)))
    .for("update");
  if (stored === undefined) return refused("not_found");
  const { version } = stored.row;
  if (version !== key.expectedVersion) return refused("precondition_failed", { actualVersion: version });
  return await work(stored, keeper);
}

type Change = {
  readonly actor: Actor;
  readonly stored: ListWithAssignments;
  readonly action: string;
  readonly columns: Partial<typeof priceLists.$inferInsert>;
};

async function changed(tx: Database, change: Change): Promise<Answered<PriceListRecord>> {
  const { actor, stored, action } = change;
  const { id, version } = stored.row;
  await tx
    .update(priceLists)
    .set({ ...change.columns, version: version + 1, updatedAt: sql`now()` })
    .where(eq(priceLists.id, id));
  const [row] = await tx.select(columns).from(priceLists).where(eq(priceLists.id, id));
  if (row === undefined) return refused("not_found");
  const after = listRecordOf(row);
  await recordList(tx, { actor, action, before: listRecordOf(stored), after });
  return answered(after);
}

type Recorded = {
  readonly actor: Actor;
  readonly action: string;
  readonly before: PriceListRecord | null;
  readonly after: PriceListRecord;
};

async function recordList(tx: Database, { actor, action, before, after }: Recorded): Promise<void> {
  const { listId, marketplaceId, vendorId, version } = after;
  await recordChange(tx, {
    subject: "price_list",
    subjectId: listId,
    marketplaceId,
    companyId: vendorId ?? null,
    action,
    before: { ...before },
    after: { ...after },
    by: actor.userId,
    version,
  });
}

async function isNameTaken(tx: Database, keeper: Keeper, { name, but }: { name: string; but: string }) {
  const [other] = await tx
    .select({ id: priceLists.id })
    .from(priceLists)
    .where(allOf(keptBy(keeper, priceLists), eq(priceLists.name, name), ne(priceLists.id, but)));
  return other !== undefined;
}

/** An agreement's lists are in its currency for good. */
function currencyFault({ row, assignments }: ListWithAssignments, currency: string): Refused | undefined {
  const isAgreed = assignments.some(({ target }) => target === "agreement");
  return isAgreed && row.currency !== currency
    ? refused("agreement_currency_differs", { pointer: "/currency", currency: row.currency })
    : undefined;
}

/** Groups must be the owner's or the marketplace's, a marketplace this one. */
async function assignmentFault(
  tx: Database,
  { marketplaceId, vendorId }: Keeper,
  assignments: readonly PriceListAssignment[],
): Promise<Refused | undefined> {
  const groupIds = assignments.flatMap(({ target, targetId }) => (target === "customer_group" ? [targetId] : []));
  const own = or(
    isNull(customerGroups.vendorId),
    vendorId === null ? undefined : eq(customerGroups.vendorId, vendorId),
  );
  const known = await tx
    .select({ id: customerGroups.id })
    .from(customerGroups)
    .where(and(inArray(customerGroups.id, groupIds), eq(customerGroups.marketplaceId, marketplaceId), own));
  const groups = new Set(known.map(({ id }) => id));
  const wrong = assignments.findIndex(({ target, targetId }) => {
    if (target === "customer_group") return !groups.has(targetId);
    return target === "marketplace" && targetId !== marketplaceId;
  });
  if (wrong === -1) return undefined;
  return refused("assignment_target_unknown", { pointer: `/assignments/${wrong}/targetId` });
}
