import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Instant, MarketplaceId, Reason, UserId, Uuid } from "../primitives.ts";
import { AssetId, AssetRecord, Balance, LedgerAmount } from "./accounts.ts";

/*
 * Deposits and withdrawals: a company asks, the marketplace's operator looks at the bank or the warehouse and decides.
 */

export const AssetRequestId = Uuid.meta({ description: "Made by the client." });
export const AssetRequestState = z.enum(["requested", "confirmed", "refused", "reversed"]);

export const AssetRequestInput = z.strictObject({
  requestId: AssetRequestId,
  assetId: AssetId,
  amount: LedgerAmount,
  note: Reason.default("").meta({ description: "Such as the reference of a bank transfer or a receipt's number." }),
});

/** A withdrawal holds its amount from the request on. */
export const AssetRequestRecord = z
  .object({
    requestId: AssetRequestId,
    marketplaceId: MarketplaceId,
    companyId: CompanyId,
    asset: AssetRecord,
    amount: Balance,
    note: z.string(),
    state: AssetRequestState,
    requestedBy: UserId,
    requestedAt: Instant,
    decidedAt: Instant.optional(),
    reason: z.string().optional().meta({ description: "Of the refusal or the reversal." }),
  })
  .meta({ id: "AssetRequestRecord" });

export const AssetRequestDecision = z.strictObject({ reason: Reason.min(1) });

export const AssetRequestQuery = z.strictObject({
  ...pageQuery,
  companyId: CompanyId.optional().meta({ description: "For staff; a company sees its own." }),
  state: AssetRequestState.optional(),
});

export type AssetRequestState = z.infer<typeof AssetRequestState>;
export type AssetRequestInput = z.output<typeof AssetRequestInput>;
export type AssetRequestRecord = z.infer<typeof AssetRequestRecord>;
export type AssetRequestQuery = z.infer<typeof AssetRequestQuery>;
