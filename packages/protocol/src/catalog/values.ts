import { z } from "zod";
import { CompanyId, Instant, Reason, Title, UserId, Uuid } from "../primitives.ts";

/* What the documents of the catalogue are made of. */

/** One line of text. */
export const Line = Title.min(1).regex(/^\P{Cc}+$/u);

/** BCP 47, as in `de` or `de-AT`. */
export const LanguageTag = z
  .string()
  .max(20)
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/)
  .meta({ description: "A language tag, such as `de` or `de-AT`." });

/** Texts by language tag. */
export const Labels = z.record(LanguageTag, Line).refine((labels) => Object.keys(labels).length > 0, {
  error: "A label in one language at least.",
});

/** Above zero, at most twelve digits before the point and six behind it. */
export const CatalogQuantity = z
  .string()
  .max(19)
  .regex(/^(?=.*[1-9])(0|[1-9]\d{0,11})(\.\d{1,6})?$/)
  .meta({ description: 'Quantity above zero as text, e.g. "12" or "0.25"; at most six decimal places.' });
export const StockQuantity = z
  .string()
  .max(19)
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/)
  .meta({ description: "Quantity in base units as text, zero or more." });
/** As it is written: the code is found out, and whoever writes another spelling is told which one is meant. */
export const UnitText = z
  .string()
  .min(1)
  .max(20)
  .regex(/^\P{Cc}+$/u)
  .meta({ description: "A code of UN/CEFACT Recommendation 20, or of Recommendation 21 with an X before it." });
/** A vendor's, manufacturer's or buyer's number of an article. */
export const PartNumber = z
  .string()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}+$/u)
  .meta({ description: "As it is printed; compared without case, blanks and signs." });

export const SchemeName = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9_-]*$/)
  .meta({ description: "Name of a classification scheme, such as `cpv`." });
export const ClassCode = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .meta({ description: "Code of a class in its scheme." });
export const AttributeName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}+$/u)
  .meta({ description: "Name of an attribute, the same in all classes that have it." });

/** Decimals are text too; a choice is its value, not its label. */
export const AttributeValue = z
  .strictObject({
    attribute: AttributeName,
    value: z.union([z.string().min(1).max(500), z.boolean(), z.array(z.string().min(1).max(100)).max(20)], {
      error: 'Text (decimals too, as in "12.5"), true or false, or a list of choices; never a number.',
    }),
    unit: UnitText.optional().meta({ description: "Of a decimal; left out, the attribute's own." }),
  })
  .meta({ id: "AttributeValue" });

/** Who changed what, once for each change; nothing changes an entry. */
export const CatalogRecordEntry = z
  .object({
    entryId: Uuid,
    subject: z.enum(["product", "offer", "price_list", "agreement"]),
    subjectId: Uuid,
    companyId: CompanyId.optional().meta({ description: "Absent of what belongs to the marketplace." }),
    action: z.string(),
    before: z.record(z.string(), z.unknown()).meta({ description: "Members that changed, as they were." }),
    after: z.record(z.string(), z.unknown()).meta({ description: "The same members as they became." }),
    reason: z.string().optional(),
    by: UserId,
    at: Instant,
    version: z.int().meta({ description: "Of the subject after it." }),
  })
  .meta({ id: "CatalogRecordEntry" });

/** Why something was rejected, withdrawn or kept apart. */
export const CatalogReason = z.strictObject({ reason: Reason.min(1) });

export type AttributeValue = z.infer<typeof AttributeValue>;
export type CatalogRecordEntry = z.infer<typeof CatalogRecordEntry>;
