import { z } from "zod";
import { companyRoles } from "../accounts/access.ts";
import { DivisionId, TimeZone } from "../catalog/terms.ts";
import { CalendarDay } from "../ledger/accounts.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, PositiveDecimal, Title, UserId } from "../primitives.ts";
import { ApprovalRuleId, BudgetId, CostCenterId, DelegationId, MoneyAmount } from "./values.ts";

/*
 * What a company settles about its buying (cost centres, budgets, approvals), and what vendors and operators do.
 */

const version = z.int();
const Name = Title.min(1).regex(/^\P{Cc}+$/u);
const uniqueOf = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(item)
    .min(1)
    .max(max)
    .refine((items) => new Set(items.map((one) => JSON.stringify(one))).size === items.length, "Each once.");
const page = z.strictObject(pageQuery);

export const CostCenterInput = z.strictObject({
  code: z.string().regex(/^[\p{L}\p{N}._/-]{1,40}$/u),
  name: Name,
  active: z.boolean().default(true),
});
export const CostCenterRecord = z
  .object({ costCenterId: CostCenterId, code: z.string(), name: z.string(), active: z.boolean(), version })
  .meta({ id: "CostCenterRecord" });
export const CostCenterQuery = page;

/** `block`: nothing beyond it; `approve`: what goes beyond it is approved by finance; `warn`: it is told. */
export const BudgetMode = z.enum(["block", "approve", "warn"]);
/** Of the company, of a cost centre, of one member, or of him on it. Freight and taxes count. */
export const BudgetInput = z.strictObject({
  name: Name,
  costCenterId: CostCenterId.optional(),
  memberId: UserId.optional(),
  validFrom: Instant,
  validUntil: Instant,
  currency: Currency,
  amount: MoneyAmount,
  mode: BudgetMode,
});
export const BudgetRecord = z
  .object({
    budgetId: BudgetId,
    name: z.string(),
    ownerId: UserId.meta({ description: "Whom to ask about it." }),
    costCenterId: CostCenterId.optional(),
    memberId: UserId.optional(),
    validFrom: Instant,
    validUntil: Instant,
    currency: Currency,
    amount: MoneyAmount,
    held: MoneyAmount.meta({ description: "By orders that are not confirmed yet." }),
    spent: MoneyAmount,
    left: z.string().meta({ description: "Below zero where the budget does not block." }),
    mode: BudgetMode,
    version,
  })
  .meta({ id: "BudgetRecord" });
export const BudgetQuery = z.strictObject({ ...pageQuery, costCenterId: CostCenterId.optional() });

export const Decider = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("role"), role: z.enum(companyRoles) }),
  z.strictObject({ kind: z.literal("person"), userId: UserId }),
]);
/** `any`: one of the deciders suffices; `all`: each is needed, and nobody counts for two of them. */
export const ApprovalTier = z.strictObject({ needs: z.enum(["any", "all"]), deciders: uniqueOf(Decider, 20) });
/** All that is named must fit; with nothing named every order does. */
export const ApprovalCondition = z.strictObject({
  amountFrom: z
    .strictObject({ currency: Currency, amount: MoneyAmount })
    .optional()
    .meta({ description: "The order's total is at least that; another currency by the stored rate." }),
  classIds: uniqueOf(Title.min(1), 100)
    .optional()
    .meta({ description: "`scheme:code`; a line in one of them or below." }),
  vendorIds: uniqueOf(CompanyId, 100).optional(),
  costCenterIds: uniqueOf(CostCenterId, 100).optional(),
  requesterRoles: uniqueOf(z.enum(companyRoles), 6).optional(),
});
export const ApprovalRuleInput = z.strictObject({
  name: Name,
  divisionId: DivisionId.optional().meta({ description: "For it and the divisions below; else for the company." }),
  position: z.int().min(0).max(10_000),
  condition: ApprovalCondition,
  tiers: z.array(ApprovalTier).min(1).max(10).meta({ description: "In the order in which they are asked." }),
  active: z.boolean().default(true),
});
export const ApprovalRuleRecord = z
  .object({
    ...ApprovalRuleInput.shape,
    active: z.boolean(),
    ruleId: ApprovalRuleId,
    ownerId: UserId.meta({ description: "Whom to ask about it: who wrote it last." }),
    version,
  })
  .meta({ id: "ApprovalRuleRecord" });
export const ApprovalRuleQuery = page;

