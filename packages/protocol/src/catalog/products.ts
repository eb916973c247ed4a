import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Instant, MarketplaceId, Text, Uuid } from "../primitives.ts";
import {
  AttributeValue,
  CatalogQuantity,
  ClassCode,
  LanguageTag,
  Line,
  PartNumber,
  SchemeName,
  UnitText,
} from "./values.ts";

/*
 * What there is, apart from who sells it. A product is the marketplace's, and then every vendor may list it, or one
 * company's own.
 */

export const BrandId = Uuid.meta({ description: "Brand id, UUID." });
export const ProductId = Uuid.meta({ description: "Product id, UUID." });
export const VariantId = Uuid.meta({ description: "Variant id, UUID." });

export const BrandInput = z.strictObject({ name: Line });
export const BrandRecord = z.object({ brandId: BrandId, name: z.string() }).meta({ id: "BrandRecord" });
export const BrandQuery = z.strictObject({ ...pageQuery, q: z.string().min(1).max(100).optional() });

export const ProductText = z
  .strictObject({
    language: LanguageTag,
    name: Line,
    description: Text.default(""),
    keywords: z.array(z.string().min(1).max(80)).max(20).default([]),
  })
  .meta({ id: "ProductText" });

const digits = z.string().regex(/^[1-9]\d{0,17}$/);
const ordering = {
  decimals: z.int().min(0).max(6).default(0).meta({ description: "Decimal places of quantities in it." }),
  sold: z.boolean().default(true).meta({ description: "Whether it may be ordered." }),
};
/** One of `unit` is `holds` base units, or `num / den` of them where that is no decimal. */
export const VariantUnitInput = z.union([
  z.strictObject({ unit: UnitText, holds: CatalogQuantity, ...ordering }),
  z.strictObject({ unit: UnitText, num: digits, den: digits, ...ordering }),
]);
export const VariantGtinInput = z.strictObject({
  gtin: z.string().min(1).max(40).meta({ description: "8, 12, 13 or 14 digits; blanks and hyphens do not count." }),
  unit: UnitText.optional().meta({ description: "The packaging level that bears it; left out: the base unit." }),
});

export const VariantInput = z.strictObject({
  partNo: PartNumber.optional().meta({ description: "The manufacturer's; left out where the product's says it all." }),
  baseUnit: UnitText.meta({ description: "What is counted and stocked." }),
  ...ordering,
  attributes: z.array(AttributeValue).max(10).default([]).meta({ description: "Where it differs from its sisters." }),
  units: z.array(VariantUnitInput).max(20).default([]).meta({ description: "Further units, each with its ratio." }),
  gtins: z.array(VariantGtinInput).max(20).default([]),
});

/** Which of the marketplace's tax rates applies. */
export const TaxCategory = z.enum(["standard", "reduced", "zero", "exempt"]);

const productMembers = {
  kind: z.enum(["article", "kit", "service"]).default("article"),
  brand: Line.optional().meta({ description: "Its name; a brand of another spelling of it is the same." }),
  partNo: PartNumber.optional().meta({ description: "The manufacturer's." }),
  taxCategory: TaxCategory.default("standard"),
  texts: z.array(ProductText).min(1).max(20),
  classes: z
    .array(z.strictObject({ scheme: SchemeName, code: ClassCode, primary: z.boolean().default(false) }))
    .max(20)
    .default([]),
  attributes: z.array(AttributeValue).max(100).default([]),
};
/** Kept as a draft; of sellers their company's own, of operators the marketplace's. */
export const ProductInput = z.strictObject({ ...productMembers, variants: z.array(VariantInput).min(1).max(20) });
/** What it is from now on, but for its variants, which are changed one by one. */
export const ProductRevision = z.strictObject(productMembers);

export const ProductStatus = z.enum(["draft", "active", "withdrawn", "merged"]);
export const VariantStatus = z.enum(["active", "withdrawn"]);

export const VariantRecord = z
  .object({
    variantId: VariantId,
    productId: ProductId,
    partNo: z.string().optional(),
    baseUnit: z.string(),
    decimals: z.int().meta({ description: "Of quantities in the base unit." }),
    sold: z.boolean().meta({ description: "Whether the base unit may be ordered." }),
    status: VariantStatus,
    attributes: z.array(AttributeValue),
    units: z
      .array(z.object({ unit: z.string(), num: z.string(), den: z.string(), decimals: z.int(), sold: z.boolean() }))
      .meta({ description: "One of `unit` is exactly `num / den` base units." }),
    gtins: z.array(z.object({ gtin: z.string(), unit: z.string() })).meta({ description: "In fourteen digits." }),
    version: z.int(),
  })
  .meta({ id: "VariantRecord" });

export const ProductSummary = z
  .object({
    productId: ProductId,
    marketplaceId: MarketplaceId,
    ownerCompanyId: CompanyId.optional().meta({ description: "Absent of the marketplace's." }),
    kind: z.enum(["article", "kit", "service"]),
    brand: BrandRecord.optional(),
    partNo: z.string().optional(),
    status: ProductStatus,
    mergedInto: ProductId.optional(),
    texts: z.array(ProductText),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "ProductSummary" });

export const ProductRecord = ProductSummary.extend({
  taxCategory: TaxCategory,
  classes: z.array(z.object({ scheme: SchemeName, code: ClassCode, primary: z.boolean() })),
  attributes: z.array(AttributeValue),
  variants: z.array(VariantRecord),
}).meta({ id: "ProductRecord" });

export const ProductQuery = z.strictObject({
  ...pageQuery,
  status: ProductStatus.optional(),
  owner: z.enum(["me", "marketplace"]).optional(),
  partNo: PartNumber.optional().meta({ description: "A manufacturer's number, in any spelling." }),
  gtin: z.string().min(8).max(20).optional(),
});

/** A buyer's own number of a variant; nobody else sees it. */
export const BuyerPartNumberInput = z.strictObject({ variantId: VariantId });
export const BuyerPartNumberRecord = z
  .object({ partNo: PartNumber, variantId: VariantId, productId: ProductId, createdAt: Instant })
  .meta({ id: "BuyerPartNumberRecord" });
export const BuyerPartNumberQuery = z.strictObject({ ...pageQuery, variantId: VariantId.optional() });

export const CatalogRecordQuery = z.strictObject(pageQuery);

export type BrandRecord = z.infer<typeof BrandRecord>;
export type BrandQuery = z.infer<typeof BrandQuery>;
export type ProductText = z.infer<typeof ProductText>;
export type VariantInput = z.output<typeof VariantInput>;
export type ProductInput = z.output<typeof ProductInput>;
export type ProductRevision = z.output<typeof ProductRevision>;
export type ProductStatus = z.infer<typeof ProductStatus>;
export type VariantRecord = z.infer<typeof VariantRecord>;
export type ProductSummary = z.infer<typeof ProductSummary>;
export type ProductRecord = z.infer<typeof ProductRecord>;
export type ProductQuery = z.infer<typeof ProductQuery>;
export type BuyerPartNumberRecord = z.infer<typeof BuyerPartNumberRecord>;
export type BuyerPartNumberQuery = z.infer<typeof BuyerPartNumberQuery>;
export type CatalogRecordQuery = z.infer<typeof CatalogRecordQuery>;
