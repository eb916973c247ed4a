import { z } from "zod";
import { FillRecord } from "../exchange/records.ts";
import { CompanyId, Currency, Instant, MarketplaceId } from "../primitives.ts";
import { AccountRecord, Balance, CalendarDay, PostingRecord } from "./accounts.ts";

/** What happened with an owner's money and goods on one day in UTC; of a day that is not over, so far. */
export const DailyStatement = z
  .object({
    marketplaceId: MarketplaceId,
    companyId: CompanyId.optional().meta({ description: "Absent of the marketplace's own accounts." }),
    day: CalendarDay,
    from: Instant,
    until: Instant.meta({ description: "The first instant after the day." }),
    accounts: z.array(
      z.object({
        account: AccountRecord.pick({ accountId: true, purpose: true, instrumentId: true, asset: true }),
        opening: Balance,
        postings: z.array(PostingRecord),
        closing: Balance.meta({ description: "The opening balance with all postings of the day." }),
      }),
    ),
    fills: z.array(FillRecord),
    fees: z
      .array(z.object({ currency: Currency, amount: Balance }))
      .meta({ description: "Of the day's trades that stand; a rebate is below zero." }),
  })
  .meta({ id: "DailyStatement" });

export const StatementQuery = z.strictObject({
  companyId: CompanyId.optional().meta({
    description: "For staff; left out, a company gets its own statement and staff that of the marketplace's accounts.",
  }),
});

export type DailyStatement = z.infer<typeof DailyStatement>;
