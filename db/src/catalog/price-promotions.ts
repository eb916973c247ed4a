import type { Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { PromotionTerms } from "../schema/catalog-prices.ts";
import { exact } from "./price-list-records.ts";
import type { BuyerGroup } from "./price-records.ts";
import type { PromotionFacts } from "./price-shapes.ts";
import { anyOfTexts, instantIn, microsIn, periodOf } from "./sql-values.ts";

type PromotionQuery = {
  readonly marketplaceId: string;
  readonly vendorIds: readonly string[];
  readonly at: Micros;
};

export type PromotionRow = {
  readonly id: string;
  readonly vendorId: string | null;
  readonly terms: PromotionTerms;
  readonly stackGroup: number;
  readonly priority: number;
  readonly bearer: "vendor" | "marketplace" | "shared";
  readonly vendorShare: string | null;
  readonly validFrom: Micros;
  readonly validUntil: Micros | null;
};

const promotionColumns = sql`
  r.id, r.vendor_id as "vendorId", r.terms, r.stack_group as "stackGroup", r.priority, r.bearer,
  r.vendor_share::text as "vendorShare", ${microsIn(sql`r.valid_from`)} as "validFrom",
  ${microsIn(sql`r.valid_until`)} as "validUntil"`;

/** All of a marketplace that are not over. */
export async function promotionsAhead(
  db: Database,
  { marketplaceId, at }: Pick<PromotionQuery, "marketplaceId" | "at">,
): Promise<readonly PromotionFacts[]> {
  const rows = await runPrepared<PromotionRow>(
    db,
    sql`
    select ${promotionColumns} from promotions r where r.marketplace_id = ${marketplaceId}
      and coalesce(r.valid_until > ${instantIn(at)}, true)`,
  );
  return rows.map(factsOf);
}

/** Promotions of the vendors and the marketplace that run at the instant. */
export function promotionsStatement({ marketplaceId, vendorIds, at }: PromotionQuery): SQL {
  return sql`
    select ${promotionColumns} from promotions r where r.marketplace_id = ${marketplaceId}
      and (r.vendor_id is null or r.vendor_id in ${anyOfTexts(vendorIds)})
      and r.valid_from <= ${instantIn(at)} and coalesce(r.valid_until > ${instantIn(at)}, true)`;
}

/** Those that a member of the groups may have. */
export function promotionsIn(rows: readonly PromotionRow[], groups: readonly BuyerGroup[]): readonly PromotionFacts[] {
  return rows.filter((row) => isReached(row, groups)).map(factsOf);
}

/** One vendor's loyalty counts with him alone, the marketplace's with all. */
function isReached({ terms: { condition }, vendorId }: PromotionRow, groups: readonly BuyerGroup[]): boolean {
  if (condition.kind !== "loyalty") return true;
  return groups.some(
    (group) => (group.vendorId === null || group.vendorId === vendorId) && group.loyaltyLevel >= condition.minLevel,
  );
}

function factsOf({ terms, vendorShare, validFrom, validUntil, ...row }: PromotionRow): PromotionFacts {
  const { scope } = terms;
  return {
    id: row.id,
    condition: conditionOf(terms.condition),
    effect: effectOf(terms.effect),
    bearer:
      row.bearer === "shared"
        ? { kind: "shared", marketplacePercent: 1_000_000n - BigInt(vendorShare ?? "0") }
        : { kind: row.bearer },
    scope: {
      vendorId: row.vendorId,
      brandId: scope.brandId ?? null,
      classId: scope.classId ?? null,
      offerIds: scope.offerIds === undefined ? null : new Set(scope.offerIds),
    },
    period: periodOf(validFrom, validUntil),
    stackGroup: row.stackGroup,
    priority: row.priority,
  };
}

/** A function in the trade is to be in the customer group that stands for it. */
function conditionOf(condition: PromotionTerms["condition"]): PromotionFacts["condition"] {
  switch (condition.kind) {
    case "functional":
      return { kind: "functional", tradeFunction: condition.customerGroupId };
    case "quantity":
      return { kind: "quantity", minQuantity: exact(condition.minQuantity, 6) };
    default:
      return condition;
  }
}

function effectOf(effect: PromotionTerms["effect"]): PromotionFacts["effect"] {
  if (effect.kind === "percent") return { kind: "percent", percent: exact(effect.percent, 4) };
  return { kind: "amount", amount: exact(effect.amount, 6), currency: effect.currency };
}
