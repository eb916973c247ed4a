import { z } from "zod";
import { CompanyId, Currency, Instant, Uuid } from "../primitives.ts";
import { AgreementId, ChannelId, DivisionId, PriceListId, TermQuantity, UnitOfPrice } from "./terms.ts";

/* What something costs somebody, and why. */

const who = {
  divisionId: DivisionId.optional().meta({ description: "The division that one buys for." }),
  buyerId: CompanyId.optional().meta({ description: "For vendors, of their own offers, and for staff: whose price." }),
  agreementId: AgreementId.optional().meta({ description: "Where there are several with the vendor." }),
  currency: Currency.optional().meta({ description: "Left out: the agreement's, else the marketplace's." }),
  channel: ChannelId.optional(),
  at: Instant.optional().meta({
    description: "Left out: now. Of the past: as it was answered then; `knownFrom` where that is not known.",
  }),
};

export const PriceQuery = z.strictObject({
  quantity: TermQuantity.optional().meta({ description: "Left out: the least that may be ordered." }),
  unit: UnitOfPrice.optional().meta({ description: "Left out: the offer's order unit." }),
  ...who,
});

/** Several lines at once, as in a cart: those of one offer may count together. */
export const PriceLines = z.strictObject({
  lines: z
    .array(z.strictObject({ offerId: Uuid, quantity: TermQuantity, unit: UnitOfPrice.optional() }))
    .min(1)
    .max(200),
  ...who,
});

const rung = z.object({
  minQuantity: z.string().meta({ description: "Of `basis.unit`." }),
  unit: z.string(),
  price: z.string().meta({ description: "For `basis.priceBaseQuantity`, before promotions." }),
});

export const TraceStep = z.object({
  level: z.enum(["agreement", "customer_group", "marketplace", "base", "quote", "manual", "order"]),
  distance: z.int().meta({ description: "Nodes from the buyer's own to the agreement's." }),
  target: z.string(),
  listId: PriceListId.optional(),
  listName: z.string().optional(),
  rowId: Uuid.optional(),
  verdict: z.string().meta({ description: "`chosen`, or why not." }),
});

const Neighbours = z.object({ below: z.string().nullable(), above: z.string().nullable() });

/** Whether the quantity may be ordered; where not, the nearest that may. */
export const QuantityVerdict = z.object({
  allowed: z.boolean(),
  code: z.string().optional(),
  unit: z.string().optional(),
  limit: z.string().optional(),
  neighbours: Neighbours.optional(),
  choices: z.array(z.string()).optional(),
});

export const PriceAnswer = z
  .object({
    offerId: Uuid,
    vendorId: CompanyId.optional(),
    outcome: z.enum(["priced", "on_request"]),
    cause: z
      .enum(["no_price", "exclusive", "offer_inactive", "vendor_inactive", "offer_unknown"])
      .optional()
      .meta({ description: "Why there is no price." }),
    quantity: z.string(),
    unit: z.string(),
    currency: Currency,
    at: Instant,
    knownFrom: Instant.optional().meta({
      description:
        "Of a past instant: not all that the price depended on is known of it, but from then on; the price is the one of then.",
    }),
    unitPrice: z.string().optional().meta({ description: "After promotions, for the basis." }),
    priceMode: z.enum(["net", "gross"]).optional(),
    basis: z.object({ priceBaseQuantity: z.string(), unit: z.string() }).optional(),
    amount: z.string().optional().meta({ description: "Of the line, rounded once." }),
    net: z.string().optional(),
    tax: z.string().optional(),
    gross: z.string().optional(),
    source: z.enum(["row", "percent", "quote", "manual", "order"]).optional(),
    listId: PriceListId.optional(),
    listName: z.string().optional(),
    percent: z.string().optional().meta({ description: "Of a derived price." }),
    tier: z.object({ minQuantity: z.string(), unit: z.string(), effectiveQuantity: z.string() }).optional(),
    nextRungs: z.array(rung).meta({ description: "From which quantity on it costs less apiece." }),
    promotions: z.array(z.object({ promotionId: Uuid, kind: z.string(), before: z.string(), after: z.string() })),
    quantityVerdict: QuantityVerdict.optional(),
    agreement: z.object({ agreementId: AgreementId, version: z.int() }).optional(),
    termsFault: z
      .object({ code: z.string(), choices: z.array(z.string()).optional() })
      .optional()
      .meta({ description: "Why it is not known which agreement holds; the price is the public one then." }),
    trace: z.array(TraceStep),
  })
  .meta({ id: "PriceAnswer" });
export const PriceAnswers = z.object({ lines: z.array(PriceAnswer) });

export type PriceQuery = z.infer<typeof PriceQuery>;
export type PriceLines = z.infer<typeof PriceLines>;
export type PriceAnswer = z.infer<typeof PriceAnswer>;
