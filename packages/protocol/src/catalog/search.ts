import { z } from "zod";
import { CompanyId, Currency, MarketplaceId, Uuid } from "../primitives.ts";
import { DivisionId } from "./terms.ts";
import { LanguageTag } from "./values.ts";

/* What somebody finds in a catalogue: products that he may order, at his own prices. */

const valuesMax = 50;
/** A search takes 31 filters: values of one facet are one, and each range is. */
const filteredFacetsMax = 20;
export const rangesMax = 10;

/** A query names a member once or several times. */
export const several = <Value extends z.ZodType>(value: Value, max = valuesMax) =>
  z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).max(max).optional(),
  );

/** `<facet>=<value>`, of not too many facets. */
export const choices = <Value extends z.ZodType<string>>(value: Value) =>
  several(value).refine(
    (given) => new Set(given?.map((choice) => choice.slice(0, choice.indexOf("=")))).size <= filteredFacetsMax,
    { error: `Of ${filteredFacetsMax} facets at most.` },
  );

export const FilterValue = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u);

/** `brand`, `vendor`, `condition`, `region`, `class:<scheme>` or `attribute:<name>`. */
export const FacetName = z
  .string()
  .max(120)
  .regex(/^(brand|vendor|condition|region|(class|attribute):\P{Cc}+)$/u);

/** `<facet>=<value>`; several values of one facet are alternatives. */
const ValueChoice = z
  .string()
  .max(330)
  .regex(/^(brand|vendor|condition|region|(class|attribute):[^=\p{Cc}]+)=\P{Cc}+$/u)
  .meta({ description: "Such as `brand=Bosch` or `attribute:colour=red`." });

/** `<facet>=<from>..<to>`; either end may be left out. */
const RangeChoice = z
  .string()
  .max(200)
  .regex(/^(price|lead_time|attribute:[^=\p{Cc}]+)=(-?\d{1,12}(\.\d{1,6})?)?\.\.(-?\d{1,12}(\.\d{1,6})?)?$/u)
  .meta({ description: "Such as `price=10..25` (per base unit), `lead_time=..3` (days), `attribute:width=40..`." });

export const CatalogueQuery = z.strictObject({
  q: z.string().max(200).default("").meta({ description: "Words, a part number or a GTIN, one's own numbers too." }),
  language: LanguageTag.optional().meta({ description: "Left out: the marketplace's first." }),
  unfinished: z.stringbool().default(false).meta({ description: "The last word is still being typed." }),
  where: choices(ValueChoice),
  range: several(RangeChoice, rangesMax),
  facet: several(FacetName).meta({ description: "What to count the hits by." }),
  under: several(FilterValue).meta({
    description: "`class:<scheme>=<code>`: count the classes right below this one; without a code the topmost.",
  }),
  top: z.coerce.number().int().min(1).max(100).default(10).meta({ description: "Values per facet at most." }),
  sort: z.enum(["relevance", "name", "newest", "price_ascending", "price_descending"]).default("relevance"),
  divisionId: DivisionId.optional().meta({ description: "The division that one buys for." }),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  cursor: z
    .string()
    .max(1_000)
    .optional()
    .meta({ description: "`next` of the page before, unchanged; the rest of the query stays the same." }),
});

export const CatalogueHit = z.object({
  productId: Uuid,
  name: z.string(),
  brand: z.string().optional(),
  partNo: z.string().optional(),
  pictureId: Uuid.optional(),
  pictureUrl: z.string().optional(),
  offers: z.int().meta({ description: "Offers of it that one may order and that fit." }),
  offerId: Uuid.meta({ description: "The offer of the least price, else the first." }),
  vendorId: CompanyId,
  least: z
    .object({ quantity: z.string(), unit: z.string() })
    .optional()
    .meta({ description: "The least that one may order of the offer, by one's agreements; none: nothing can be." }),
  from: z
    .object({ price: z.string(), currency: Currency, unit: z.string() })
    .optional()
    .meta({ description: "One's own least price, net, per base unit at the least quantity; none: on request." }),
});

/** How many hits have each value of a facet. */
export const ValueCounts = z.object({
  facet: z.string(),
  values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int(), selected: z.boolean() })),
  more: z.int().meta({ description: "Values that were left out." }),
});

export const CataloguePage = z
  .object({
    marketplaceId: MarketplaceId,
    total: z.int(),
    coverage: z.number().meta({ description: "The share of what was asked that every hit has at least." }),
    data: z.array(CatalogueHit),
    facets: z.array(ValueCounts),
    next: z.string().nullable(),
  })
  .meta({ id: "CataloguePage" });

export type CatalogueQuery = z.output<typeof CatalogueQuery>;
export type CataloguePage = z.infer<typeof CataloguePage>;