/** The signed-in person lets another of his company decide for him. */
export const DelegationInput = z.strictObject({ to: UserId, validFrom: Instant, validUntil: Instant });
export const DelegationRecord = z
  .object({ delegationId: DelegationId, by: UserId, to: UserId, validFrom: Instant, validUntil: Instant })
  .meta({ id: "DelegationRecord" });
export const DelegationQuery = page;

const rate = {
  from: Currency,
  to: Currency,
  at: Instant.meta({ description: "From then on." }),
  rate: PositiveDecimal.meta({ description: "What one unit of `from` is in `to`." }),
  source: Name.meta({ description: "Who says so, such as a central bank." }),
};
export const ExchangeRateInput = z
  .strictObject(rate)
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "Two currencies." });
export const ExchangeRateRecord = z.object({ ...rate, setBy: UserId }).meta({ id: "ExchangeRateRecord" });
export const ExchangeRateQuery = z.strictObject({
  ...pageQuery,
  from: Currency.optional(),
  to: Currency.optional(),
});

export const PercentText = z
  .string()
  .regex(/^(100(\.0{1,4})?|[1-9]?\d(\.\d{1,4})?)$/)
  .meta({ description: "Percentage from 0 to 100 as text, at most four decimals." });

export const FreightTermsInput = z.strictObject({
  amount: MoneyAmount.meta({ description: "What delivering one purchase order costs." }),
  freeFrom: MoneyAmount.optional().meta({ description: "Nothing from this net amount on." }),
  taxPercent: PercentText.optional().meta({ description: "On freight and fees; left out: as most of the goods." }),
});
export const FreightTermsRecord = z
  .object({ vendorId: CompanyId, currency: Currency, ...FreightTermsInput.shape, version })
  .meta({ id: "FreightTermsRecord" });

/** The first rule of the list that fits a line. */
export const CommissionRuleInput = z.strictObject({
  ruleId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  vendorId: CompanyId.optional(),
  brandId: Title.min(1).optional(),
  classId: Title.min(1).optional(),
  percent: PercentText,
  bounds: z
    .array(z.strictObject({ currency: Currency, min: MoneyAmount.optional(), max: MoneyAmount.optional() }))
    .max(50)
    .default([]),
});
export const BuyingTermsInput = z.strictObject({
  approvalDays: z.int().min(1).max(90).meta({ description: "How long what waits for approval is kept." }),
  commissionVat: PercentText.meta({ description: "VAT on commissions." }),
  commissions: z.array(CommissionRuleInput).max(500),
  timeZone: TimeZone.default("UTC").meta({ description: "Whose days the dates of standing orders are." }),
  holidays: z.array(CalendarDay).max(1_000).default([]).meta({ description: "No business days, beside weekends." }),
});
export const BuyingTermsRecord = z
  .object({ marketplaceId: MarketplaceId, ...BuyingTermsInput.shape, version })
  .meta({ id: "BuyingTermsRecord" });

export type CostCenterInput = z.output<typeof CostCenterInput>;
export type CostCenterRecord = z.infer<typeof CostCenterRecord>;
export type CostCenterQuery = z.infer<typeof CostCenterQuery>;
export type BudgetInput = z.output<typeof BudgetInput>;
export type BudgetRecord = z.infer<typeof BudgetRecord>;
export type BudgetQuery = z.infer<typeof BudgetQuery>;
export type ApprovalRuleInput = z.output<typeof ApprovalRuleInput>;
export type ApprovalRuleRecord = z.infer<typeof ApprovalRuleRecord>;
export type ApprovalRuleQuery = z.infer<typeof ApprovalRuleQuery>;
export type DelegationInput = z.output<typeof DelegationInput>;
export type DelegationRecord = z.infer<typeof DelegationRecord>;
export type DelegationQuery = z.infer<typeof DelegationQuery>;
export type ExchangeRateInput = z.output<typeof ExchangeRateInput>;
export type ExchangeRateRecord = z.infer<typeof ExchangeRateRecord>;
export type ExchangeRateQuery = z.infer<typeof ExchangeRateQuery>;
export type FreightTermsInput = z.output<typeof FreightTermsInput>;
export type FreightTermsRecord = z.infer<typeof FreightTermsRecord>;
export type BuyingTermsInput = z.output<typeof BuyingTermsInput>;
export type BuyingTermsRecord = z.infer<typeof BuyingTermsRecord>;
