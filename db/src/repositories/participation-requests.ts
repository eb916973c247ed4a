import type { Actor } from "@kontor/kernel";
import type { Participation, ParticipationSide } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { marketplaces, participations } from "../schema/marketplaces.ts";
import type { Written } from "./listing.ts";
import { participationFor } from "./participation-records.ts";

/** Opens a request, opens it again after a refusal, or changes the side of one that waits. */
export function requestParticipation(
  db: Database,
  actor: Actor,
  { marketplaceId, side }: { readonly marketplaceId: string; readonly side: ParticipationSide },
): Promise<Written<Participation>> {
  return db.transaction(async (tx) => {
    const { kind, companyId, userId } = actor;
    if (kind !== "member" || companyId === null) return { ok: false, code: "not_found" };
    const [marketplace] = await tx
      .select({ status: marketplaces.status })
      .from(marketplaces)
      .where(eq(marketplaces.id, marketplaceId))
      .for("share");
    if (!marketplace) return { ok: false, code: "not_found" };
    if (marketplace.status === "closed") return { ok: false, code: "conflict" };

    const [created] = await tx
      .insert(participations)
      .values({ marketplaceId, companyId, side, status: "pending", requestedBy: userId })
      .onConflictDoNothing()
      .returning();
    if (created) return { ok: true, value: participationFor(actor, created) };

    const place = and(eq(participations.marketplaceId, marketplaceId), eq(participations.companyId, companyId));
    const [stored] = await tx.select().from(participations).where(place).for("update");
    if (stored?.side === side && (stored.status === "pending" || stored.status === "approved")) {
      return { ok: true, value: participationFor(actor, stored) };
    }
    if (stored?.status !== "pending" && stored?.status !== "refused") return { ok: false, code: "conflict" };
    const [opened] = await tx
      .update(participations)
      .set({
        side,
        status: "pending",
        reason: null,
        requestedBy: userId,
        requestedAt: sql`now()`,
        decidedBy: null,
        decidedAt: null,
        version: stored.version + 1,
      })
      .where(place)
      .returning();
    return opened ? { ok: true, value: participationFor(actor, opened) } : { ok: false, code: "not_found" };
  });
}
