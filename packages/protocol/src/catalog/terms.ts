import { z } from "zod";
import { CompanyId, Currency, Instant, Title, UnitCode, Uuid } from "../primitives.ts";

/* What the documents of prices and agreements are made of. Decimals are text; a JSON number is refused. */

const text = "As text; never a number.";

/** A price per so many of a unit, zero or more. */
export const UnitPrice = z
  .string({ error: `A price such as "12.95". ${text}` })
  .max(19)
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/)
  .meta({ description: 'Price as text, e.g. "0.89404"; at most six decimal places.' });
export const TermQuantity = z
  .string({ error: `A quantity such as "0.25". ${text}` })
  .max(19)
  .regex(/^(?=.*[1-9])(0|[1-9]\d{0,11})(\.\d{1,6})?$/)
  .meta({ description: 'Quantity above zero as text, e.g. "12" or "0.25"; at most six decimal places.' });
/** An amount of money, zero or more; its currency says how many decimal places it may have. */
export const TermAmount = z
  .string({ error: `An amount such as "500.00". ${text}` })
  .max(19)
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,4})?$/)
  .meta({ description: 'Amount as text, e.g. "500.00", with as many decimal places as its currency has at most.' });
/** From -100 % on. */
export const PercentChange = z
  .string({ error: `A percentage such as "-12.5". ${text}` })
  .regex(/^(-(?=.*[1-9])(100(\.0{1,4})?|[1-9]?\d(\.\d{1,4})?)|(0|[1-9]\d{0,2})(\.\d{1,4})?)$/)
  .meta({ description: 'What is added, e.g. "-5" or "2.5"; at most four decimal places.' });
export const PercentOff = z
  .string({ error: `A percentage such as "12.5". ${text}` })
  .regex(/^(?=.*[1-9])(100(\.0{1,4})?|[1-9]?\d(\.\d{1,4})?)$/)
  .meta({ description: 'A percentage above 0 up to 100, e.g. "12.5".' });

export const LocalDate = z
  .string()
  .regex(/^(?:19[7-9]|20\d|21\d)\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .meta({ description: "A day of the document's time zone, such as 2026-12-24: from its midnight on." });
/** An instant, or a day. */
export const Bound = z.union([Instant, LocalDate]);
/** IANA name. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/);

/** From `from` on and before `until`; without one of them it has no such end. */
export const period = { from: Bound.optional(), until: Bound.optional() };

export const UnitOfPrice = UnitCode.meta({ description: "One of the variant's units." });
export const PriceListId = Uuid.meta({ description: "Price list id, UUID." });
export const CustomerGroupId = Uuid.meta({ description: "Customer group id, UUID." });
export const AgreementId = Uuid.meta({ description: "Agreement id, UUID." });
export const AssortmentId = Uuid.meta({ description: "Assortment id, UUID." });
export const PromotionId = Uuid.meta({ description: "Promotion id, UUID." });
export const DivisionId = Uuid.meta({ description: "Division id, UUID." });
/** Where the buyer comes from, such as `web` or `punchout`. */
export const ChannelId = z.string().regex(/^[a-z0-9_-]{1,40}$/);
/** One line of text. */
export const DocumentName = Title.min(1).regex(/^\P{Cc}+$/u);
/** A class of a scheme, `scheme:code`. */
export const ClassKey = z.string().regex(/^[a-z][a-z0-9_-]{0,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

export const AssortmentItem = z.discriminatedUnion("kind", [
  z.strictObject({ mode: z.enum(["include", "exclude"]), kind: z.literal("class"), itemId: ClassKey }),
  z.strictObject({ mode: z.enum(["include", "exclude"]), kind: z.literal("vendor"), itemId: CompanyId }),
  z.strictObject({ mode: z.enum(["include", "exclude"]), kind: z.enum(["brand", "offer"]), itemId: Uuid }),
]);

/** Less than `amount` is not taken, or costs a fee. */
export const OrderMinimum = z
  .strictObject({
    currency: Currency,
    amount: TermAmount,
    mode: z.enum(["block", "fee"]).default("block"),
    fee: TermAmount.optional().meta({ description: "Of the mode `fee`." }),
  })
  .refine(({ mode, fee }) => (mode === "fee") === (fee !== undefined), {
    error: "The mode fee has a fee, block none.",
  });

export type AssortmentItem = z.infer<typeof AssortmentItem>;
export type OrderMinimum = z.output<typeof OrderMinimum>;
