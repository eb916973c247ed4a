import { z } from "zod";
import { CompanyId, Instant, MarketplaceId, Uuid } from "../primitives.ts";
import { choices, FilterValue, rangesMax, several, ValueCounts } from "./search.ts";
import { LocalDate } from "./terms.ts";
import { CatalogQuantity, ClassCode, LanguageTag, Line, SchemeName, UnitText } from "./values.ts";

/* What companies tell a marketplace about what they supply, and how they are found by it. */

/** ISO 3166-1, or a part of a country by ISO 3166-2. */
export const Region = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
  .meta({ description: "A country such as `DE`, or a part of one such as `DE-BY`." });
export const CertificateId = Uuid.meta({ description: "Certificate id, UUID." });

/** Periods of capacity; a month is a twelfth of a year of 365 days. */
export const capacityPeriods = ["day", "week", "month", "year"] as const;

export const Supply = z
  .strictObject({
    scheme: SchemeName,
    code: ClassCode,
    capacity: z
      .strictObject({ quantity: CatalogQuantity, unit: UnitText, per: z.enum(capacityPeriods) })
      .optional()
      .meta({ description: "How much of it the company can supply in a period." }),
  })
  .meta({ id: "Supply" });

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const certificate = {
  standard: Line.max(80).meta({ description: "What is certified, such as `ISO 9001`." }),
  issuer: Line.max(120),
  number: Line.max(80),
  validUntil: LocalDate.refine(isDay, { error: "There is no such day." }).meta({
    description: "The last day on which it counts, UTC.",
  }),
};
const CertificateInput = z.strictObject(certificate);

const once = <Value>(values: readonly Value[], keyOf: (value: Value) => string): boolean =>
  new Set(values.map(keyOf)).size === values.length;

export const SupplierProfileInput = z.strictObject({
  texts: z
    .array(z.strictObject({ language: LanguageTag, text: z.string().min(1).max(5_000) }))
    .max(20)
    .refine((texts) => once(texts, ({ language }) => language), { error: "One text in each language." })
    .default([]),
  regions: z
    .array(Region)
    .max(300)
    .refine((regions) => once(regions, (region) => region), { error: "Each region once." })
    .default([])
    .meta({ description: "Where the company delivers." }),
  supplies: z
    .array(Supply)
    .max(200)
    .refine((supplies) => once(supplies, ({ scheme, code }) => `${scheme}:${code}`), { error: "Each class once." })
    .default([]),
  certificates: z
    .array(CertificateInput)
    .max(50)
    .refine((all) => once(all, (one) => JSON.stringify([one.standard, one.issuer, one.number, one.validUntil])), {
      error: "Each certificate once.",
    })
    .default([]),
});

export const SupplierCertificate = z
  .object({
    certificateId: CertificateId,
    ...certificate,
    verifiedAt: Instant.optional().meta({ description: "Since when the operator has found it to be true." }),
  })
  .meta({ id: "SupplierCertificate" });
export const SupplierProfileRecord = z
  .object({
    marketplaceId: MarketplaceId,
    companyId: CompanyId,
    name: z.string(),
    texts: z.array(z.object({ language: LanguageTag, text: z.string() })),
    regions: z.array(Region),
    supplies: z.array(Supply),
    certificates: z.array(SupplierCertificate),
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "SupplierProfileRecord" });
export const CertificateVerdict = z.strictObject({ verified: z.boolean() });

/** `region`, `certificate`, `verified_certificate` or `class:<scheme>`. */
const SupplierFacet = z
  .string()
  .max(120)
  .regex(/^(region|certificate|verified_certificate|class:[a-z][a-z0-9_-]*)$/);
const SupplierChoice = z
  .string()
  .max(330)
  .regex(/^(region=[A-Z]{2}(-[A-Z0-9]{1,3})?|((verified_)?certificate|class:[a-z][a-z0-9_-]*)=\P{Cc}+)$/u)
  .meta({ description: "Such as `region=DE-BY` or `certificate=ISO 9001`; who serves a country serves its parts." });
/** `<scheme>:<code>=<quantity> <unit>/<period>`. */
const CapacityAsked = z
  .string()
  .max(160)
  .regex(
    /^[a-z][a-z0-9_-]{0,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,63}=(0|[1-9]\d{0,11})(\.\d{1,6})? [A-Z0-9]{2,3}\/(day|week|month|year)$/,
  )
  .meta({ description: "At least so much of a class, such as `cpv:14622000=500 TNE/month`." });

export const SupplierSearchQuery = z.strictObject({
  q: z.string().max(200).default(""),
  language: LanguageTag.optional().meta({ description: "Left out: the marketplace's first." }),
  unfinished: z.stringbool().default(false).meta({ description: "The last word is still being typed." }),
  where: choices(SupplierChoice),
  capacity: several(CapacityAsked, rangesMax),
  facet: several(SupplierFacet).meta({ description: "What to count the hits by." }),
  under: several(FilterValue).meta({
    description: "`class:<scheme>=<code>`: count the classes right below this one; without a code the topmost.",
  }),
  top: z.coerce.number().int().min(1).max(100).default(10).meta({ description: "Values per facet at most." }),
  sort: z.enum(["relevance", "name"]).default("relevance"),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  cursor: z.string().max(1_000).optional().meta({ description: "`next` of the page before, unchanged." }),
});

export const SupplierHit = z.object({
  companyId: CompanyId,
  name: z.string(),
  regions: z.array(Region),
  certificates: z
    .array(z.object({ standard: z.string(), verified: z.boolean() }))
    .meta({ description: "Those that have not expired." }),
});
export const SupplierPage = z
  .object({
    marketplaceId: MarketplaceId,
    total: z.int(),
    data: z.array(SupplierHit),
    facets: z.array(ValueCounts),
    next: z.string().nullable(),
  })
  .meta({ id: "SupplierPage" });

export type Supply = z.infer<typeof Supply>;
export type SupplierProfileInput = z.output<typeof SupplierProfileInput>;
export type SupplierProfileRecord = z.infer<typeof SupplierProfileRecord>;
export type SupplierCertificate = z.infer<typeof SupplierCertificate>;
export type SupplierSearchQuery = z.output<typeof SupplierSearchQuery>;
export type SupplierHit = z.infer<typeof SupplierHit>;
export type SupplierPage = z.infer<typeof SupplierPage>;
