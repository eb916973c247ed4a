import type { Actor, Micros } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { ObligationQuery, ObligationRecord, SettlementQuery, SettlementRecord } from "@kontor/protocol";
import { and, eq, inArray, lte } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf, forStaff, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { obligations, settlements } from "../schema/clearing.ts";
import { instruments } from "../schema/read-models-market.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import { dayOf, isDay } from "./business-days.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { clearedInstrument } from "./cleared-instruments.ts";
import { daysToNet, netDay } from "./net-day.ts";
import { settleDay } from "./settle-day.ts";
import type { Deciding, ObligationKey } from "./settlement-decisions.ts";
import { buyInIn, decideDisputeIn, disputeIn } from "./settlement-decisions.ts";
import { obligationRecordOf, settlementRecordOf } from "./settlement-records.ts";
import type { SettlementKey } from "./settlement-rows.ts";
import type { ShardPort } from "./shard-port.ts";
import { sendCorrections } from "./trading-corrections.ts";

/** A decision about one company's obligation, with its reason. */
export type ObligationDecision = ObligationKey & { readonly reason: string; readonly at: Micros };
type Due = { readonly at: Micros; readonly limit: number };

/** What companies owe and are owed for their trades. What the actor may not see counts as missing. */
export type SettlementRepository = {
  /** For staff; newest trading day first. */
  readonly list: (actor: Actor, query: Query<SettlementQuery>) => Promise<Listing<SettlementRecord>>;
  /** One's own company's, for staff all; newest trading day first. */
  readonly obligations: (actor: Actor, query: Query<ObligationQuery>) => Promise<Listing<ObligationRecord>>;
  /** The operator's: nets the day as it is known now and settles what can be, due or not. */
  readonly settle: (
    actor: Actor,
    settlement: SettlementKey & { readonly at: Micros },
  ) => Promise<Answered<SettlementRecord>>;
  /** A member's, of his company's obligation: nothing of it moves until the operator decides. */
  readonly dispute: (
    actor: Actor,
    dispute: Omit<ObligationDecision, "companyId">,
  ) => Promise<Answered<ObligationRecord>>;
  readonly decideDispute: (
    actor: Actor,
    decision: ObligationDecision & { readonly upheld: boolean },
  ) => Promise<Answered<ObligationRecord>>;
  /** The company pays instead of delivering; `price` is per unit. */
  readonly buyIn: (
    actor: Actor,
    decision: ObligationDecision & { readonly price: string },
  ) => Promise<Answered<ObligationRecord>>;
  /** Nets the days that are over and settles what is due; how many of both. For the worker. */
  readonly run: (due: Due) => Promise<number>;
  /** Has shards put right what busts, buy-ins and releases have left wrong in them. For the worker. */
  readonly correct: (port: ShardPort, due: Due) => Promise<number>;
};

const isTradeDate = (value: unknown): value is string => isText(value) && isDay(value);

const byDay: Order = {
  name: "settled",
  by: settlements.tradeDate,
  id: settlements.instrumentId,
  direction: "desc",
  accepts: isTradeDate,
};
const owed: Order = {
  name: "owed",
  by: obligations.tradeDate,
  id: obligations.id,
  direction: "desc",
  accepts: isTradeDate,
  acceptsId: isUuid,
};

