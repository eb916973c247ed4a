import type { Actor } from "@kontor/kernel";
import type { Participation } from "@kontor/protocol";
import type { participations } from "../schema/marketplaces.ts";
import { instantOf, present } from "./record-members.ts";
import { seesAll } from "./scope.ts";

export type ParticipationRow = typeof participations.$inferSelect & { readonly companyName?: string | null };

/** Who decided is for staff; what was decided, and why, for the company too. */
export function participationFor(actor: Actor, row: ParticipationRow): Participation {
  const { marketplaceId, companyId, side, status, requestedBy, requestedAt, decidedAt, version } = row;
  const { companyName, reason, decidedBy } = row;
  return {
    marketplaceId,
    companyId,
    side,
    status,
    requestedBy,
    requestedAt: instantOf(requestedAt),
    version,
    ...present({ companyName, reason, decidedBy: seesAll(actor) ? decidedBy : null, decidedAt: instantOf(decidedAt) }),
  };
}
