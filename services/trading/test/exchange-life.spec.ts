import type { CommandAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { systemActor } from "@kontor/kernel";
import type { ExchangeEvent, InstrumentTermsInput } from "@kontor/protocol";
import { expect, test } from "vitest";
import { ada, bob, buy, instrumentId, operator, reason, sell, startExchange, trading } from "./given-exchange.ts";
import { createManualTime, settle } from "./manual-time.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import type { World } from "./world.ts";
import { codeOf } from "./world.ts";

/* What an instrument does by itself, and how long it lives, in a host whose clock the test moves. */

const reopening = { cancelOnlyMs: 60_000, callMs: 120_000 };

/** What the market did in the entries after a number of them: phases, and auctions with what they traded. */
async function phasesOf({ entries }: World, after: number): Promise<string[]> {
  const facts = (await entries()).slice(after).flatMap(({ events = [] }) => events as unknown as ExchangeEvent[]);
  return facts.flatMap((event) => {
    if (event.type === "market_phase_changed") return [event.phase];
    return event.type === "auction_held" ? [`auction of ${event.quantity}`] : [];
  });
}

test.each(["killed", "stopped"] as const)("a host that was %s reopens in phases: cancel, call, trade", async (how) => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const first = await trading({ time, journal, terms: { reopening } });
  await first.ask("submit_order", sell, ada);
  const before = (await first.entries()).length;
  if (how === "stopped") await first.host.stop();
  first.journal.down = true;
  await time.advance(600_000);
  const world = await startExchange({ time, journal });
  await settle();
  expect(await phasesOf(world, before)).toEqual(["cancel_only"]);
  expect(codeOf(await world.ask("submit_order", buy, bob))).toBe("phase_closed_to_orders");
  await time.advance(60_000);
  expect(await phasesOf(world, before)).toEqual(["cancel_only", "auction"]);
  expect(await world.ask("submit_order", buy, bob)).toMatchObject({ ok: true });
  await time.advance(119_000);
  expect(await phasesOf(world, before)).toEqual(["cancel_only", "auction"]);
  await time.advance(1_000);
  expect(await phasesOf(world, before)).toEqual(["cancel_only", "auction", "auction of 100", "continuous"]);
  expect(await world.ask("submit_order", sell, ada)).toMatchObject({ result: { fills: [{ quantity: "50" }] } });
});

test("a host that comes back days later ends the day that ended, and reopens where the timetable is", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  // The clock of these tests begins on Friday, 15 January 2027, at 8:00 UTC.
  const timetable: InstrumentTermsInput["timetable"] = {
    timeZone: "Europe/Paris",
    steps: [
      { at: "09:05", phase: "continuous" },
      { at: "17:00", phase: "closed" },
    ],
  };
  const first = await trading({ time, journal, terms: { timetable, reopening } });
  await time.advance(900_000);
  await first.ask("submit_order", { ...sell, tif: "day" }, ada);
  await first.ask("submit_order", { ...sell, price: "213" }, ada);
  const before = (await first.entries()).length;
  await first.host.stop();
  await time.advance(3 * 86_400_000);
  const world = await startExchange({ time, journal });
  await time.advance(1);
  expect(await phasesOf(world, before)).toEqual(["cancel_only", "closed", "cancel_only"]);
  expect(await world.ask("cancel_orders", {}, ada)).toMatchObject({ result: { count: 1 } });
  await time.advance(180_000);
  expect((await phasesOf(world, before)).slice(3)).toEqual(["auction", "auction of 0", "continuous"]);
});

test("an order that came too fast stays refused under its key", async () => {
  const world = await trading({ terms: { orderRate: { perSecond: 1, burst: 1 } } });
  await world.ask("submit_order", buy, bob);
  const key = "a-key-of-the-impatient";
  const refused = await world.ask("submit_order", buy, { ...bob, key });
  expect(refused).toMatchObject({ ok: false, problem: { code: "order_rate_exceeded", retryAfterMs: 1_000 } });
  await world.time.advance(5_000);
  expect(await world.ask("submit_order", buy, { ...bob, key })).toEqual(refused);
  expect(await world.ask("submit_order", buy, bob)).toMatchObject({ ok: true });
});

test("a delisted instrument is given up when what was allocated is out", async () => {
  const world = await trading({ terms: { holds: "allocated" } });
  const allocate = (money: string) => {
    const command = { type: "allocate_assets", instrumentId, companyId: "ada", money, goods: "0" } as const;
    const key = `allocation-of-${Number(money)}`;
    const request = { shard: instrumentId, mechanism: "exchange", key, actor: systemActor, command };
    return world.bus.request<CommandAnswer>(subjects.command, request, { timeoutMs: 60_000 });
  };
  const closedAt = async () => (await world.journal.heads([instrumentId])).get(instrumentId)?.closedAt ?? null;
  expect(codeOf(await allocate("100.00"))).toBe("ok");
  await world.ask("delist_instrument", { reason }, operator);
  await settle();
  expect(await closedAt()).toBeNull();
  expect(codeOf(await world.ask("submit_order", buy, ada))).toBe("instrument_delisted");
  expect(codeOf(await allocate("-100.00"))).toBe("ok");
  await settle();
  expect(await closedAt()).not.toBeNull();
});