export function createSettlementRepository(db: Database): SettlementRepository {
  return {
    list: (actor, { instrumentId, state, ...page }) =>
      pageFrom(page, {
        order: byDay,
        rows: ({ after, orderBy, limit }) =>
          db
            .select({ row: settlements, terms: instruments.terms })
            .from(settlements)
            .innerJoin(instruments, eq(instruments.id, settlements.instrumentId))
            .where(
              allOf(
                forStaff(actor),
                inMarketplace(actor, settlements.marketplaceId),
                oneOf(settlements.instrumentId, instrumentId),
                oneOf(settlements.state, state),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.tradeDate, row.instrumentId],
        entryOf: ({ row, terms }) => settlementRecordOf(row, terms),
      }),

    obligations: (actor, query) => obligationsOf(db, actor, query),

    async settle(actor, { at, ...key }) {
      const instrument = await instrumentFor(db, actor, key);
      if (instrument === undefined) return refused("not_found");
      const settled = await settleNow(db, { ...key, instrument, at });
      return settled.ok ? answered(settlementRecordOf(settled.value, instrument.terms)) : settled;
    },

    dispute: (actor, dispute) =>
      decided(db, { actor, ...dispute, companyId: actor.companyId ?? "" }, (deciding) => disputeIn(db, deciding)),

    decideDispute: (actor, { upheld, ...decision }) =>
      decided(db, { actor, ...decision }, (deciding) => decideDisputeIn(db, deciding, upheld)),

    buyIn: (actor, { price, ...decision }) =>
      decided(db, { actor, ...decision }, (deciding) => buyInIn(db, deciding, price)),

    run: (due) => runDue(db, due),

    correct: (port, due) => sendCorrections(db, port, due),
  };
}

function obligationsOf(
  db: Database,
  actor: Actor,
  { instrumentId, tradeDate, companyId, state, ...page }: Query<ObligationQuery>,
): Promise<Listing<ObligationRecord>> {
  return pageFrom(page, {
    order: owed,
    rows: ({ after, orderBy, limit }) =>
      db
        .select({ row: obligations, settlement: settlements, terms: instruments.terms })
        .from(obligations)
        .innerJoin(
          settlements,
          and(eq(settlements.instrumentId, obligations.instrumentId), eq(settlements.tradeDate, obligations.tradeDate)),
        )
        .innerJoin(instruments, eq(instruments.id, obligations.instrumentId))
        .where(
          allOf(
            inMarketplace(actor, obligations.marketplaceId),
            ofCompanyOrStaff(actor, obligations.companyId),
            oneOf(obligations.instrumentId, instrumentId),
            oneOf(obligations.companyId, companyId),
            oneOf(obligations.state, state),
            tradeDate === undefined
              ? undefined
              : eq(obligations.tradeDate, isDay(tradeDate) ? tradeDate : "1970-01-01"),
            after,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ row }) => [row.tradeDate, row.id],
    entryOf: ({ row, settlement, terms }) => obligationRecordOf(row, settlement, terms),
  });
}

/** Of the actor's marketplace, on a day that there is. */
async function instrumentFor(
  db: Database,
  { marketplaceId }: Actor,
  { instrumentId, tradeDate }: SettlementKey,
): Promise<ClearedInstrument | undefined> {
  const instrument = isDay(tradeDate) ? await clearedInstrument(db, instrumentId) : undefined;
  return instrument?.marketplaceId === marketplaceId ? instrument : undefined;
}

type Now = { readonly instrument: ClearedInstrument; readonly tradeDate: string; readonly at: Micros };

async function settleNow(db: Database, now: Now) {
  const known = await netDay(db, now);
  return known.ok ? answered(await settleDay(db, now)) : known;
}

async function decided(
  db: Database,
  { actor, reason, at, ...key }: ObligationDecision & { readonly actor: Actor },
  decide: (deciding: Deciding) => Promise<Answered<null>>,
): Promise<Answered<ObligationRecord>> {
  const instrument = await instrumentFor(db, actor, key);
  if (instrument === undefined) return refused("obligation_unknown");
  const answer = await decide({ actor, instrument, key, reason, at });
  if (!answer.ok) return answer;
  const found = await obligationsOf(db, actor, { ...key, limit: 1 });
  const [record] = found.ok ? found.data : [];
  return record === undefined ? refused("obligation_unknown") : answered(record);
}

async function runDue(db: Database, { at, limit }: Due): Promise<number> {
  const today = dayOf(at);
  const failures: unknown[] = [];
  const each = async (keys: readonly SettlementKey[], work: (now: Now) => Promise<unknown>): Promise<void> => {
    for (const { instrumentId, tradeDate } of keys) {
      const instrument = await clearedInstrument(db, instrumentId);
      if (instrument === undefined) continue;
      await work({ instrument, tradeDate, at }).catch((error) => failures.push(error));
    }
  };
  const toNet = await daysToNet(db, { today, limit });
  await each(toNet, (now) => netDay(db, now));
  const due = await db
    .select({ instrumentId: settlements.instrumentId, tradeDate: settlements.tradeDate })
    .from(settlements)
    .where(and(inArray(settlements.state, ["netted", "failed"]), lte(settlements.nextOn, today)))
    .orderBy(settlements.nextOn, settlements.tradeDate, settlements.instrumentId)
    .limit(limit);
  await each(due, (now) => settleDay(db, now));
  if (failures.length > 0) throw new AggregateError(failures, "settlements could not be carried out");
  return toNet.length + due.length;
}
