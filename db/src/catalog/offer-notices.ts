import type { Database } from "../connect.ts";
import { writeNotices } from "../notices/write-notices.ts";
import type { offers } from "../schema/catalog-offers.ts";

type Review = { readonly verdict: "approved" | "rejected"; readonly reason: string | null };

/** The vendor learns what became of the offer that he proposed, or had. */
export async function tellReviewed(
  tx: Database,
  { id: offerId, marketplaceId, vendorId: companyId, vendorPartNo }: typeof offers.$inferSelect,
  { verdict, reason }: Review,
): Promise<void> {
  const data = { offerId, vendorPartNo, verdict, reason: reason ?? "" };
  await writeNotices(tx, [{ kind: "offer_reviewed", marketplaceId, companyId, data }]);
}
