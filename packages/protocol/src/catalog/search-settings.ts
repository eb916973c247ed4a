import { z } from "zod";
import { Instant, MarketplaceId } from "../primitives.ts";
import { TaxCategory } from "./products.ts";
import { LanguageTag, Line } from "./values.ts";

/* What an operator says about searching in his marketplace, and what is taken of sales as tax. */

const Phrase = Line.max(60);
const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** `phrases` mean the same; with `also` they are found by those too, and not the other way round. */
export const SynonymRule = z
  .strictObject({
    language: LanguageTag,
    phrases: z.array(Phrase).min(1).max(12),
    also: z
      .array(Phrase)
      .min(1)
      .max(12)
      .optional()
      .meta({ description: "One way: whoever asks for one of the phrases finds these too." }),
  })
  .refine(({ phrases, also }) => also !== undefined || phrases.length > 1, {
    error: "Two phrases at least, or one and what else is found by it.",
  })
  .meta({ id: "SynonymRule" });

export const SearchSettingsInput = z.strictObject({
  languages: z.array(LanguageTag).min(1).max(20).refine(distinct, { error: "Each language once." }).meta({
    description: "The first is searched in and shown where nobody asks for another, the next where it has no text.",
  }),
  synonyms: z.array(SynonymRule).max(500).default([]),
});
export const SearchSettingsRecord = z
  .object({
    marketplaceId: MarketplaceId,
    languages: z.array(LanguageTag),
    synonyms: z.array(SynonymRule),
    updatedAt: Instant.optional(),
    version: z.int().meta({ description: "0: nobody wrote any." }),
  })
  .meta({ id: "SearchSettingsRecord" });

/** ISO 3166-1, two letters. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/);
export const TaxRateInput = z.strictObject({
  percent: z
    .string({ error: 'A percentage such as "19". As text; never a number.' })
    .regex(/^(100(\.0{1,4})?|(0|[1-9]\d?)(\.\d{1,4})?)$/)
    .meta({ description: 'From "0" to "100", at most four decimal places.' }),
});
export const TaxRateRecord = z
  .object({
    marketplaceId: MarketplaceId,
    country: CountryCode,
    category: TaxCategory,
    percent: z.string(),
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "TaxRateRecord" });
export const TaxRateList = z.object({ data: z.array(TaxRateRecord) }).meta({ id: "TaxRateList" });

export type SynonymRule = z.infer<typeof SynonymRule>;
export type SearchSettingsInput = z.output<typeof SearchSettingsInput>;
export type SearchSettingsRecord = z.infer<typeof SearchSettingsRecord>;
export type TaxRateInput = z.infer<typeof TaxRateInput>;
export type TaxRateRecord = z.infer<typeof TaxRateRecord>;
