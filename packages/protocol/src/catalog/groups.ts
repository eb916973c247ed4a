import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Uuid } from "../primitives.ts";
import {
  AssortmentId,
  AssortmentItem,
  ClassKey,
  CustomerGroupId,
  DocumentName,
  OrderMinimum,
  PercentOff,
  PromotionId,
  period,
  TermQuantity,
  UnitPrice,
} from "./terms.ts";

/* Customer groups, assortments, order minimums and promotions, of a vendor or of the marketplace. */

const owner = { marketplaceId: MarketplaceId, vendorId: CompanyId.optional() };

export const CustomerGroupInput = z.strictObject({
  name: DocumentName,
  loyaltyLevel: z.int().min(0).max(1_000).default(0).meta({
    description: "What members have reached in the loyalty programme of the group's owner.",
  }),
});
export const CustomerGroupRecord = z
  .object({
    groupId: CustomerGroupId,
    ...owner,
    name: z.string(),
    loyaltyLevel: z.int(),
    version: z.int(),
  })
  .meta({ id: "CustomerGroupRecord" });
export const CustomerGroupQuery = z.strictObject(pageQuery);
export const GroupMember = z
  .object({ companyId: CompanyId, companyName: z.string().optional(), since: Instant })
  .meta({ id: "GroupMember" });
export const GroupMemberQuery = z.strictObject(pageQuery);

/** Of a customer group or everybody; an agreement's stands in the agreement. */
export const AssortmentInput = z.strictObject({
  name: DocumentName,
  target: z.enum(["customer_group", "marketplace"]),
  targetId: z.string().max(64),
  items: z.array(AssortmentItem).max(2_000),
});
export const AssortmentRecord = z
  .object({
    assortmentId: AssortmentId,
    ...owner,
    name: z.string(),
    target: z.enum(["agreement", "customer_group", "marketplace"]),
    targetId: z.string(),
    items: z.array(AssortmentItem),
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "AssortmentRecord" });
export const AssortmentQuery = z.strictObject(pageQuery);

/** The vendor's own, for all buyers without an agreement that says another; one for each currency. */
export const OrderMinimums = z
  .strictObject({ minimums: z.array(OrderMinimum).max(20) })
  .refine(({ minimums }) => new Set(minimums.map(({ currency }) => currency)).size === minimums.length, {
    error: "One minimum for each currency.",
  });
export const OrderMinimumsRecord = z.object({ minimums: z.array(OrderMinimum) }).meta({ id: "OrderMinimumsRecord" });

export const PromotionCondition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("functional"), customerGroupId: CustomerGroupId }),
  z.strictObject({ kind: z.literal("quantity"), minQuantity: TermQuantity }),
  z.strictObject({ kind: z.literal("loyalty"), minLevel: z.int().min(1).max(1_000) }),
  z.strictObject({ kind: z.literal("seasonal") }),
]);
export const PromotionEffect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("percent"), percent: PercentOff }),
  z.strictObject({ kind: z.literal("amount"), amount: UnitPrice, currency: Currency }),
]);
const promotionTerms = {
  name: DocumentName,
  condition: PromotionCondition,
  effect: PromotionEffect.meta({ description: "An amount is taken off each base unit." }),
  scope: z
    .strictObject({
      brandId: Uuid.optional(),
      classId: ClassKey.optional(),
      offerIds: z.array(Uuid).min(1).max(500).optional(),
    })
    .default({})
    .meta({ description: "An offer fits when it fits all that is named." }),
  stackGroup: z.int().min(0).max(1_000).default(0).meta({ description: "Groups ascend; each has one winner." }),
  priority: z.int().default(0),
  bearer: z.enum(["vendor", "marketplace", "shared"]).default("vendor"),
  vendorShare: PercentOff.optional().meta({ description: "What the vendor bears of a shared one." }),
  ...period,
};
export const PromotionInput = z
  .strictObject(promotionTerms)
  .refine(({ bearer, vendorShare }) => (bearer === "shared") === (vendorShare !== undefined), {
    error: "A shared promotion has the vendor's share, others have none.",
  });
export const PromotionRecord = z
  .object({
    promotionId: PromotionId,
    ...owner,
    ...promotionTerms,
    from: Instant.optional(),
    until: Instant.optional(),
    version: z.int(),
  })
  .meta({ id: "PromotionRecord" });
export const PromotionQuery = z.strictObject(pageQuery);

export type CustomerGroupInput = z.output<typeof CustomerGroupInput>;
export type CustomerGroupRecord = z.infer<typeof CustomerGroupRecord>;
export type CustomerGroupQuery = z.infer<typeof CustomerGroupQuery>;
export type GroupMember = z.infer<typeof GroupMember>;
export type GroupMemberQuery = z.infer<typeof GroupMemberQuery>;
export type AssortmentInput = z.output<typeof AssortmentInput>;
export type AssortmentRecord = z.infer<typeof AssortmentRecord>;
export type AssortmentQuery = z.infer<typeof AssortmentQuery>;
export type OrderMinimumsRecord = z.infer<typeof OrderMinimumsRecord>;
export type PromotionInput = z.output<typeof PromotionInput>;
export type PromotionRecord = z.infer<typeof PromotionRecord>;
export type PromotionQuery = z.infer<typeof PromotionQuery>;
