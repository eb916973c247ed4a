import { z } from "zod";
import { bounds } from "../bounds.ts";
import { InstrumentId } from "../exchange/commands.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Decimal, Instant, MarketplaceId, UserId, Uuid } from "../primitives.ts";
import { Problem } from "../problem-document.ts";
import { Balance, LedgerAmount } from "./accounts.ts";

/*
 * What a company puts from its books into an instrument, and takes back. The ledger keeps it while the instrument's
 * shard decides.
 */

export const AllocationId = Uuid.meta({ description: "Made by the client." });
export const AllocationDirection = z.enum(["in", "out"]);
/**
 * `requested`  nothing has moved yet
 * `held`       the ledger keeps it; the instrument is being asked
 * `done`       it is where it was to go
 * `refused`    nothing has moved
 */
export const AllocationState = z.enum(["requested", "held", "done", "refused"]);

export const Receipts = z.strictObject({
  assetId: Uuid.meta({ description: "Of the receipts: an asset of goods." }),
  quantity: LedgerAmount,
});

/** Receipts have the instrument's grade, place and unit and last until they could be delivered. */
export const AllocationInput = z.strictObject({
  allocationId: AllocationId,
  direction: AllocationDirection,
  money: Decimal.regex(/^[^-]/).default("0").meta({ description: "In the instrument's currency." }),
  receipts: z.array(Receipts).max(bounds.allocationReceiptsMax).default([]),
});

export const AllocationRecord = z
  .object({
    allocationId: AllocationId,
    marketplaceId: MarketplaceId,
    instrumentId: InstrumentId,
    companyId: CompanyId,
    direction: AllocationDirection,
    cause: z.enum(["request", "sweep"]).meta({ description: "`sweep`: by the standing instruction at the close." }),
    currency: Currency,
    money: Balance,
    receipts: z.array(z.object({ assetId: Uuid, quantity: Balance })),
    state: AllocationState,
    problem: Problem.optional().meta({ description: "Why it was refused." }),
    requestedBy: UserId,
    requestedAt: Instant,
    changedAt: Instant,
  })
  .meta({ id: "AllocationRecord" });

export const AllocationQuery = z.strictObject({
  ...pageQuery,
  companyId: CompanyId.optional().meta({ description: "For staff; a company sees its own." }),
  state: AllocationState.optional(),
});

/** What happens with a company's free money and goods in an instrument when it closes. */
export const SweepInstruction = z
  .object({ instrumentId: InstrumentId, atClose: z.boolean().meta({ description: "True: all of it flows back." }) })
  .meta({ id: "SweepInstruction" });
export const SweepInput = z.strictObject({ atClose: z.boolean() });

export type AllocationDirection = z.infer<typeof AllocationDirection>;
export type AllocationState = z.infer<typeof AllocationState>;
export type Receipts = z.infer<typeof Receipts>;
export type AllocationInput = z.output<typeof AllocationInput>;
export type AllocationRecord = z.infer<typeof AllocationRecord>;
export type AllocationQuery = z.infer<typeof AllocationQuery>;
export type SweepInstruction = z.infer<typeof SweepInstruction>;
