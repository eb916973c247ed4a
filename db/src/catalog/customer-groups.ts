import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type {
  CustomerGroupInput,
  CustomerGroupQuery,
  CustomerGroupRecord,
  GroupMember,
  GroupMemberQuery,
} from "@kontor/protocol";
import { and, eq, ne } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { nameOfCompany } from "../repositories/company-names.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { customerGroupMembers, customerGroups } from "../schema/catalog-prices.ts";
import { participations } from "../schema/marketplaces.ts";
import { keeperOf, keptBy, shownTo } from "./keepers.ts";

export type CustomerGroupKey = { readonly groupId: string; readonly expectedVersion: number };
export type GroupMemberKey = { readonly groupId: string; readonly companyId: string };

/** Buyers that have prices together: a vendor's groups, or the marketplace's. Others' are as if they were not there. */
export type CustomerGroupRepository = {
  readonly list: (actor: Actor, query: Query<CustomerGroupQuery>) => Promise<Listing<CustomerGroupRecord>>;
  readonly find: (actor: Actor, groupId: string) => Promise<CustomerGroupRecord | undefined>;
  readonly create: (actor: Actor, input: CustomerGroupInput) => Promise<Answered<CustomerGroupRecord>>;
  readonly change: (
    actor: Actor,
    key: CustomerGroupKey,
    input: CustomerGroupInput,
  ) => Promise<Answered<CustomerGroupRecord>>;
  /** Undefined where the actor does not see the group. */
  readonly members: (
    actor: Actor,
    groupId: string,
    query: Query<GroupMemberQuery>,
  ) => Promise<Listing<GroupMember> | undefined>;
  /** Again changes nothing. `buyer_unfit` for who does not take part as a buyer. */
  readonly addMember: (actor: Actor, key: GroupMemberKey) => Promise<Answered<GroupMember>>;
  /** Whoever is not in it is out of it already. */
  readonly removeMember: (actor: Actor, key: GroupMemberKey) => Promise<Answered<null>>;
};

const byId: Order = {
  name: "group",
  by: customerGroups.name,
  id: customerGroups.id,
  direction: "asc",
  accepts: isText,
  acceptsId: isUuid,
};
const bySince: Order = {
  name: "since",
  by: customerGroupMembers.since,
  id: customerGroupMembers.companyId,
  direction: "asc",
  accepts: isInstant,
};

const member = {
  companyId: customerGroupMembers.companyId,
  companyName: nameOfCompany(customerGroupMembers.companyId),
  since: customerGroupMembers.since,
};

export function createCustomerGroupRepository(db: Database): CustomerGroupRepository {
  const shown = async (actor: Actor, groupId: string) => {
    const [row] = await db
      .select()
      .from(customerGroups)
      .where(allOf(shownTo(actor, customerGroups), eq(customerGroups.id, groupId)));
    return row;
  };

  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: byId,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(customerGroups)
            .where(allOf(shownTo(actor, customerGroups), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ name, id }) => [name, id],
        entryOf: recordOf,
      }),

    async find(actor, groupId) {
      const row = await shown(actor, groupId);
      return row && recordOf(row);
    },

    async create(actor, input) {
      const keeper = keeperOf(actor);
      if (keeper === undefined) return refused("not_found");
      const [row] = await db
        .insert(customerGroups)
        .values({ ...keeper, ...input })
        .onConflictDoNothing()
        .returning();
      return row === undefined ? refused("conflict", { pointer: "/name" }) : answered(recordOf(row));
    },

    change: (actor, key, input) => wholly(db, (tx) => changeIn(tx, { actor, key, input })),

    async members(actor, groupId, page) {
      if ((await shown(actor, groupId)) === undefined) return undefined;
      return await pageFrom(page, {
        order: bySince,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(member)
            .from(customerGroupMembers)
            .where(allOf(eq(customerGroupMembers.groupId, groupId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ since, companyId }) => [since, companyId],
        entryOf: memberOf,
      });
    },

    addMember: (actor, key) => wholly(db, (tx) => addIn(tx, { actor, ...key })),

    async removeMember(actor, { groupId, companyId }) {
      const keeper = keeperOf(actor);
      const row = await shown(actor, groupId);
      if (keeper === undefined || row?.vendorId !== keeper.vendorId) return refused("not_found");
      await db
        .delete(customerGroupMembers)
        .where(and(eq(customerGroupMembers.groupId, groupId), eq(customerGroupMembers.companyId, companyId)));
      return answered(null);
    },
  };
}

