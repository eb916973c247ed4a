import { z } from "zod";
import { InstrumentId } from "../exchange/commands.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, PositiveDecimal, Reason, UnitCode } from "../primitives.ts";
import { Balance, CalendarDay } from "./accounts.ts";

/*
 * Trades of one instrument and UTC day are netted per company and delivered against payment some business days later.
 */

/**
 * `waiting`  the day's trades are not all known yet
 * `netted`   it is not due yet
 * `failed`   something is owed after it was due; tried again on the next business day
 * `settled`  all of it is delivered and paid
 */
export const SettlementState = z.enum(["waiting", "netted", "failed", "settled"]);
/** `disputed` ones are kept out until the operator decides. */
export const ObligationState = z.enum(["open", "failed", "disputed", "settled"]);

const ofDay = { instrumentId: InstrumentId, tradeDate: CalendarDay, marketplaceId: MarketplaceId };
const when = {
  dueOn: CalendarDay.optional(),
  nextOn: CalendarDay.optional().meta({ description: "When it is tried next; absent once it is settled." }),
};

export const SettlementRecord = z
  .object({
    ...ofDay,
    ...when,
    state: SettlementState,
    currency: Currency,
    price: Balance.optional().meta({
      description: "What is not delivered is not paid, at this price: the day's last.",
    }),
    fees: Balance,
    feesOpen: Balance,
    attempts: z.int(),
    changedAt: Instant,
  })
  .meta({ id: "SettlementRecord" });

const gets = "Above zero what the company gets, below zero what it gives.";

export const ObligationRecord = z
  .object({
    ...ofDay,
    ...when,
    companyId: CompanyId,
    state: ObligationState,
    currency: Currency,
    unit: UnitCode,
    money: Balance.meta({ description: `${gets} Its fees are taken off.` }),
    goods: Balance.meta({ description: gets }),
    fees: Balance.meta({ description: "Of its trades; a rebate is below zero." }),
    moneyOpen: Balance.meta({ description: "What of it is not settled." }),
    goodsOpen: Balance,
    reason: z.string().optional().meta({ description: "Of the dispute, or of the operator's latest decision." }),
    changedAt: Instant,
  })
  .meta({ id: "ObligationRecord" });

export const DisputeInput = z.strictObject({ reason: Reason.min(1) });
export const DisputeDecision = z.strictObject({
  upheld: z.boolean().meta({
    description: "True: the company is released from what is open, at the expense of the other side. False: it stands.",
  }),
  reason: Reason.min(1),
});
/** What a company that does not deliver pays instead: the difference to the price of the day, where it is higher. */
export const BuyInInput = z.strictObject({ price: PositiveDecimal, reason: Reason.min(1) });

export const SettlementQuery = z.strictObject({
  ...pageQuery,
  instrumentId: InstrumentId.optional(),
  state: SettlementState.optional(),
});
export const ObligationQuery = z.strictObject({
  ...pageQuery,
  instrumentId: InstrumentId.optional(),
  tradeDate: CalendarDay.optional(),
  companyId: CompanyId.optional().meta({ description: "For staff; a company sees its own." }),
  state: ObligationState.optional(),
});

export type SettlementState = z.infer<typeof SettlementState>;
export type ObligationState = z.infer<typeof ObligationState>;
export type SettlementRecord = z.infer<typeof SettlementRecord>;
export type ObligationRecord = z.infer<typeof ObligationRecord>;
export type DisputeDecision = z.infer<typeof DisputeDecision>;
export type BuyInInput = z.infer<typeof BuyInInput>;
export type SettlementQuery = z.infer<typeof SettlementQuery>;
export type ObligationQuery = z.infer<typeof ObligationQuery>;
