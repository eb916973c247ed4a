import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { PromotionInput, PromotionQuery, PromotionRecord } from "@kontor/protocol";
import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { present } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { customerGroups, promotions } from "../schema/catalog-prices.ts";
import type { Keeper } from "./keepers.ts";
import { keeperOf, keptBy, shownTo } from "./keepers.ts";
import { boundsOf, periodIn } from "./periods.ts";
import { exact } from "./price-list-records.ts";
import { plainText } from "./price-rungs.ts";

export type PromotionKey = { readonly promotionId: string; readonly expectedVersion: number };

/** A vendor's promotions on his offers, or the marketplace's on all. */
export type PromotionRepository = {
  readonly list: (actor: Actor, query: Query<PromotionQuery>) => Promise<Listing<PromotionRecord>>;
  readonly find: (actor: Actor, promotionId: string) => Promise<PromotionRecord | undefined>;
  readonly create: (actor: Actor, input: PromotionInput) => Promise<Answered<PromotionRecord>>;
  readonly change: (actor: Actor, key: PromotionKey, input: PromotionInput) => Promise<Answered<PromotionRecord>>;
  readonly remove: (actor: Actor, key: PromotionKey) => Promise<Answered<null>>;
};

const byName: Order = {
  name: "promotion",
  by: promotions.name,
  id: promotions.id,
  direction: "asc",
  accepts: isText,
  acceptsId: isUuid,
};

export function createPromotionRepository(db: Database): PromotionRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: byName,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(promotions)
            .where(allOf(shownTo(actor, promotions), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ name, id }) => [name, id],
        entryOf: recordOf,
      }),

    async find(actor, promotionId) {
      const [row] = await db
        .select()
        .from(promotions)
        .where(allOf(shownTo(actor, promotions), eq(promotions.id, promotionId)));
      return row && recordOf(row);
    },

    create: (actor, input) =>
      wholly(db, async (tx) => {
        const keeper = keeperOf(actor);
        if (keeper === undefined) return refused("not_found");
        const columns = await columnsOf(tx, keeper, input);
        if (!columns.ok) return columns;
        const [row] = await tx
          .insert(promotions)
          .values({ ...keeper, ...columns.value })
          .returning();
        return row === undefined ? refused("conflict") : answered(recordOf(row));
      }),

    change: (actor, key, input) =>
      wholly(db, async (tx) => {
        const held = await heldBy(tx, actor, key);
        if (!held.ok) return held;
        const columns = await columnsOf(tx, held.value, input);
        if (!columns.ok) return columns;
        const [row] = await tx
          .update(promotions)
          .set({ ...columns.value, version: key.expectedVersion + 1 })
          .where(eq(promotions.id, key.promotionId))
          .returning();
        return row === undefined ? refused("not_found") : answered(recordOf(row));
      }),

    remove: (actor, key) =>
      wholly(db, async (tx) => {
        const held = await heldBy(tx, actor, key);
        if (!held.ok) return held;
        await tx.delete(promotions).where(eq(promotions.id, key.promotionId));
        return answered(null);
      }),
  };
}

async function heldBy(tx: Database, actor: Actor, key: PromotionKey): Promise<Answered<Keeper>> {
  const keeper = keeperOf(actor);
  if (keeper === undefined) return refused("not_found");
  const [row] = await tx
    .select({ version: promotions.version })
    .from(promotions)
    .where(allOf(keptBy(keeper, promotions), eq(promotions.id, key.promotionId)))
    .for("update");
  if (row === undefined) return refused("not_found");
  return row.version === key.expectedVersion
    ? answered(keeper)
    : refused("precondition_failed", { actualVersion: row.version });
}

async function columnsOf(tx: Database, keeper: Keeper, input: PromotionInput) {
  const { condition, effect, scope, from, until, vendorShare, ...members } = input;
  const period = periodIn("UTC", { from, until });
  if (!period.ok) return period;
  const fault = (await groupFault(tx, keeper, condition)) ?? (await offerFault(tx, keeper, scope.offerIds ?? []));
  if (fault !== undefined) return fault;
  return answered({
    ...members,
    kind: condition.kind,
    terms: { condition, effect, scope },
    vendorShare: vendorShare === undefined ? null : exact(vendorShare, 4),
    ...period.value,
  });
}

async function groupFault(
  tx: Database,
  { marketplaceId, vendorId }: Keeper,
  condition: PromotionInput["condition"],
): Promise<Refused | undefined> {
  if (condition.kind !== "functional") return undefined;
  const own = vendorId === null ? undefined : eq(customerGroups.vendorId, vendorId);
  const [group] = await tx
    .select({ id: customerGroups.id })
    .from(customerGroups)
    .where(
      and(
        eq(customerGroups.id, condition.customerGroupId),
        eq(customerGroups.marketplaceId, marketplaceId),
        or(isNull(customerGroups.vendorId), own),
      ),
    );
  return group === undefined ? refused("customer_group_unknown", { pointer: "/condition/customerGroupId" }) : undefined;
}

/** A vendor's own offers, for the operator any of the marketplace. */
export async function offerFault(
  tx: Database,
  { marketplaceId, vendorId }: Keeper,
  offerIds: readonly string[],
): Promise<Refused | undefined> {
  if (offerIds.length === 0) return undefined;
  const own = vendorId === null ? undefined : eq(offers.vendorId, vendorId);
  const known = await tx
    .select({ id: offers.id })
    .from(offers)
    .where(and(inArray(offers.id, [...offerIds]), eq(offers.marketplaceId, marketplaceId), own));
  const found = new Set(known.map(({ id }) => id));
  const missing = offerIds.find((id) => !found.has(id));
  return missing === undefined ? undefined : refused("offer_unknown", { offerId: missing });
}

function recordOf(row: typeof promotions.$inferSelect): PromotionRecord {
  const { id, marketplaceId, vendorId, name, terms, stackGroup, priority, bearer, vendorShare, version } = row;
  return {
    promotionId: id,
    marketplaceId,
    ...present({ vendorId }),
    name,
    ...(terms as Pick<PromotionRecord, "condition" | "effect" | "scope">),
    stackGroup,
    priority,
    bearer,
    ...present({ vendorShare: vendorShare === null ? null : plainText(vendorShare, 4) }),
    ...boundsOf(row),
    version,
  };
}
