import type { Delegation, Person } from "@kontor/catalog";
import type { Actor } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { DelegationInput, DelegationQuery, DelegationRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { instantOf } from "../../repositories/record-members.ts";
import { allOf } from "../../repositories/scope.ts";
import { approvalDelegations } from "../../schema/catalog-buying.ts";
import { byCreation, isOwned, ownCompanyOf } from "../orders/own-company.ts";
import { requirePeople } from "./company-people.ts";

/** Who of a company decides for whom. */
export type DelegationRepository = {
  readonly list: (actor: Actor, query: Query<DelegationQuery>) => Promise<Listing<DelegationRecord>>;
  /** For the actor himself. */
  readonly delegate: (actor: Actor, input: DelegationInput) => Promise<Answered<DelegationRecord>>;
  /** By whoever delegated; what was decided stays. */
  readonly withdraw: (actor: Actor, delegationId: string) => Promise<Answered<DelegationRecord>>;
};

type Row = typeof approvalDelegations.$inferSelect;
const oldest = byCreation("delegations", approvalDelegations);

export function createDelegationRepository(db: Database): DelegationRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: oldest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(approvalDelegations)
            .where(allOf(isOwned(actor, approvalDelegations), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: recordOf,
      }),

    async delegate(actor, input) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return refused("not_found");
      const { marketplaceId, companyId, userId } = own;
      const [validFrom, validUntil] = [microsOfInstant(input.validFrom), microsOfInstant(input.validUntil)];
      if (validFrom === null || validUntil === null || validUntil <= validFrom)
        return refused("delegation_period_empty", { pointer: "/validUntil" });
      if (input.to === userId) return refused("delegation_to_oneself", { pointer: "/to" });
      const known = await requirePeople(db, companyId, [input.to]);
      if (!known.ok) return known;
      const [made] = await db
        .insert(approvalDelegations)
        .values({ marketplaceId, companyId, byUser: userId, toUser: input.to, validFrom, validUntil })
        .returning();
      return made === undefined ? refused("internal") : answered(recordOf(made));
    },

    async withdraw(actor, delegationId) {
      const mine = and(eq(approvalDelegations.id, delegationId), eq(approvalDelegations.byUser, actor.userId));
      const [gone] = await db
        .delete(approvalDelegations)
        .where(allOf(isOwned(actor, approvalDelegations), mine ?? sql`false`))
        .returning();
      return gone === undefined ? refused("delegation_unknown") : answered(recordOf(gone));
    },
  };
}

/** The company's delegations as the engine takes them; those of people who have left count no more. */
export async function delegationsOf(
  db: Database,
  owner: { readonly marketplaceId: string; readonly companyId: string },
  people: ReadonlyMap<string, Person>,
): Promise<readonly Delegation[]> {
  const rows = await db
    .select()
    .from(approvalDelegations)
    .where(
      and(
        eq(approvalDelegations.companyId, owner.companyId),
        eq(approvalDelegations.marketplaceId, owner.marketplaceId),
      ),
    );
  return rows.flatMap(({ byUser, toUser: to, validFrom: from, validUntil: until }) => {
    const by = people.get(byUser);
    return by === undefined ? [] : [{ by, to, from, until }];
  });
}

function recordOf({ id, byUser, toUser, validFrom, validUntil }: Row): DelegationRecord {
  const period = { validFrom: instantOf(validFrom), validUntil: instantOf(validUntil) };
  return { delegationId: id, by: byUser, to: toUser, ...period };
}
