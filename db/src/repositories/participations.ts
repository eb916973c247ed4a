import type { Actor } from "@kontor/kernel";
import { and, eq, getTableColumns } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { participations } from "../schema/marketplaces.ts";
import type { ParticipationRepository } from "./account-records.ts";
import { nameOfCompany } from "./company-names.ts";
import { findInDirectory, listDirectory } from "./directory.ts";
import { holding, oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isText, pageFrom } from "./keyset.ts";
import { decide } from "./participation-decisions.ts";
import { participationFor } from "./participation-records.ts";
import { requestParticipation } from "./participation-requests.ts";
import { allOf, inMarketplace, ofOwnCompany, seesAll } from "./scope.ts";

const byCompany: Order = {
  name: "company",
  by: participations.companyId,
  id: participations.marketplaceId,
  direction: "asc",
  accepts: isText,
};

export function createParticipationRepository(db: Database): ParticipationRepository {
  const selected = () =>
    db
      .select({ ...getTableColumns(participations), companyName: nameOfCompany(participations.companyId) })
      .from(participations)
      .$dynamic();

  return {
    async list(actor, { status, side, q, ...page }) {
      const wanted = allOf(
        seesParticipation(actor),
        oneOf(participations.status, status),
        oneOf(participations.side, side),
        holding(q, nameOfCompany(participations.companyId)),
      );
      return await pageFrom(page, {
        order: byCompany,
        rows: ({ after, orderBy, limit }) =>
          selected()
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ companyId, marketplaceId }) => [companyId, marketplaceId],
        entryOf: (row) => participationFor(actor, row),
      });
    },

    async find(actor, { marketplaceId, companyId }) {
      const place = and(eq(participations.marketplaceId, marketplaceId), eq(participations.companyId, companyId));
      const [row] = await selected().where(and(seesParticipation(actor), place));
      return row && participationFor(actor, row);
    },

    directory: (actor, query) => listDirectory(db, actor, query),
    findInDirectory: (actor, companyId) => findInDirectory(db, actor, companyId),

    request: (actor, marketplaceId, side) => requestParticipation(db, actor, { marketplaceId, side }),
    approve: (actor, key) =>
      decide(db, actor, { ...key, status: "approved", from: ["pending", "refused", "suspended"] }),
    refuse: (actor, key, reason) => decide(db, actor, { ...key, status: "refused", from: ["pending"], reason }),
    suspend: (actor, key, reason) => decide(db, actor, { ...key, status: "suspended", from: ["approved"], reason }),
  };
}

/** Staff: those in its marketplace. A member: its company's, wherever they are. */
function seesParticipation(actor: Actor) {
  return seesAll(actor)
    ? inMarketplace(actor, participations.marketplaceId)
    : ofOwnCompany(actor, participations.companyId);
}
