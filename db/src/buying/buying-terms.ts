import type { CommissionRule } from "@kontor/catalog";
import type { Actor } from "@kontor/kernel";
import { dayOfDate, isTimeZone } from "@kontor/kernel";
import type { BuyingTermsInput, BuyingTermsRecord, FreightTermsInput, FreightTermsRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { anyOfTexts } from "../catalog/sql-values.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { present } from "../repositories/record-members.ts";
import type { CommissionRuleRow } from "../schema/catalog-buying.ts";
import { buyingTerms, freightTerms } from "../schema/catalog-buying.ts";
import type { BuyingEngine } from "./buying-engine.ts";
import { moneyIn, moneyText, percentIn, percentText } from "./number-texts.ts";
import { ownCompanyOf, staleVersion } from "./orders/own-company.ts";

/** What operators and vendors settle about orders. `version` 0: there is none yet. */
export type BuyingTermsRepository = {
  /** The marketplace's; where nobody wrote any, orders wait a week and nothing is taken of sales. */
  readonly read: (actor: Actor) => Promise<BuyingTermsRecord | undefined>;
  readonly write: (
    actor: Actor,
    change: { readonly input: BuyingTermsInput; readonly version: number },
  ) => Promise<Answered<BuyingTermsRecord>>;
  readonly freight: (actor: Actor, vendorId: string) => Promise<readonly FreightTermsRecord[]>;
  /** The vendor's own. */
  readonly writeFreight: (
    actor: Actor,
    currency: string,
    change: { readonly input: FreightTermsInput; readonly version: number },
  ) => Promise<Answered<FreightTermsRecord>>;
};

type Exponents = Pick<BuyingEngine, "exponentOf">;
const unwritten = {
  ...{ approvalDays: 7, commissionVat: 0n, commissions: [], version: 0 },
  ...{ timeZone: "UTC", holidays: [] },
} as const;

export function createBuyingTermsRepository(db: Database, engine: Exponents): BuyingTermsRepository {
  return {
    async read({ marketplaceId }) {
      return marketplaceId === null ? undefined : termsRecordOf(marketplaceId, await termsIn(db, marketplaceId));
    },

    async write({ kind, marketplaceId }, { input, version }) {
      if (kind !== "operator" || marketplaceId === null) return refused("not_found");
      const { approvalDays, commissions, timeZone, holidays } = input;
      if (!isTimeZone(timeZone)) return refused("time_zone_unknown", { timeZone, pointer: "/timeZone" });
      const noDay = holidays.findIndex((day) => dayOfDate(day) === null);
      if (noDay >= 0) return refused("period_invalid", { pointer: `/holidays/${noDay}` });
      const wrong = commissions.findIndex(({ bounds }) =>
        bounds.some(({ currency, min, max }) =>
          [min, max].some((bound) => bound !== undefined && moneyIn(bound, engine.exponentOf(currency)) === null),
        ),
      );
      if (wrong >= 0) return refused("amount_scale_exceeded", { pointer: `/commissions/${wrong}/bounds` });
      const commissionVat = percentIn(input.commissionVat) ?? 0n;
      const rules = commissions as readonly CommissionRuleRow[];
      const calendar = { timeZone, holidays: [...new Set(holidays)].sort() };
      const values = { approvalDays, commissionVat, commissions: rules, ...calendar };
      const [written] = await (version === 0
        ? db
            .insert(buyingTerms)
            .values({ marketplaceId, ...values })
            .onConflictDoNothing()
            .returning()
        : db
            .update(buyingTerms)
            .set({ ...values, version: sql`${buyingTerms.version} + 1`, updatedAt: sql`now()` })
            .where(and(eq(buyingTerms.marketplaceId, marketplaceId), eq(buyingTerms.version, version)))
            .returning());
      if (written !== undefined) return answered(termsRecordOf(marketplaceId, written));
      return staleVersion((await termsIn(db, marketplaceId)).version);
    },

    async freight({ marketplaceId }, vendorId) {
      if (marketplaceId === null) return [];
      const rows = await freightOf(db, marketplaceId, [vendorId]);
      return rows.map((row) => freightRecordOf(row, engine));
    },

    async writeFreight(actor, currency, { input, version }) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return refused("not_found");
      const exponent = engine.exponentOf(currency);
      const amount = moneyIn(input.amount, exponent);
      const freeFrom = input.freeFrom === undefined ? null : moneyIn(input.freeFrom, exponent);
      if (amount === null || (input.freeFrom !== undefined && freeFrom === null))
        return refused("amount_scale_exceeded", { pointer: amount === null ? "/amount" : "/freeFrom" });
      const taxPercent = input.taxPercent === undefined ? null : percentIn(input.taxPercent);
      const key = { marketplaceId: own.marketplaceId, vendorId: own.companyId, currency };
      const here = and(
        eq(freightTerms.marketplaceId, key.marketplaceId),
        eq(freightTerms.vendorId, key.vendorId),
        eq(freightTerms.currency, currency),
      );
      const [written] = await (version === 0
        ? db
            .insert(freightTerms)
            .values({ ...key, amount, freeFrom, taxPercent })
            .onConflictDoNothing()
            .returning()
        : db
            .update(freightTerms)
            .set({ amount, freeFrom, taxPercent, version: sql`${freightTerms.version} + 1`, updatedAt: sql`now()` })
            .where(and(here, eq(freightTerms.version, version)))
            .returning());
      if (written !== undefined) return answered(freightRecordOf(written, engine));
      const [known] = await db.select().from(freightTerms).where(here);
      return staleVersion(known?.version ?? 0);
    },
  };
}

