import type { Actor, Micros } from "@kontor/kernel";
import { dayOfDate } from "@kontor/kernel";
import type {
  PriceConsentInput,
  StandingDateChange,
  StandingOrderChange,
  StandingOrderInput,
  StandingOrderQuery,
  StandingOrderRecord,
  StandingOrderSummary,
} from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { isOwned, newestFirst } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import { pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf } from "../repositories/scope.ts";
import { standingOrders } from "../schema/catalog-standing.ts";
import { changeDate, consentToPrices, skipDate } from "./date-steps.ts";
import { planRecordOf, planSummaryOf } from "./plan-records.ts";
import type { DateRow, LockedPlan, PlanKey } from "./plan-rows.ts";
import { findDate, holdPlan, nextVersion, ownPlan } from "./plan-rows.ts";
import type { PlanMove } from "./plan-steps.ts";
import { changePlan, createPlan, movePlan } from "./plan-steps.ts";

type On<Input> = PlanKey & { readonly input: Input; readonly at: Micros };
type OnDate<Input> = On<Input> & { readonly date: string };

/** What a company orders again and again. Others' do not exist. */
export type StandingOrderRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<StandingOrderQuery>) => Promise<Listing<StandingOrderSummary>>;
  readonly find: (actor: Actor, standingOrderId: string) => Promise<StandingOrderRecord | undefined>;
  /** At the prices of now. */
  readonly create: (actor: Actor, input: StandingOrderInput, at: Micros) => Promise<Answered<StandingOrderRecord>>;
  /** In place of what it was, but for its calendar; lines that stay as they were keep their prices. */
  readonly change: (actor: Actor, change: On<StandingOrderChange>) => Promise<Answered<StandingOrderRecord>>;
  readonly move: (actor: Actor, move: On<PlanMove>) => Promise<Answered<StandingOrderRecord>>;
  readonly changeDate: (actor: Actor, change: OnDate<StandingDateChange>) => Promise<Answered<StandingOrderRecord>>;
  readonly skipDate: (actor: Actor, skip: OnDate<null>) => Promise<Answered<StandingOrderRecord>>;
  readonly consent: (actor: Actor, consent: OnDate<PriceConsentInput>) => Promise<Answered<StandingOrderRecord>>;
};

const newest = newestFirst("standing_orders", { at: standingOrders.createdAt, id: standingOrders.id });

export function createStandingOrderRepository(db: Database, engine: BuyingEngine): StandingOrderRepository {
  type Work = (locked: LockedPlan) => Promise<Answered<null>>;
  type Opened = { readonly actor: Actor; readonly key: PlanKey; readonly at: Micros };

  const change = ({ actor, key, at }: Opened, work: Work): Promise<Answered<StandingOrderRecord>> =>
    wholly(db, async (tx) => {
      const plan = await holdPlan(tx, actor, key);
      if (!plan.ok) return plan;
      const done = await work({ tx, engine, plan: plan.value, at });
      if (!done.ok) return done;
      const row = await nextVersion(tx, key.standingOrderId);
      return row === undefined ? refused("standing_order_unknown") : answered(await planRecordOf(tx, row));
    });

  const onDate = <Input>(
    actor: Actor,
    { date, at, ...key }: OnDate<Input>,
    work: (locked: LockedPlan, row: DateRow) => Promise<Answered<null>>,
  ) =>
    change({ actor, key, at }, async (locked) => {
      const row = dayOfDate(date) === null ? undefined : await findDate(locked.tx, key.standingOrderId, date);
      return row === undefined ? refused("standing_date_unknown", { date }) : await work(locked, row);
    });

  return {
    list: (actor, { state, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(standingOrders)
            .where(allOf(isOwned(actor, standingOrders), oneOf(standingOrders.state, state), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: planSummaryOf,
      }),

    async find(actor, standingOrderId) {
      const [row] = await db.select().from(standingOrders).where(ownPlan(actor, standingOrderId));
      return row && (await planRecordOf(db, row));
    },

    create: (actor, input, at) =>
      wholly(db, async (tx) => {
        const made = await createPlan(tx, engine, { actor, input, at });
        if (!made.ok) return made;
        const [row] = await tx.select().from(standingOrders).where(eq(standingOrders.id, made.value));
        return row === undefined ? refused("internal") : answered(await planRecordOf(tx, row));
      }),

    change: (actor, { input, at, ...key }) =>
      change({ actor, key, at }, (locked) => changePlan(locked, { actor, input })),
    move: (actor, { input, at, ...key }) => change({ actor, key, at }, (locked) => movePlan(locked, input)),
    changeDate: (actor, one) =>
      onDate(actor, one, (locked, date) => changeDate(locked, { date, actor, input: one.input })),
    skipDate: (actor, one) => onDate(actor, one, (locked, date) => skipDate(locked, { date })),
    consent: (actor, one) =>
      onDate(actor, one, (locked, date) => consentToPrices(locked, { date, actor, input: one.input })),
  };
}
