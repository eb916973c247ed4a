import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { AssortmentInput, AssortmentItem, AssortmentQuery, AssortmentRecord } from "@kontor/protocol";
import { and, eq, getTableColumns, isNull, or, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { assortmentItems, assortments, customerGroups } from "../schema/catalog-prices.ts";
import type { Keeper } from "./keepers.ts";
import { keeperOf, keptBy, shownTo } from "./keepers.ts";

export type AssortmentKey = { readonly assortmentId: string; readonly expectedVersion: number };

/** What groups, or everybody, may order at all. An agreement's stands in the agreement and is not changed here. */
export type AssortmentRepository = {
  readonly list: (actor: Actor, query: Query<AssortmentQuery>) => Promise<Listing<AssortmentRecord>>;
  readonly find: (actor: Actor, assortmentId: string) => Promise<AssortmentRecord | undefined>;
  readonly create: (actor: Actor, input: AssortmentInput) => Promise<Answered<AssortmentRecord>>;
  readonly change: (actor: Actor, key: AssortmentKey, input: AssortmentInput) => Promise<Answered<AssortmentRecord>>;
  readonly remove: (actor: Actor, key: AssortmentKey) => Promise<Answered<null>>;
};

const byChange: Order = {
  name: "changed",
  by: assortments.updatedAt,
  id: assortments.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

/** Beside the columns of an assortment. */
const items = sql<readonly AssortmentItem[]>`(
  select coalesce(json_agg(json_build_object('mode', i.mode, 'kind', i.kind, 'itemId', i.item_id)
    order by i.mode, i.kind, i.item_id), '[]')
  from ${assortmentItems} i where i.assortment_id = ${assortments}.id)`;
const columns = { row: getTableColumns(assortments), items };

type Found = { readonly row: typeof assortments.$inferSelect; readonly items: readonly AssortmentItem[] };

export function createAssortmentRepository(db: Database): AssortmentRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: byChange,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(columns)
            .from(assortments)
            .where(allOf(shownTo(actor, assortments), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.updatedAt, row.id],
        entryOf: recordOf,
      }),

    async find(actor, assortmentId) {
      const [found] = await db
        .select(columns)
        .from(assortments)
        .where(allOf(shownTo(actor, assortments), eq(assortments.id, assortmentId)));
      return found && recordOf(found);
    },

    create: (actor, { items: wanted, ...input }) =>
      wholly(db, async (tx) => {
        const keeper = keeperOf(actor);
        if (keeper === undefined) return refused("not_found");
        const fault = await targetFault(tx, keeper, input);
        if (fault !== undefined) return fault;
        const [row] = await tx
          .insert(assortments)
          .values({ ...keeper, ...input })
          .returning();
        if (row === undefined) return refused("conflict");
        await writeItems(tx, row.id, wanted);
        return await stored(tx, row.id);
      }),

    change: (actor, key, { items: wanted, ...input }) =>
      wholly(db, async (tx) => {
        const held = await heldBy(tx, actor, key);
        if (!held.ok) return held;
        const fault = await targetFault(tx, held.value, input);
        if (fault !== undefined) return fault;
        await tx
          .update(assortments)
          .set({ ...input, version: key.expectedVersion + 1, updatedAt: sql`now()` })
          .where(eq(assortments.id, key.assortmentId));
        await tx.delete(assortmentItems).where(eq(assortmentItems.assortmentId, key.assortmentId));
        await writeItems(tx, key.assortmentId, wanted);
        return await stored(tx, key.assortmentId);
      }),

    remove: (actor, key) =>
      wholly(db, async (tx) => {
        const held = await heldBy(tx, actor, key);
        if (!held.ok) return held;
        await tx.delete(assortments).where(eq(assortments.id, key.assortmentId));
        return answered(null);
      }),
  };
}

async function stored(tx: Database, assortmentId: string): Promise<Answered<AssortmentRecord>> {
  const [found] = await tx.select(columns).from(assortments).where(eq(assortments.id, assortmentId));
  return found === undefined ? refused("not_found") : answered(recordOf(found));
}

async function heldBy(tx: Database, actor: Actor, key: AssortmentKey): Promise<Answered<Keeper>> {
  const keeper = keeperOf(actor);
  if (keeper === undefined) return refused("not_found");
  const [row] = await tx
    .select({ version: assortments.version, target: assortments.target })
    .from(assortments)
    .where(allOf(keptBy(keeper, assortments), eq(assortments.id, key.assortmentId)))
    .for("update");
  if (row === undefined) return refused("not_found");
  if (row.version !== key.expectedVersion) return refused("precondition_failed", { actualVersion: row.version });
  return row.target === "agreement" ? refused("agreement_state_wrong") : answered(keeper);
}

type Target = Pick<AssortmentInput, "target" | "targetId">;

async function targetFault(tx: Database, keeper: Keeper, { target, targetId }: Target): Promise<Refused | undefined> {
  const unknown = refused("assignment_target_unknown", { pointer: "/targetId" });
  if (target === "marketplace") return targetId === keeper.marketplaceId ? undefined : unknown;
  if (!isUuid(targetId)) return unknown;
  const own = keeper.vendorId === null ? undefined : eq(customerGroups.vendorId, keeper.vendorId);
  const [group] = await tx
    .select({ id: customerGroups.id })
    .from(customerGroups)
    .where(
      and(
        eq(customerGroups.id, targetId),
        eq(customerGroups.marketplaceId, keeper.marketplaceId),
        or(isNull(customerGroups.vendorId), own),
      ),
    );
  return group === undefined ? unknown : undefined;
}

/** The same item twice counts once. */
export async function writeItems(tx: Database, assortmentId: string, wanted: readonly AssortmentItem[]): Promise<void> {
  if (wanted.length === 0) return;
  await tx
    .insert(assortmentItems)
    .values(wanted.map((item) => ({ ...item, assortmentId })))
    .onConflictDoNothing();
}

function recordOf({ row, items: held }: Found): AssortmentRecord {
  const { id, marketplaceId, vendorId, name, target, targetId, updatedAt, version } = row;
  return {
    assortmentId: id,
    marketplaceId,
    ...present({ vendorId }),
    name,
    target,
    targetId,
    items: [...held],
    updatedAt: instantOf(updatedAt),
    version,
  };
}
