import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { Instant, MarketplaceId, UserId, Uuid } from "../primitives.ts";
import { ProductId } from "./products.ts";

/* What the match queue found: for the operator to decide, where it did not merge by itself. */

export const FindingId = Uuid.meta({ description: "Finding id, UUID." });
/**
 * `same_product`      two products that seem to be one
 * `gtin_conflict`     one GTIN for what cannot be one: other packaging, brand or part number
 * `cloned_catalogue`  two companies with the same rows
 */
export const FindingKind = z.enum(["same_product", "gtin_conflict", "cloned_catalogue"]);
export const FindingReason = z.enum(["gtin", "brand_and_part_no", "likeness", "same_rows"]);
export const FindingState = z.enum(["open", "merged", "kept_apart"]);

export const MatchFinding = z
  .object({
    findingId: FindingId,
    marketplaceId: MarketplaceId,
    kind: FindingKind,
    reason: FindingReason,
    subject: z.string().meta({ description: "The product that was looked at; of cloned catalogues a company." }),
    other: z.string().meta({ description: "What it is like." }),
    score: z.int().min(0).max(10_000),
    evidence: z.record(z.string(), z.unknown()),
    state: FindingState,
    decidedBy: UserId.optional().meta({ description: "Absent where it merged by itself." }),
    decidedAt: Instant.optional(),
    reasonGiven: z.string().optional(),
    foundAt: Instant,
    version: z.int(),
  })
  .meta({ id: "MatchFinding" });

/** The other product is merged into `keep`, which is one of the two; left out: the one that the subject is like. */
export const FindingMerge = z.strictObject({ keep: ProductId.optional() });
export const FindingQuery = z.strictObject({
  ...pageQuery,
  kind: FindingKind.optional(),
  state: FindingState.optional(),
});

export type FindingKind = z.infer<typeof FindingKind>;
export type FindingReason = z.infer<typeof FindingReason>;
export type MatchFinding = z.infer<typeof MatchFinding>;
export type FindingQuery = z.infer<typeof FindingQuery>;
