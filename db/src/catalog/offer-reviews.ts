import type { Actor } from "@kontor/kernel";
import type { OfferReviewInput, OfferReviewRecord } from "@kontor/protocol";
import { and, eq, inArray, sql } from "drizzle-orm";
import { staleVersion } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { ReviewedVendor } from "../schema/catalog-offers.ts";
import { catalogRecord, offerReviews } from "../schema/catalog-offers.ts";
import { participations } from "../schema/marketplaces.ts";

/** Whose offers go live without the operator's review. `version` 0: nobody has said, and every offer is reviewed. */
export type OfferReviewRepository = {
  /** A vendor is told of himself alone. */
  readonly read: (actor: Actor) => Promise<OfferReviewRecord | undefined>;
  readonly write: (
    actor: Actor,
    change: { readonly input: OfferReviewInput; readonly version: number },
  ) => Promise<Answered<OfferReviewRecord>>;
};

type Rules = {
  readonly activeWithoutReview: boolean;
  readonly vendors: readonly ReviewedVendor[];
  readonly version: number;
};

const unwritten: Rules = { activeWithoutReview: false, vendors: [], version: 0 };

export function createOfferReviewRepository(db: Database): OfferReviewRepository {
  return {
    async read({ kind, marketplaceId, companyId }) {
      if (marketplaceId === null) return undefined;
      const { vendors, ...rules } = await rulesIn(db, marketplaceId);
      const shown = kind === "member" ? vendors.filter(({ vendorId }) => vendorId === companyId) : vendors;
      return { marketplaceId, ...rules, vendors: [...shown] };
    },

    async write({ kind, marketplaceId }, { input, version }) {
      if (kind !== "operator" || marketplaceId === null) return refused("not_found");
      const { activeWithoutReview, vendors } = input;
      const unknown = await unknownVendor(db, marketplaceId, vendors);
      if (unknown >= 0) {
        return refused("vendor_unfit", { vendorId: vendors[unknown]?.vendorId ?? "", pointer: `/vendors/${unknown}` });
      }
      const values = { activeWithoutReview, vendors };
      const [written] = await (version === 0
        ? db
            .insert(offerReviews)
            .values({ marketplaceId, ...values })
            .onConflictDoNothing()
            .returning()
        : db
            .update(offerReviews)
            .set({ ...values, version: sql`${offerReviews.version} + 1`, updatedAt: sql`now()` })
            .where(and(eq(offerReviews.marketplaceId, marketplaceId), eq(offerReviews.version, version)))
            .returning());
      if (written === undefined) return staleVersion((await rulesIn(db, marketplaceId)).version);
      return answered({ marketplaceId, ...values, vendors, version: written.version });
    },
  };
}

async function rulesIn(db: Database, marketplaceId: string): Promise<Rules> {
  const [row] = await db.select().from(offerReviews).where(eq(offerReviews.marketplaceId, marketplaceId));
  if (row === undefined) return unwritten;
  const { activeWithoutReview, vendors, version } = row;
  return { activeWithoutReview, vendors, version };
}

/** Where the first is that sells nothing here; -1 for none. */
async function unknownVendor(db: Database, marketplaceId: string, vendors: readonly ReviewedVendor[]): Promise<number> {
  const ids = vendors.map(({ vendorId }) => vendorId);
  const rows = await db
    .select({ id: participations.companyId })
    .from(participations)
    .where(
      and(
        eq(participations.marketplaceId, marketplaceId),
        inArray(participations.companyId, ids),
        inArray(participations.side, ["supplier", "both"]),
      ),
    );
  const known = new Set(rows.map(({ id }) => id));
  return ids.findIndex((id) => !known.has(id));
}

/** By which rule an offer needs no review, in the words of the record. */
export type Trust = { readonly action: "approved_by_rule"; readonly reason: string };

type Reviewed = { readonly id: string; readonly marketplaceId: string; readonly vendorId: string };

/** Null where the operator is to look at it: by the rules, or because he has rejected this offer before. */
export async function trustIn(tx: Database, { id, marketplaceId, vendorId }: Reviewed): Promise<Trust | null> {
  const { activeWithoutReview, vendors, version } = await rulesIn(tx, marketplaceId);
  const own = vendors.find((vendor) => vendor.vendorId === vendorId);
  if (!(own?.activeWithoutReview ?? activeWithoutReview)) return null;
  const [rejected] = await tx
    .select({ id: catalogRecord.id })
    .from(catalogRecord)
    .where(and(eq(catalogRecord.subjectId, id), eq(catalogRecord.action, "rejected")))
    .limit(1);
  if (rejected !== undefined) return null;
  const whose = own === undefined ? "all vendors of the marketplace" : "this vendor";
  return { action: "approved_by_rule", reason: `Active without review: the rule for ${whose}, version ${version}.` };
}
