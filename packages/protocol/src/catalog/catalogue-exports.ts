import { z } from "zod";
import { OfferStatus } from "./offers.ts";
import { AgreementId, PriceListId } from "./terms.ts";
import { LanguageTag, Line } from "./values.ts";

/* A vendor's own catalogue as a file. */

export const BmecatExportQuery = z
  .strictObject({
    listId: PriceListId.optional().meta({ description: "Prices of this list of the vendor's, now and later ones." }),
    agreementId: AgreementId.optional().meta({
      description: "Prices that a customer has now by this agreement; not together with a list.",
    }),
    status: z.union([OfferStatus.transform((status) => [status]), z.array(OfferStatus).max(6)]).default(["active"]),
    catalogueId: Line.max(20).default("1").meta({ description: "What the file calls the catalogue." }),
    catalogueVersion: z
      .string()
      .regex(/^\d{1,3}\.\d{1,3}$/)
      .default("1.0"),
    language: LanguageTag.default("en").meta({ description: "Of texts whose language is not told otherwise." }),
  })
  .refine(({ listId, agreementId }) => listId === undefined || agreementId === undefined, {
    path: ["agreementId"],
    error: "A list or an agreement, not both.",
  });

export const BmecatExportReport = z
  .object({
    offers: z.int().meta({ description: "Of the catalogue." }),
    written: z.int().meta({ description: "Of these in the file." }),
    problemsFound: z.int(),
    problems: z
      .array(
        z.object({
          partNumber: z.string(),
          code: z.string(),
          member: z.string().meta({ description: "Of the offer or its product." }),
          value: z.string().meta({ description: "What the file does not say, cut after 200 characters." }),
        }),
      )
      .meta({ description: "The first ten thousand, by the offers' numbers." }),
  })
  .meta({ id: "BmecatExportReport" });

export type BmecatExportQuery = z.output<typeof BmecatExportQuery>;
export type BmecatExportReport = z.infer<typeof BmecatExportReport>;
