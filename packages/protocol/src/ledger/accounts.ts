import { z } from "zod";
import { bounds } from "../bounds.ts";
import { InstrumentId } from "../exchange/commands.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Decimal, Instant, MarketplaceId, Title, UnitCode, Uuid } from "../primitives.ts";

/*
 * The books of a marketplace as the HTTP interface shows them. Amounts are decimal text in the asset's unit.
 */

/** A currency's is its code, that of goods a UUID made by the client. */
export const AssetId = z
  .union([Currency, Uuid])
  .meta({ description: "A currency's code, or the UUID of receipts.", examples: ["EUR"] });
export const AccountId = Uuid.meta({ description: "Account id, UUID." });
/** A day in UTC. */
export const CalendarDay = z
  .string()
  .regex(/^(?:19[7-9]|20\d|21\d)\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .meta({ description: "A day in UTC, such as 2026-12-24." });
/** Balances have room for more digits than a single amount. */
export const Balance = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,18})(\.\d{1,12})?$/)
  .meta({ description: 'Decimal amount as text, e.g. "-1412.50".' });
/** An amount above zero that the ledger may take; the asset tells how many decimal places it has. */
export const LedgerAmount = z
  .string()
  .max(32)
  .regex(/^(?=.*[1-9])(0|[1-9]\d{0,17})(\.\d{1,12})?$/)
  .meta({ description: 'Amount above zero as text, in the unit of its asset, e.g. "250.5".' });

const scale = z.int().min(0).max(bounds.assetScaleMax).meta({ description: "Decimal places of amounts." });
/** One line of text. */
const Line = Title.min(1).regex(/^\P{Cc}+$/u);

const currencyAsset = { kind: z.literal("currency"), currency: Currency, scale };
const goodsAsset = {
  kind: z.literal("good"),
  assetId: Uuid,
  unit: UnitCode,
  scale,
  grade: Line,
  storageLot: Line.meta({ description: "What the warehouse keeps together under one number." }),
  place: Line,
  expiresOn: CalendarDay.optional().meta({ description: "Last day on which the warehouse delivers." }),
};

/** Receipts that differ in one member are different assets. */
export const AssetInput = z
  .discriminatedUnion("kind", [z.strictObject(currencyAsset), z.strictObject(goodsAsset)])
  .meta({ id: "AssetInput" });

export const AssetRecord = z
  .object({
    assetId: AssetId,
    marketplaceId: MarketplaceId,
    kind: z.enum(["currency", "good"]),
    unit: z.string().meta({ description: "ISO 4217 code of a currency, UN/ECE Recommendation 20 code for goods." }),
    scale: z.int(),
    grade: z.string().optional(),
    storageLot: z.string().optional(),
    place: z.string().optional(),
    expiresOn: CalendarDay.optional(),
  })
  .meta({ id: "AssetRecord" });

/**
 * `available`  what a company has at its disposal
 * `trading`    what it has put into one instrument
 * `outside`    of the marketplace: all that came in or went out, with the opposite sign
 * `fees`       of the marketplace: what trades paid
 * `clearing`   of the marketplace: zero after every settlement
 * `captured`   of the marketplace: what buyers paid of purchase orders that are not paid whole
 * `proceeds`   what a vendor is owed of sales and was not paid out; below zero he owes it
 * `commission_vat` of the marketplace: VAT on commissions
 */
export const AccountPurpose = z.enum([
  "available",
  "trading",
  "outside",
  "fees",
  "clearing",
  "captured",
  "proceeds",
  "commission_vat",
]);

export const AccountRecord = z
  .object({
    accountId: AccountId,
    marketplaceId: MarketplaceId,
    companyId: CompanyId.optional().meta({ description: "Absent of the marketplace's own." }),
    purpose: AccountPurpose,
    instrumentId: InstrumentId.optional().meta({ description: "Of a trading account." }),
    asset: AssetRecord,
    balance: Balance,
    held: Balance.meta({ description: "What pending holds keep." }),
    available: Balance.meta({ description: "The balance less what is held." }),
    creditLimit: Balance.optional().meta({
      description: "How far below zero what is available may go. Absent: without limit.",
    }),
    openedAt: Instant,
  })
  .meta({ id: "AccountRecord" });

export const PostingRecord = z
  .object({
    accountId: AccountId,
    no: z.int().meta({ description: "Counts the account's postings from 1." }),
    transferId: Uuid,
    kind: z.enum(["transfer", "reversal"]),
    reverses: Uuid.optional(),
    amount: Balance.meta({ description: "Above zero into the account, below zero out of it." }),
    balance: Balance.meta({ description: "Of the account, after it." }),
    reference: z.string(),
    at: Instant,
  })
  .meta({ id: "PostingRecord" });

export const HoldStatus = z.enum(["pending", "posted", "voided", "expired"]);
export const HoldRecord = z
  .object({
    holdId: Uuid,
    accountId: AccountId,
    amount: Balance,
    status: HoldStatus,
    reference: z.string(),
    placedAt: Instant,
    resolvedAt: Instant.optional(),
  })
  .meta({ id: "HoldRecord" });

export const CreditLimitInput = z.strictObject({
  creditLimit: Decimal.regex(/^[^-]/).meta({ description: "How far below zero what is available may go." }),
});

export const AssetQuery = z.strictObject({ ...pageQuery, kind: z.enum(["currency", "good"]).optional() });
export const LedgerAccountQuery = z.strictObject({
  ...pageQuery,
  companyId: CompanyId.optional().meta({ description: "For staff; a company sees its own." }),
  purpose: AccountPurpose.exclude(["trading"]).optional(),
  instrumentId: InstrumentId.optional().meta({ description: "Trading accounts of this instrument." }),
  assetId: AssetId.optional(),
});
export const PostingQuery = z.strictObject({ ...pageQuery, from: Instant.optional(), until: Instant.optional() });
export const HoldQuery = z.strictObject({ ...pageQuery, status: HoldStatus.optional() });

export type AssetInput = z.output<typeof AssetInput>;
export type AssetRecord = z.infer<typeof AssetRecord>;
export type AccountPurpose = z.infer<typeof AccountPurpose>;
export type AccountRecord = z.infer<typeof AccountRecord>;
export type PostingRecord = z.infer<typeof PostingRecord>;
export type HoldRecord = z.infer<typeof HoldRecord>;
export type AssetQuery = z.infer<typeof AssetQuery>;
export type LedgerAccountQuery = z.infer<typeof LedgerAccountQuery>;
export type PostingQuery = z.infer<typeof PostingQuery>;
export type HoldQuery = z.infer<typeof HoldQuery>;
