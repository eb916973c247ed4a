import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Instant, MarketplaceId, Title, Uuid } from "../primitives.ts";
import { ProductId, VariantId } from "./products.ts";
import { CatalogQuantity, Line, PartNumber, StockQuantity, UnitText } from "./values.ts";

/* What vendors list, and what they have of it. The offer is what is bought. */

export const OfferId = Uuid.meta({ description: "Offer id, UUID." });
export const OfferCondition = z.enum(["new", "refurbished", "used"]);
/**
 * `draft`     the vendor's alone          `proposed`  the operator is to look at it
 * `active`    buyers see and order it     `paused`    taken off by the vendor, for a time
 * `rejected`  by the operator, with a reason          `withdrawn`  taken off for good
 */
export const OfferStatus = z.enum(["draft", "proposed", "active", "paused", "rejected", "withdrawn"]);
/** Incoterms 2020. */
export const DeliveryTerm = z.enum(["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"]);

const offerTerms = {
  vendorPartNo: PartNumber.meta({ description: "The vendor's own number; one offer has it." }),
  condition: OfferCondition.default("new"),
  orderUnit: UnitText.meta({ description: "The variant's base unit or one of its other units." }),
  minQuantity: CatalogQuantity.default("1").meta({ description: "In order units, as multiple and maximum." }),
  multiple: CatalogQuantity.optional().meta({ description: "Quantities are multiples of it." }),
  maxQuantity: CatalogQuantity.optional(),
  leadTimeDays: z.int().min(0).max(3_650).optional(),
  deliveryTerm: DeliveryTerm.optional(),
  deliveryPlace: Line.optional().meta({ description: "The place that the delivery term names." }),
  shipsFrom: Line.optional(),
  region: Line.optional(),
  mixGroup: Title.min(1)
    .optional()
    .meta({ description: "Offers that are counted together where a price list says so." }),
  validFrom: Instant.optional().meta({ description: "Left out: from now on." }),
  validUntil: Instant.optional().meta({ description: "From then on it holds no more." }),
};
export const OfferInput = z.strictObject({ variantId: VariantId, ...offerTerms });
/** Its terms from now on; the variant stays. Another condition of what was reviewed is reviewed again. */
export const OfferRevision = z.strictObject(offerTerms);

export const OfferRecord = z
  .object({
    offerId: OfferId,
    marketplaceId: MarketplaceId,
    vendorId: CompanyId,
    vendorName: z.string().optional(),
    productId: ProductId,
    variantId: VariantId,
    vendorPartNo: z.string(),
    condition: OfferCondition,
    status: OfferStatus,
    orderUnit: z.string(),
    minQuantity: z.string(),
    multiple: z.string().optional(),
    maxQuantity: z.string().optional(),
    leadTimeDays: z.int().optional(),
    deliveryTerm: z.string().optional(),
    deliveryPlace: z.string().optional(),
    shipsFrom: z.string().optional(),
    region: z.string().optional(),
    mixGroup: z.string().optional(),
    validFrom: Instant,
    validUntil: Instant.optional(),
    available: z.string().optional().meta({
      description: "Base units that can be sold from stock now, in all places. Absent where the vendor tells none.",
    }),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "OfferRecord" });

export const OfferQuery = z.strictObject({
  ...pageQuery,
  vendor: z.union([z.literal("me"), CompanyId]).optional(),
  status: OfferStatus.optional(),
  productId: ProductId.optional(),
  variantId: VariantId.optional(),
  vendorPartNo: PartNumber.optional().meta({ description: "In any spelling." }),
});

export const StockPlace = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/)
  .meta({ description: "The vendor's name of a place where he keeps it, such as `main`." });
export const StockInput = z.strictObject({
  onHand: StockQuantity,
  backorderMax: StockQuantity.default("0").meta({ description: "How far below nothing may be sold." }),
});
/** In base units; for the vendor and the marketplace's staff. */
export const StockRecord = z
  .object({
    offerId: OfferId,
    place: z.string(),
    onHand: z.string(),
    reserved: z.string(),
    backorderMax: z.string(),
    available: z.string(),
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "StockRecord" });
export const StockList = z.object({ levels: z.array(StockRecord) });

export type DeliveryTerm = z.infer<typeof DeliveryTerm>;
export type OfferStatus = z.infer<typeof OfferStatus>;
export type OfferInput = z.output<typeof OfferInput>;
export type OfferRevision = z.output<typeof OfferRevision>;
export type OfferRecord = z.infer<typeof OfferRecord>;
export type OfferQuery = z.infer<typeof OfferQuery>;
export type StockInput = z.output<typeof StockInput>;
export type StockRecord = z.infer<typeof StockRecord>;