type Changing = { readonly actor: Actor; readonly key: CustomerGroupKey; readonly input: CustomerGroupInput };

async function changeIn(tx: Database, { actor, key, input }: Changing): Promise<Answered<CustomerGroupRecord>> {
  const keeper = keeperOf(actor);
  if (keeper === undefined) return refused("not_found");
  const own = keptBy(keeper, customerGroups);
  const [stored] = await tx
    .select({ version: customerGroups.version })
    .from(customerGroups)
    .where(allOf(own, eq(customerGroups.id, key.groupId)))
    .for("update");
  if (stored === undefined) return refused("not_found");
  const { version } = stored;
  if (version !== key.expectedVersion) return refused("precondition_failed", { actualVersion: version });
  const [taken] = await tx
    .select({ id: customerGroups.id })
    .from(customerGroups)
    .where(allOf(own, eq(customerGroups.name, input.name), ne(customerGroups.id, key.groupId)));
  if (taken !== undefined) return refused("conflict", { pointer: "/name" });
  const [row] = await tx
    .update(customerGroups)
    .set({ ...input, version: version + 1 })
    .where(eq(customerGroups.id, key.groupId))
    .returning();
  return row === undefined ? refused("not_found") : answered(recordOf(row));
}

async function addIn(
  tx: Database,
  { actor, groupId, companyId }: GroupMemberKey & { readonly actor: Actor },
): Promise<Answered<GroupMember>> {
  const keeper = keeperOf(actor);
  if (keeper === undefined) return refused("not_found");
  const [group] = await tx
    .select({ id: customerGroups.id })
    .from(customerGroups)
    .where(allOf(keptBy(keeper, customerGroups), eq(customerGroups.id, groupId)));
  if (group === undefined) return refused("not_found");
  if (companyId === keeper.vendorId || !(await isBuyerIn(tx, keeper.marketplaceId, companyId))) {
    return refused("buyer_unfit", { companyId });
  }
  // Touching the row that is there keeps it until this is over: it may be on its way out.
  await tx
    .insert(customerGroupMembers)
    .values({ groupId, companyId })
    .onConflictDoUpdate({ target: [customerGroupMembers.groupId, customerGroupMembers.companyId], set: { companyId } });
  const [row] = await tx
    .select(member)
    .from(customerGroupMembers)
    .where(and(eq(customerGroupMembers.groupId, groupId), eq(customerGroupMembers.companyId, companyId)));
  return row === undefined ? refused("not_found") : answered(memberOf(row));
}

/** Whether the company takes part as a buyer, now or until it was suspended. */
export async function isBuyerIn(tx: Database, marketplaceId: string, companyId: string): Promise<boolean> {
  const [row] = await tx
    .select({ side: participations.side, status: participations.status })
    .from(participations)
    .where(and(eq(participations.marketplaceId, marketplaceId), eq(participations.companyId, companyId)));
  return row !== undefined && row.side !== "supplier" && (row.status === "approved" || row.status === "suspended");
}

function recordOf({ id, vendorId, ...row }: typeof customerGroups.$inferSelect): CustomerGroupRecord {
  const { marketplaceId, name, loyaltyLevel, version } = row;
  return { groupId: id, marketplaceId, ...present({ vendorId }), name, loyaltyLevel, version };
}

function memberOf({ companyId, companyName, since }: { companyId: string; companyName: string | null; since: number }) {
  return { companyId, ...present({ companyName }), since: instantOf(since) } satisfies GroupMember;
}
