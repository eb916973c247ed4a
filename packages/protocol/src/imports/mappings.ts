import { z } from "zod";
import { AttributeName, LanguageTag, Line, SchemeName, UnitText } from "../catalog/values.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Instant, MarketplaceId, Uuid } from "../primitives.ts";

/* How a vendor's file is read: which column tells what. */

export const ImportMappingId = Uuid.meta({ description: "Id of a saved mapping, UUID." });

const plainFields = [
  "part_number",
  "brand",
  "manufacturer",
  "manufacturer_part_number",
  "order_unit",
  "content_unit",
  "content_ratio",
  "currency",
  "price_base_quantity",
  "min_quantity",
  "multiple",
  "max_quantity",
  "lead_time_days",
  "condition",
  "delivery_term",
  "delivery_place",
  "stock",
  "valid_from",
  "valid_until",
] as const;

const tier = z.int().min(0).max(99).meta({ description: "Pairs a price with its quantity; 0 is the base price." });

/** What a column or a constant tells; fields that a row may have several of say which one. */
const targetsWith = <Rest extends z.ZodRawShape>(rest: Rest) =>
  z.discriminatedUnion("field", [
    z.strictObject({ field: z.enum(plainFields), ...rest }),
    z.strictObject({ field: z.enum(["name", "description", "keywords"]), language: LanguageTag, ...rest }),
    z.strictObject({ field: z.literal("gtin"), unit: UnitText.nullable().default(null), ...rest }),
    z.strictObject({ field: z.literal("class"), scheme: SchemeName, ...rest }),
    z.strictObject({
      field: z.literal("attribute"),
      name: AttributeName,
      unit: UnitText.nullable().default(null),
      ...rest,
    }),
    z.strictObject({ field: z.enum(["price", "tier_quantity"]), tier: tier.default(0), ...rest }),
  ]);

const DecimalMark = z.enum([".", ","]);
const DateFormat = z.enum(["ymd", "dmy", "mdy"]);
const column = z.string().min(1).max(1_000);

export const ImportMapping = z
  .strictObject({
    columns: z
      .array(targetsWith({ column, decimalMark: DecimalMark.optional(), dateFormat: DateFormat.optional() }))
      .min(1)
      .max(500),
    constants: z
      .array(targetsWith({ constant: z.string().min(1).max(500) }))
      .max(100)
      .default([])
      .meta({ description: "Values that every row has." }),
    decimalMark: DecimalMark.nullable().default(null).meta({ description: "Null: what each column shows." }),
    dateFormat: DateFormat.nullable().default(null),
    unitAliases: z
      .record(z.string().min(1).max(40), UnitText)
      .default({})
      .meta({ description: "Codes of units by what this vendor calls them." }),
  })
  .meta({ id: "ImportMapping" });

export const ImportMappingInput = z.strictObject({ name: Line, mapping: ImportMapping });
export const ImportMappingQuery = z.strictObject(pageQuery);
export const ImportMappingRecord = z
  .object({
    mappingId: ImportMappingId,
    marketplaceId: MarketplaceId,
    vendorId: CompanyId,
    name: z.string(),
    mapping: ImportMapping,
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "ImportMappingRecord" });

export type ImportMapping = z.output<typeof ImportMapping>;
export type ImportMappingInput = z.output<typeof ImportMappingInput>;
export type ImportMappingQuery = z.output<typeof ImportMappingQuery>;
export type ImportMappingRecord = z.infer<typeof ImportMappingRecord>;
