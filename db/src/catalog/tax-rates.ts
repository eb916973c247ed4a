import type { Actor } from "@kontor/kernel";
import type { TaxRateInput, TaxRateRecord } from "@kontor/protocol";
import { and, asc, eq, sql } from "drizzle-orm";
import { percentIn, percentText } from "../buying/number-texts.ts";
import { staleVersion } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf } from "../repositories/record-members.ts";
import { inMarketplace } from "../repositories/scope.ts";
import { taxRates } from "../schema/catalog-prices.ts";

export type TaxRateKey = {
  readonly country: string;
  readonly category: TaxRateRecord["category"];
  readonly version: number;
};

/** What is taken of sales, by the buyer's country and the product's tax category. Without a rate nothing is. */
export type TaxRateRepository = {
  readonly list: (actor: Actor) => Promise<readonly TaxRateRecord[]>;
  /** Version 0: there is none yet. Orders that are made keep theirs. */
  readonly write: (actor: Actor, key: TaxRateKey, input: TaxRateInput) => Promise<Answered<TaxRateRecord>>;
  readonly remove: (actor: Actor, key: TaxRateKey) => Promise<Answered<null>>;
};

export function createTaxRateRepository(db: Database): TaxRateRepository {
  const refusalOf = async (marketplaceId: string, key: TaxRateKey) => {
    const [known] = await db.select().from(taxRates).where(at(marketplaceId, key));
    return known === undefined && key.version > 0 ? refused("not_found") : staleVersion(known?.version ?? 0);
  };

  return {
    async list(actor) {
      const rows = await db
        .select()
        .from(taxRates)
        .where(inMarketplace(actor, taxRates.marketplaceId))
        .orderBy(asc(taxRates.country), asc(taxRates.category));
      return rows.map(recordOf);
    },

    async write({ kind, marketplaceId }, key, input) {
      if (kind !== "operator" || marketplaceId === null) return refused("not_found");
      const { country, category, version } = key;
      const percent = percentIn(input.percent) ?? 0n;
      const [written] = await (version === 0
        ? db.insert(taxRates).values({ marketplaceId, country, category, percent }).onConflictDoNothing().returning()
        : db
            .update(taxRates)
            .set({ percent, version: sql`${taxRates.version} + 1`, updatedAt: sql`now()` })
            .where(and(at(marketplaceId, key), eq(taxRates.version, version)))
            .returning());
      return written === undefined ? await refusalOf(marketplaceId, key) : answered(recordOf(written));
    },

    async remove({ kind, marketplaceId }, key) {
      if (kind !== "operator" || marketplaceId === null) return refused("not_found");
      const gone = await db
        .delete(taxRates)
        .where(and(at(marketplaceId, key), eq(taxRates.version, key.version)))
        .returning({ country: taxRates.country });
      return gone.length === 0 ? await refusalOf(marketplaceId, key) : answered(null);
    },
  };
}

function at(marketplaceId: string, { country, category }: TaxRateKey) {
  return and(eq(taxRates.marketplaceId, marketplaceId), eq(taxRates.country, country), eq(taxRates.category, category));
}

function recordOf({ percent, updatedAt, ...row }: typeof taxRates.$inferSelect): TaxRateRecord {
  const { marketplaceId, country, category, version } = row;
  return { marketplaceId, country, category, percent: percentText(percent), updatedAt: instantOf(updatedAt), version };
}