type Terms = {
  readonly approvalDays: number;
  readonly commissionVat: bigint;
  readonly commissions: readonly CommissionRuleRow[];
  readonly timeZone: string;
  readonly holidays: readonly string[];
  readonly version: number;
};

export async function termsIn(db: Database, marketplaceId: string): Promise<Terms> {
  const [row] = await db.select().from(buyingTerms).where(eq(buyingTerms.marketplaceId, marketplaceId));
  return row ?? unwritten;
}

/** The operator's list as the engine takes it. */
export function commissionRulesOf({ commissions }: Pick<Terms, "commissions">, engine: Exponents) {
  return commissions.map(({ ruleId, vendorId = null, brandId = null, classId = null, percent, bounds }) => {
    const limits = bounds.map(({ currency, min, max }) => {
      const inMoney = (text: string | undefined) =>
        text === undefined ? null : moneyIn(text, engine.exponentOf(currency));
      return [currency, { min: inMoney(min), max: inMoney(max) }] as const;
    });
    const scope = { vendorId, brandId, classId };
    return { id: ruleId, scope, percent: percentIn(percent) ?? 0n, bounds: new Map(limits) } satisfies CommissionRule;
  });
}

export function freightOf(db: Database, marketplaceId: string, vendorIds: readonly string[]) {
  return db
    .select()
    .from(freightTerms)
    .where(
      and(eq(freightTerms.marketplaceId, marketplaceId), sql`${freightTerms.vendorId} in ${anyOfTexts(vendorIds)}`),
    )
    .orderBy(freightTerms.vendorId, freightTerms.currency)
    .prepare("freight_terms")
    .execute();
}

function freightRecordOf(row: typeof freightTerms.$inferSelect, engine: Exponents): FreightTermsRecord {
  const { vendorId, currency, amount, freeFrom, taxPercent, version } = row;
  const text = (value: bigint): string => moneyText(value, engine.exponentOf(currency));
  const free = freeFrom === null ? null : text(freeFrom);
  const rate = taxPercent === null ? null : percentText(taxPercent);
  return { vendorId, currency, amount: text(amount), ...present({ freeFrom: free, taxPercent: rate }), version };
}

function termsRecordOf(marketplaceId: string, terms: Terms): BuyingTermsRecord {
  const { approvalDays, commissionVat, commissions, timeZone, holidays, version } = terms;
  const listed = commissions as unknown as BuyingTermsRecord["commissions"];
  const calendar = { timeZone, holidays: [...holidays] };
  return {
    marketplaceId,
    approvalDays,
    commissionVat: percentText(commissionVat),
    commissions: listed,
    ...calendar,
    version,
  };
}
