import type { Actor } from "@kontor/kernel";
import type { Participation, ParticipationSide, ParticipationStatus } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { participations } from "../schema/marketplaces.ts";
import type { ParticipationKey } from "./account-records.ts";
import type { Written } from "./listing.ts";
import { participationFor } from "./participation-records.ts";

type DecidedStatus = Exclude<ParticipationStatus, "pending">;

export type ParticipationDecision = ParticipationKey & {
  readonly status: DecidedStatus;
  /** Statuses that the decision may follow. */
  readonly from: readonly ParticipationStatus[];
  readonly side?: ParticipationSide | undefined;
  readonly reason?: string;
};

/** An operator's decision on a company in the operator's own marketplace. */
export function decide(
  db: Database,
  actor: Actor,
  { companyId, expectedVersion, status, from, side, reason }: ParticipationDecision,
): Promise<Written<Participation>> {
  return db.transaction(async (tx) => {
    const { kind, marketplaceId, userId } = actor;
    if (kind !== "operator" || marketplaceId === null) return { ok: false, code: "not_found" };
    const place = and(eq(participations.marketplaceId, marketplaceId), eq(participations.companyId, companyId));
    const [stored] = await tx.select().from(participations).where(place).for("update");
    if (!stored) return { ok: false, code: "not_found" };
    if (expectedVersion !== stored.version) {
      return { ok: false, code: "precondition_failed", actualVersion: stored.version };
    }
    const changesSide = status === stored.status && side !== undefined && side !== stored.side;
    if (!from.includes(stored.status) && !changesSide) return { ok: false, code: "conflict" };
    const [decided] = await tx
      .update(participations)
      .set({
        status,
        side: side ?? stored.side,
        reason: reason ?? null,
        decidedBy: userId,
        decidedAt: sql`now()`,
        version: stored.version + 1,
      })
      .where(place)
      .returning();
    return decided ? { ok: true, value: participationFor(actor, decided) } : { ok: false, code: "not_found" };
  });
}
