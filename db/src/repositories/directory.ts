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

function selected(db: Database) {
  return db
    .select({
      companyId: participations.companyId,
      name: companyProfiles.legalName,
      country: companyProfiles.country,
      side: participations.side,
    })
    .from(participations)
    .innerJoin(companyProfiles, eq(companyProfiles.companyId, participations.companyId))
    .$dynamic();
}

/** Approved companies that have a profile, for those who are approved themselves and for staff. */
function seesEntry(actor: Actor) {
  const isApproved = sql`exists (
    select 1 from ${participations} own where own.marketplace_id = ${participations.marketplaceId}
      and own.status = 'approved' and own.company_id = ${actor.companyId})`;
  return allOf(
    inMarketplace(actor, participations.marketplaceId),
    seesAll(actor) ? undefined : isApproved,
    eq(participations.status, "approved"),
  );
}

export function listDirectory(
  db: Database,
  actor: Actor,
  { side, q, ...page }: Query<DirectoryQuery>,
): Promise<Listing<DirectoryEntry>> {
  const wanted = allOf(
    seesEntry(actor),
    side && anyOf(eq(participations.side, side), eq(participations.side, "both")),
    holding(q, companyProfiles.legalName),
  );
  return pageFrom(page, {
    order: byName,
    rows: ({ after, orderBy, limit }) =>
      selected(db)
        .where(allOf(wanted, after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ name, companyId }) => [name, companyId],
    entryOf: (entry) => entry,
  });
}

/** The company's entry as the directory shows it to the actor. */
export async function findInDirectory(
  db: Database,
  actor: Actor,
  companyId: string,
): Promise<DirectoryEntry | undefined> {
  const [row] = await selected(db).where(allOf(seesEntry(actor), eq(participations.companyId, companyId)));
  return row;
}
