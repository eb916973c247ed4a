import type { SourcedRate } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import { microsOfInstant, parseDecimal } from "@kontor/kernel";
import type { ExchangeRateInput, ExchangeRateQuery, ExchangeRateRecord } from "@kontor/protocol";
import { and, desc, eq, lte, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { oneOf } from "../../repositories/filters.ts";
import type { Order } from "../../repositories/keyset.ts";
import { isInstant, pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { instantOf } from "../../repositories/record-members.ts";
import { allOf, inMarketplace } from "../../repositories/scope.ts";
import { exchangeRates } from "../../schema/catalog-buying.ts";

/** By which amounts of different currencies are compared: the operator's, with source and time, added and never changed. */
export type ExchangeRateRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<ExchangeRateQuery>) => Promise<Listing<ExchangeRateRecord>>;
  /** The same rate again changes nothing. */
  readonly add: (actor: Actor, input: ExchangeRateInput) => Promise<Answered<ExchangeRateRecord>>;
};

type Row = typeof exchangeRates.$inferSelect;
const newest: Order = {
  name: "exchange_rates",
  by: exchangeRates.at,
  id: sql`${exchangeRates.fromCurrency} || ${exchangeRates.toCurrency}` as unknown as Order["id"],
  direction: "desc",
  accepts: isInstant,
  acceptsId: (id) => /^[A-Z]{6}$/.test(id),
};

/** Decimals of a rate, as the wire takes them. */
const rateScale = 18;

export function createExchangeRateRepository(db: Database): ExchangeRateRepository {
  return {
    list: (actor, { from, to, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(exchangeRates)
            .where(
              allOf(
                inMarketplace(actor, exchangeRates.marketplaceId),
                oneOf(exchangeRates.fromCurrency, from),
                oneOf(exchangeRates.toCurrency, to),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, fromCurrency, toCurrency }) => [at, fromCurrency + toCurrency],
        entryOf: recordOf,
      }),

    async add(actor, { from, to, rate, source, ...input }) {
      const { kind, marketplaceId, userId } = actor;
      if (kind !== "operator" || marketplaceId === null) return refused("not_found");
      const at = microsOfInstant(input.at);
      if (at === null) return refused("instant_invalid", { pointer: "/at" });
      const key = { marketplaceId, fromCurrency: from, toCurrency: to, at };
      await db
        .insert(exchangeRates)
        .values({ ...key, rate, source, setBy: userId })
        .onConflictDoNothing();
      const [stored] = await db
        .select()
        .from(exchangeRates)
        .where(
          and(
            eq(exchangeRates.marketplaceId, marketplaceId),
            eq(exchangeRates.fromCurrency, from),
            eq(exchangeRates.toCurrency, to),
            eq(exchangeRates.at, at),
          ),
        );
      const same = stored !== undefined && parsed(stored.rate) === parsed(rate) && stored.source === source;
      return same ? answered(recordOf(stored)) : refused("exchange_rate_exists");
    },
  };
}

const parsed = (rate: string): bigint => {
  const value = parseDecimal(rate, rateScale);
  return typeof value === "bigint" ? value : 0n;
};

/** The marketplace's rates as they stood at the instant. */
export async function ratesAt(db: Database, marketplaceId: string, at: Micros): Promise<readonly SourcedRate[]> {
  const rows = await db
    .selectDistinctOn([exchangeRates.fromCurrency, exchangeRates.toCurrency])
    .from(exchangeRates)
    .where(and(eq(exchangeRates.marketplaceId, marketplaceId), lte(exchangeRates.at, at)))
    .orderBy(exchangeRates.fromCurrency, exchangeRates.toCurrency, desc(exchangeRates.at));
  return rows.map(({ fromCurrency: from, toCurrency: to, rate, source, at: since }) => {
    return { from, to, rate: { num: parsed(rate), den: 10n ** BigInt(rateScale) }, source, at: since };
  });
}

function recordOf({ fromCurrency: from, toCurrency: to, at, rate, source, setBy }: Row): ExchangeRateRecord {
  return { from, to, at: instantOf(at), rate, source, setBy };
}
