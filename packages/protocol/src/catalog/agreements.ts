import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Reason, Title, Uuid } from "../primitives.ts";
import {
  AgreementId,
  AssortmentItem,
  Bound,
  DivisionId,
  OrderMinimum,
  PriceListId,
  period,
  TermAmount,
  TermQuantity,
} from "./terms.ts";

/* What a buyer and a vendor settled, and the divisions of companies that buy by it. */

/** How and when is paid. `limit`: what may be owed at once, in the agreement's currency. */
export const PaymentTerm = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("prepaid") }),
  z.strictObject({ kind: z.literal("on_delivery") }),
  z.strictObject({ kind: z.literal("net_days"), days: z.int().min(1).max(365) }),
  z.strictObject({ kind: z.literal("deferred"), days: z.int().min(1).max(365), limit: TermAmount }),
]);

/** What it leaves open the offer itself says. In order units of the offer. */
export const QuantityRule = z
  .strictObject({
    offerId: Uuid.optional().meta({ description: "Left out: for all offers." }),
    minQuantity: TermQuantity.optional(),
    multiple: TermQuantity.optional(),
    maxQuantity: TermQuantity.optional(),
  })
  .refine(({ minQuantity, multiple, maxQuantity }) => (minQuantity ?? multiple ?? maxQuantity) !== undefined, {
    error: "A minimum, a multiple or a maximum.",
  });

/** All that both sides agree to. Prices in its lists stay the vendor's to change, each change on record. */
export const AgreementTerms = z
  .strictObject({
    currency: Currency,
    paymentTerm: PaymentTerm,
    deliveryTerm: z.enum(["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"]).optional(),
    deliveryPlace: Title.min(1).optional(),
    ...period,
    priceLists: z
      .array(z.strictObject({ listId: PriceListId, priority: z.int().default(0) }))
      .max(50)
      .default([]),
    assortment: z.array(AssortmentItem).max(2_000).default([]).meta({ description: "Empty: all of the vendor's." }),
    quantityRules: z.array(QuantityRule).max(500).default([]),
    orderMinimum: OrderMinimum.optional(),
  })
  .meta({ id: "AgreementTerms" });

const ownNumber = z
  .string()
  .max(80)
  .regex(/^\P{Cc}*$/u);

export const AgreementDraft = z.strictObject({
  buyerId: CompanyId,
  number: ownNumber.default(""),
  terms: AgreementTerms,
});
/** One's own side's number of it. */
export const AgreementNumber = z.strictObject({ number: ownNumber });
/** For which division; left out: for the whole company, or for whom it was before. */
export const AgreementAcceptance = z.strictObject({ divisionId: DivisionId.nullable().optional() });
export const AgreementRefusal = z.strictObject({ reason: Reason.min(1) });
export const AgreementEnding = z.strictObject({ reason: Reason.min(1), at: Bound.optional() });

/**
 * `draft` the vendor's alone to see; `proposed` the buyer is to decide; `active` in force while its period lasts;
 * `refused` by the buyer; `ended` before its time, or at the time that was said when it was ended.
 */
export const AgreementStatus = z.enum(["draft", "proposed", "active", "refused", "ended"]);

export const AgreementRecord = z
  .object({
    agreementId: AgreementId,
    marketplaceId: MarketplaceId,
    vendorId: CompanyId,
    vendorName: z.string().optional(),
    buyerId: CompanyId,
    buyerName: z.string().optional(),
    divisionId: DivisionId.optional().meta({ description: "The buyer's division that it is for." }),
    numberVendor: z.string(),
    numberBuyer: z.string(),
    status: AgreementStatus,
    terms: AgreementTerms,
    termsVersion: z.int().meta({ description: "Of the terms; orders name it." }),
    proposal: AgreementTerms.optional().meta({
      description: "Terms that the vendor would have instead; those in force serve until the buyer decides.",
    }),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "AgreementRecord" });

export const AgreementQuery = z.strictObject({
  ...pageQuery,
  status: AgreementStatus.optional(),
  vendorId: CompanyId.optional(),
  buyerId: CompanyId.optional(),
});

export const DivisionInput = z.strictObject({
  name: Title.min(1).regex(/^\P{Cc}+$/u),
  parentId: DivisionId.optional().meta({ description: "Left out: right below the company." }),
});
export const DivisionRecord = z
  .object({
    divisionId: DivisionId,
    name: z.string(),
    parentId: DivisionId.optional(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: "DivisionRecord" });
/** All of a company, each after the one above it. */
export const DivisionList = z.object({ divisions: z.array(DivisionRecord) });

export type AgreementTerms = z.output<typeof AgreementTerms>;
export type AgreementDraft = z.output<typeof AgreementDraft>;
export type AgreementRecord = z.infer<typeof AgreementRecord>;
export type AgreementQuery = z.infer<typeof AgreementQuery>;
export type AgreementStatus = z.infer<typeof AgreementStatus>;
export type DivisionInput = z.infer<typeof DivisionInput>;
export type DivisionRecord = z.infer<typeof DivisionRecord>;
