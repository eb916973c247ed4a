import type { Actor, Micros } from "@kontor/kernel";
import type { StandingDateRecord, StandingOrderInput, StandingOrderRecord } from "@kontor/protocol";
import { StandingOrderInput as Input } from "@kontor/protocol";
import { createNoticeRepository, createStandingOrderRepository, runStandingOrders } from "../../src/index.ts";
import { day, engine, givenBuying, must, noon, operator, person } from "../buying/given-buying.ts";

export { day, must, noon, operator, person };

type Plan = Partial<Omit<StandingOrderInput, "rule" | "lines">> & { readonly rule?: object };
type Sold = readonly (readonly [offerId: string, quantity: string])[];

/** Standing orders in the marketplace of the buying fixture, where it is Monday, 2 November 2026, at noon. */
export function givenStanding({ connections = 10 } = {}) {
  const buying = givenBuying({ connections });
  const parts = () => ({ db: buying.db, engine });
  const standing = () => createStandingOrderRepository(buying.db, engine);
  const read = async (who: Actor, { standingOrderId }: Pick<StandingOrderRecord, "standingOrderId">) => {
    const found = await standing().find(who, standingOrderId);
    if (found === undefined) throw new Error("no standing order");
    return found;
  };
  return {
    buying,
    get standing() {
      return standing();
    },
    read,
    /** Each Tuesday from tomorrow on, if nothing else is said. */
    plan: async (who: Actor, lines: Sold, more: Plan = {}) =>
      must(await standing().create(who, planOf(lines, more), noon)),
    /** As a worker of its own would. */
    run: (at: Micros) => runStandingOrders(parts(), { at, limit: 100 }),
    dateOf: async (who: Actor, plan: StandingOrderRecord, date: string): Promise<StandingDateRecord> => {
      const found = (await read(who, plan)).dates.find((one) => one.date === date);
      if (found === undefined) throw new Error(`no date ${date}`);
      return found;
    },
    notices: async (who: Actor) => {
      const found = await createNoticeRepository(buying.db).list(who, { limit: 100 });
      if (!found.ok) throw new Error("no page");
      return found.data;
    },
  };
}

export function planOf(lines: Sold, more: Plan = {}): StandingOrderInput {
  return Input.parse({
    name: "Weekly",
    rule: { unit: "week", every: 1, on: 2 },
    startOn: "2026-11-03",
    ...more,
    lines: lines.map(([offerId, quantity]) => ({ offerId, quantity })),
  });
}
