import { z } from "zod";
import { CompanyId, MarketplaceId } from "../primitives.ts";

/* Which offers go live without the operator's review. */

const ReviewedVendor = z.strictObject({ vendorId: CompanyId, activeWithoutReview: z.boolean() });

export const OfferReviewInput = z.strictObject({
  activeWithoutReview: z.boolean().meta({ description: "For all vendors but for those that are named." }),
  vendors: z
    .array(ReviewedVendor)
    .max(1_000)
    .default([])
    .refine((vendors) => new Set(vendors.map(({ vendorId }) => vendorId)).size === vendors.length, {
      error: "A vendor is named once.",
    })
    .meta({ description: "What holds for a vendor instead, whether trusted or looked at." }),
});
export const OfferReviewRecord = z
  .object({
    marketplaceId: MarketplaceId,
    activeWithoutReview: z.boolean(),
    vendors: z
      .array(z.object({ vendorId: CompanyId, activeWithoutReview: z.boolean() }))
      .meta({ description: "A vendor reads of himself alone." }),
    version: z.int().meta({ description: "0: nobody has said, and every offer is reviewed." }),
  })
  .meta({ id: "OfferReviewRecord" });

export type OfferReviewInput = z.output<typeof OfferReviewInput>;
export type OfferReviewRecord = z.infer<typeof OfferReviewRecord>;
