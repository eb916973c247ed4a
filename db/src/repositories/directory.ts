import type { Actor } from "@kontor/kernel";
import type { DirectoryEntry, DirectoryQuery } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { companyProfiles, participations } from "../schema/marketplaces.ts";
import { holding } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isText, pageFrom } from "./keyset.ts";
import type { Listing, Query } from "./listing.ts";
import { allOf, anyOf, inMarketplace, seesAll } from "./scope.ts";

const byName: Order = {
  name: "legalName",
  by: companyProfiles.legalName,
  id: participations.companyId,
  direction: "asc",
  accepts: isText,
};

/** Approved companies that have a profile, for those who are approved themselves and for staff. */
export function listDirectory(
  db: Database,
  actor: Actor,
  { side, q, ...page }: Query<DirectoryQuery>,
): Promise<Listing<DirectoryEntry>> {
  const isApproved = sql`exists (
    select 1 from ${participations} own where own.marketplace_id = ${participations.marketplaceId}
      and own.status = 'approved' and own.company_id = ${actor.companyId})`;
  const wanted = allOf(
    inMarketplace(actor, participations.marketplaceId),
    seesAll(actor) ? undefined : isApproved,
    eq(participations.status, "approved"),
    side && anyOf(eq(participations.side, side), eq(participations.side, "both")),
    holding(q, companyProfiles.legalName),
  );
  return pageFrom(page, {
    order: byName,
    rows: ({ after, orderBy, limit }) =>
      db
        .select({
          companyId: participations.companyId,
          name: companyProfiles.legalName,
          country: companyProfiles.country,
          side: participations.side,
        })
        .from(participations)
        .innerJoin(companyProfiles, eq(companyProfiles.companyId, participations.companyId))
        .where(allOf(wanted, after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ name, companyId }) => [name, companyId],
    entryOf: (entry) => entry,
  });
}
