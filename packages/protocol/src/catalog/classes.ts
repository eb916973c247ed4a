import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { Instant, MarketplaceId } from "../primitives.ts";
import { AttributeName, ClassCode, Labels, LanguageTag, Line, SchemeName, UnitText } from "./values.ts";

/* Classification schemes of a marketplace, side by side. */

export const ClassSchemeInput = z.strictObject({ name: Line, release: Line });
export const ClassSchemeRecord = z
  .object({
    scheme: SchemeName,
    marketplaceId: MarketplaceId,
    name: z.string(),
    release: z.string(),
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "ClassSchemeRecord" });

/** Schemes that come with the platform. */
export const StandardScheme = z.enum(["cpv"]);

export const ClassInput = z.strictObject({
  code: ClassCode,
  parent: ClassCode.optional().meta({ description: "Absent at the top of the tree." }),
  labels: Labels,
});
/** A parent comes before its children, in this page or an earlier one. A code that is there already is replaced. */
export const ClassPage = z.strictObject({ classes: z.array(ClassInput).min(1).max(1_000) });

export const ClassRecord = z
  .object({
    scheme: SchemeName,
    code: ClassCode,
    parent: ClassCode.optional(),
    labels: z.record(z.string(), z.string()),
    childCount: z.int(),
  })
  .meta({ id: "ClassRecord" });

/** With the classes above it, the topmost first. */
export const ClassDetail = ClassRecord.extend({ path: z.array(ClassRecord) }).meta({ id: "ClassDetail" });

/**
 * `text`     free text            `decimal`  a number as text, in a unit where the attribute has one
 * `yes_no`   true or false        `choice`   one of the choices       `choices`  one or more of them
 */
export const AttributeKind = z.enum(["text", "decimal", "yes_no", "choice", "choices"]);

const choice = z.strictObject({ value: z.string().min(1).max(100), labels: Labels });
export const ClassAttributeInput = z
  .strictObject({
    attribute: AttributeName,
    kind: AttributeKind,
    unit: UnitText.optional().meta({
      description: "Of decimals: values are told in it or in one that converts to it.",
    }),
    choices: z.array(choice).min(1).max(500).optional(),
    labels: Labels,
    required: z.boolean().default(false),
    filterable: z.boolean().default(true),
    parts: z.boolean().default(false).meta({ description: "Variants of one product may differ in it." }),
  })
  .refine(({ kind, choices }) => (choices !== undefined) === (kind === "choice" || kind === "choices"), {
    path: ["choices"],
    error: "Choices belong to the kinds choice and choices, and to no other.",
  })
  .refine(({ kind, unit }) => unit === undefined || kind === "decimal", {
    path: ["unit"],
    error: "Only decimals have a unit.",
  });
/** All attributes of the class itself, in their order; those of the classes above are inherited. */
export const ClassAttributesInput = z.strictObject({ attributes: z.array(ClassAttributeInput).max(200) });

export const ClassAttributeRecord = z
  .object({
    attribute: AttributeName,
    kind: AttributeKind,
    unit: z.string().optional(),
    choices: z.array(z.object({ value: z.string(), labels: z.record(z.string(), z.string()) })).optional(),
    labels: z.record(z.string(), z.string()),
    required: z.boolean(),
    filterable: z.boolean(),
    parts: z.boolean(),
    definedBy: ClassCode.meta({ description: "The class itself or the one above that it is inherited from." }),
  })
  .meta({ id: "ClassAttributeRecord" });
export const ClassAttributes = z
  .object({ scheme: SchemeName, code: ClassCode, attributes: z.array(ClassAttributeRecord) })
  .meta({ id: "ClassAttributes" });

export const ClassSchemeQuery = z.strictObject(pageQuery);
export const ClassQuery = z.strictObject({
  ...pageQuery,
  parent: ClassCode.optional().meta({ description: "Children of this class; without it and `q` those at the top." }),
  q: z.string().min(1).max(100).optional().meta({ description: "Classes of the whole scheme whose label holds it." }),
  language: LanguageTag.optional().meta({ description: "The language in which `q` is looked for; left out: any." }),
});

export type ClassSchemeInput = z.output<typeof ClassSchemeInput>;
export type ClassSchemeRecord = z.infer<typeof ClassSchemeRecord>;
export type StandardScheme = z.infer<typeof StandardScheme>;
export type ClassInput = z.output<typeof ClassInput>;
export type ClassPage = z.output<typeof ClassPage>;
export type ClassRecord = z.infer<typeof ClassRecord>;
export type ClassDetail = z.infer<typeof ClassDetail>;
export type AttributeKind = z.infer<typeof AttributeKind>;
export type ClassAttributeInput = z.output<typeof ClassAttributeInput>;
export type ClassAttributesInput = z.output<typeof ClassAttributesInput>;
export type ClassAttributeRecord = z.infer<typeof ClassAttributeRecord>;
export type ClassAttributes = z.infer<typeof ClassAttributes>;
export type ClassSchemeQuery = z.infer<typeof ClassSchemeQuery>;
export type ClassQuery = z.infer<typeof ClassQuery>;
