import type { Actor } from "@kontor/kernel";
import type { CompanyProfile } from "@kontor/protocol";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { companies } from "../schema/auth.ts";
import { companyProfiles, participations } from "../schema/marketplaces.ts";
import type { CompanyRepository } from "./account-records.ts";
import { nameOfCompany } from "./company-names.ts";
import { instantOf } from "./record-members.ts";
import { allOf, anyOf, inMarketplace, ofOwnCompany, seesAll } from "./scope.ts";

export function createCompanyRepository(db: Database): CompanyRepository {
  return {
    async find(actor, companyId) {
      const takesPart = sql`exists (
        select 1 from ${participations} where ${participations.companyId} = ${companyProfiles.companyId}
          and ${inMarketplace(actor, participations.marketplaceId)})`;
      const seen = seesAll(actor) ? takesPart : ofOwnCompany(actor, companyProfiles.companyId);
      const [row] = await db
        .select()
        .from(companyProfiles)
        .where(and(seen, eq(companyProfiles.companyId, companyId)));
      return row && profileOf(row);
    },

    save: (actor, profile, expectedVersion) =>
      db.transaction(async (tx) => {
        const { kind, companyId } = actor;
        if (kind !== "member" || companyId === null) return { ok: false, code: "not_found" };
        const own = eq(companyProfiles.companyId, companyId);
        const [stored] = await tx
          .select({ version: companyProfiles.version })
          .from(companyProfiles)
          .where(own)
          .for("update");
        const version = stored?.version ?? 0;
        if (expectedVersion !== undefined && expectedVersion !== version) {
          return { ok: false, code: "precondition_failed", actualVersion: version };
        }
        const [row] = stored
          ? await tx
              .update(companyProfiles)
              .set({ ...profile, version: version + 1, updatedAt: sql`now()` })
              .where(own)
              .returning()
          : await tx
              .insert(companyProfiles)
              .values({ ...profile, companyId })
              .onConflictDoNothing()
              .returning();
        // Somebody else wrote the first profile between the two statements.
        return row ? { ok: true, value: profileOf(row) } : { ok: false, code: "conflict" };
      }),

    async names(actor, companyIds) {
      if (companyIds.length === 0) return new Map();
      const rows = await db
        .select({ companyId: companies.id, name: nameOfCompany(companies.id) })
        .from(companies)
        .where(allOf(inArray(companies.id, [...companyIds]), knowsName(actor)));
      return new Map(rows.flatMap(({ companyId, name }) => (name === null ? [] : [[companyId, name] as const])));
    },
  };
}

/** One's own company, and all that take part where the actor is; who bid what is kept apart from who is there. */
function knowsName(actor: Actor) {
  if (actor.kind === "system") return undefined;
  const takesPart = sql`exists (
    select 1 from ${participations} where ${participations.companyId} = ${companies.id}
      and ${inMarketplace(actor, participations.marketplaceId)}
      ${seesAll(actor) ? sql`` : sql`and ${participations.status} in ('approved', 'suspended')`})`;
  return anyOf(ofOwnCompany(actor, companies.id), takesPart);
}

function profileOf({ updatedAt, ...row }: typeof companyProfiles.$inferSelect): CompanyProfile {
  return { ...row, updatedAt: instantOf(updatedAt) };
}
