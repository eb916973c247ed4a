import { instantOfMicros, laterBy } from "@kontor/kernel";
import { at } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import { standingOf } from "../../src/market/state.ts";
import { marketDays, paris, recovered } from "./days.ts";
import type { Pit } from "./pit.ts";
import { openPit, pit, start, typesOf } from "./pit.ts";

const reason = "As planned.";
const outage = { type: "report_outage", from: 1, to: 2 } as const;
const volatile = { bands: { dynamic: { up: "5", down: "5" } }, reference: "210" };

function trade(place: Pit, price: string): void {
  place.by("bob", "submit_order", { side: "sell", price, quantity: "50" });
  place.by("ada", "submit_order", { side: "buy", price, quantity: "50" });
}

/** What the market did since it was opened. */
const since = (place: Pit): string[] =>
  marketDays(place)
    .slice(1)
    .map((line) => line.slice(11));

describe("a volatility interruption", () => {
  const volatilityCall = { lengthMs: 300_000, randomMs: 30_000 };

  test("ends by itself after its length and a drawn delay", () => {
    const place = openPit({ ...volatile, volatilityCall });
    trade(place, "210");
    trade(place, "220");
    expect(place.book()).toMatchObject({ phase: "auction", purpose: "volatility" });
    const interrupted = place.facts().findLast(({ event }) => event.type === "market_phase_changed")?.at ?? 0;
    const notBefore = laterBy(interrupted, 300_000);
    expect(standingOf(place.state())).toMatchObject({
      cause: "volatility",
      next: { phase: "continuous", at: notBefore },
    });
    const wakeAt = exchangeEngine.wakeAt(place.state()) ?? 0;
    expect(wakeAt).toBeGreaterThan(notBefore);
    expect(wakeAt).toBeLessThanOrEqual(laterBy(notBefore, 30_000));
    place.moveTo(wakeAt - 1);
    expect(place.book().phase).toBe("auction");
    place.moveTo(wakeAt);
    expect(place.book()).toMatchObject({ phase: "continuous", lastPrice: 880 });
    expect(standingOf(place.state())).toMatchObject({ cause: null, next: null });
  });

  test("is ended by a person when the price is still too far off", () => {
    const place = openPit({ ...volatile, volatilityCall: { lengthMs: 300_000 }, wideCollar: { value: "8" } });
    trade(place, "210");
    trade(place, "220");
    place.pass(3_600_000);
    expect(since(place)).toEqual(["08:00:00 auction volatility for volatility", "08:05:00 extended wide_price"]);
    expect(exchangeEngine.wakeAt(place.state())).toBeNull();
    place.run("uncross_auction", { final: true });
    expect(place.book()).toMatchObject({ phase: "continuous", lastPrice: 880 });
  });

  test("that is extended once is tried again", () => {
    const place = openPit({ ...volatile, volatilityCall: { lengthMs: 300_000 }, auctionCollar: { value: "8" } });
    trade(place, "210");
    trade(place, "220");
    place.pass(3_600_000);
    expect(since(place)).toEqual([
      "08:00:00 auction volatility for volatility",
      "08:05:00 extended price",
      "08:10:00 uncrossed 50 at 220.00",
      "08:10:00 continuous",
    ]);
  });

  test("lasts until the operator ends it where no length is given", () => {
    const place = openPit(volatile);
    trade(place, "210");
    trade(place, "220");
    expect(exchangeEngine.wakeAt(place.state())).toBeNull();
    place.run("uncross_auction");
    expect(place.book().phase).toBe("continuous");
  });

  test("is the operator's once he moves the market by hand", () => {
    const place = openPit({ ...volatile, volatilityCall });
    trade(place, "210");
    trade(place, "220");
    place.run("set_phase", { phase: "auction", purpose: "intraday", reason });
    expect(exchangeEngine.wakeAt(place.state())).toBeNull();
  });

  test("goes on when his uncross is extended", () => {
    const place = openPit({ ...volatile, volatilityCall, auctionCollar: { value: "8" } });
    trade(place, "210");
    trade(place, "220");
    expect(typesOf(place.run("uncross_auction"))).toEqual(["book_moved", "auction_extended"]);
    expect(exchangeEngine.wakeAt(place.state())).not.toBeNull();
  });
});

describe("a circuit breaker", () => {
  const breakers = [{ bps: 300, pauseMs: 600_000 }];

  test("leads through a call back to trading, where calls end by themselves", () => {
    const place = openPit({ reference: "210", breakers, volatilityCall: { lengthMs: 300_000 } });
    trade(place, "220");
    expect(standingOf(place.state())).toMatchObject({ phase: "halt", cause: "circuit_breaker" });
    expect(standingOf(place.state())?.next?.phase).toBe("auction");
    place.pass(3_600_000);
    expect(since(place)).toEqual([
      "08:00:00 halt for circuit_breaker",
      "08:10:00 auction intraday for circuit_breaker",
      "08:15:00 uncrossed 50 at 220.00",
      "08:15:00 continuous",
    ]);
  });

  test("halts until the operator moves on where they do not", () => {
    const place = openPit({ reference: "210", breakers, timetable: paris });
    trade(place, "220");
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(place.book().phase).toBe("halt");
    place.moveTo(at("2031-03-04T12:00:00Z"));
    expect(place.book().phase).toBe("closed");
    place.run("set_phase", { phase: "auction", reason });
    place.moveTo(at("2031-03-04T18:00:00Z"));
    place.moveTo(at("2031-03-06T07:30:00Z"));
    expect(place.book().phase).toBe("pre_open");
  });
});

describe("steps of the timetable during an interruption", () => {
  /** Interrupted on Monday at 17:29:00 in Paris. */
  function interrupted(lengthMs: number, steps = paris.steps): Pit {
    const place = openPit({ ...volatile, volatilityCall: { lengthMs }, timetable: { ...paris, steps } });
    place.moveTo(at("2031-03-03T16:29:00Z"));
    trade(place, "210");
    trade(place, "220");
    return place;
  }

  test("a call takes over the one that runs", () => {
    const place = interrupted(300_000);
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(since(place)).toEqual([
      "16:29:00 auction volatility for volatility",
      "16:30:00 auction closing",
      "16:35:00 uncrossed 50 at 220.00",
      "16:35:00 closing_cross",
    ]);
  });

  test("one into trading waits for the end, and says where it leads", () => {
    const steps = [
      { at: "17:32", phase: "closing_cross" as const },
      { at: "17:40", phase: "closed" as const },
    ];
    const place = interrupted(300_000, steps);
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(since(place).slice(1)).toEqual(["16:34:00 uncrossed 50 at 220.00", "16:34:00 closing_cross"]);
  });

  test("one into closed ends it", () => {
    const steps = [{ at: "17:32", phase: "closed" as const }];
    const place = interrupted(300_000, steps);
    expect(standingOf(place.state())?.next).toEqual({ phase: "closed", at: at("2031-03-03T16:32:00Z") });
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(since(place).slice(1)).toEqual(["16:32:00 uncrossed 50 at 220.00", "16:32:00 closed"]);
  });
});

describe("an outage", () => {
  const reopening = { cancelOnlyMs: 60_000, callMs: 120_000 };

  test("lets people cancel, then calls, then trades", () => {
    const place = openPit({ reopening });
    place.by("ada", "submit_order", { side: "buy", price: "210", quantity: "50" });
    expect(place.sendOwn(outage).events).toMatchObject([
      { type: "book_moved" },
      { type: "market_phase_changed", phase: "cancel_only", cause: "outage" },
      { type: "schedule_changed", resumption: { stage: "call", cause: "outage", into: { phase: "continuous" } } },
    ]);
    expect(place.by("ada", "cancel_orders").reply).toEqual({ count: 1 });
    place.pass(300_000);
    expect(since(place)).toEqual([
      "08:00:00 cancel_only for outage",
      "08:01:00 auction intraday for outage",
      "08:03:00 uncrossed 0 at no price",
      "08:03:00 continuous",
    ]);
    expect(recovered(place).replayed).toEqual(recovered(place).live);
  });

  test("while people may only cancel begins that anew", () => {
    const place = openPit({ reopening });
    place.sendOwn(outage);
    place.pass(30_000);
    expect(typesOf(place.sendOwn(outage))).toEqual(["schedule_changed"]);
    place.pass(100_000);
    expect(since(place)).toEqual(["08:00:00 cancel_only for outage", "08:01:30 auction intraday for outage"]);
  });

  test("in a call of the timetable goes back into it, and its end waits", () => {
    const place = pit({ reopening, timetable: paris }, at("2031-03-03T07:49:00Z"));
    place.draft();
    place.list();
    place.moveTo(at("2031-03-03T07:58:30Z"));
    place.sendOwn(outage);
    place.moveTo(at("2031-03-03T08:10:00Z"));
    expect(since(place).slice(1)).toEqual([
      "07:58:30 cancel_only for outage",
      "07:59:30 auction opening for outage",
      "08:01:30 uncrossed 0 at no price",
      "08:01:30 continuous",
    ]);
    const early = pit({ reopening, timetable: paris }, at("2031-03-03T07:49:00Z"));
    early.draft();
    early.list();
    early.moveTo(at("2031-03-03T07:51:00Z"));
    early.sendOwn(outage);
    early.moveTo(at("2031-03-03T08:10:00Z"));
    expect(since(early).slice(1)).toEqual([
      "07:51:00 cancel_only for outage",
      "07:52:00 auction opening for outage",
      "08:00:00 uncrossed 0 at no price",
      "08:00:00 continuous",
    ]);
  });

  test("without a rule for reopening leaves that to the operator, whatever the timetable says", () => {
    const place = openPit({ timetable: paris });
    place.sendOwn(outage);
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(standingOf(place.state())).toMatchObject({ phase: "cancel_only", cause: "outage" });
    place.moveTo(at("2031-03-04T12:00:00Z"));
    expect(standingOf(place.state())).toMatchObject({ phase: "closed", next: null });
  });

  test.each(["closed", "halt", "cancel_only"])("in phase %s changes nothing", (phase) => {
    const place = openPit({ reopening });
    place.run("set_phase", { phase, reason });
    expect(typesOf(place.sendOwn(outage))).toEqual(["nothing_due"]);
  });
});

describe("a timer that comes late, because nobody was here", () => {
  /** As the host would: the tick is stamped with the return. */
  function lateTick(place: Pit, instant: string) {
    const state = exchangeEngine.decode(JSON.parse(JSON.stringify(exchangeEngine.encode(place.state()))));
    const input = { command: exchangeEngine.tick(), at: at(instant), entropy: null };
    const actor = { kind: "system", userId: "system", companyId: null, marketplaceId: null } as const;
    const decision = exchangeEngine.decide(state, { ...input, actor });
    if (decision.kind === "rejected") throw new Error(decision.rejection.code);
    for (const event of decision.events) exchangeEngine.evolve(state, event, at(instant));
    const phases = decision.events.flatMap((event) => (event.type === "market_phase_changed" ? [event.phase] : []));
    return { phases, held: decision.events.some(({ type }) => type === "auction_held"), state };
  }

  function calling(): Pit {
    const place = pit({ timetable: paris, reference: "210" }, at("2031-03-03T07:49:00Z"));
    place.draft();
    place.list();
    place.moveTo(at("2031-03-03T07:51:00Z"));
    trade(place, "210");
    return place;
  }

  test("does not uncross a call whose end was missed: it goes on for a minute", () => {
    const { phases, held, state } = lateTick(calling(), "2031-03-03T08:20:00Z");
    expect({ phases, held }).toEqual({ phases: [], held: false });
    expect(standingOf(state)).toMatchObject({
      phase: "auction",
      next: { phase: "continuous", at: at("2031-03-03T08:21:00Z") },
    });
  });

  test("takes the last of the steps that were missed, and a day that ended has ended", () => {
    const { phases, held, state } = lateTick(calling(), "2031-03-04T10:00:00Z");
    expect({ phases, held }).toEqual({ phases: ["closed", "auction"], held: false });
    expect(standingOf(state)?.next).toEqual({ phase: "continuous", at: at("2031-03-04T10:01:00Z") });
    const evening = lateTick(calling(), "2031-03-03T22:00:00Z");
    expect(evening.phases).toEqual([]);
    expect(standingOf(evening.state)?.next?.phase).toBe("closed");
  });

  test("ends a day that has ended, and leaves the rest to what was begun before", () => {
    const held = calling();
    held.sendOwn(outage);
    expect(lateTick(held, "2031-03-04T10:00:00Z").phases).toEqual(["closed"]);
    const place = pit({ timetable: paris, reopening: { cancelOnlyMs: 60_000, callMs: 60_000 } }, start);
    place.draft();
    place.list();
    place.moveTo(at("2031-03-03T12:00:00Z"));
    place.sendOwn(outage);
    expect(lateTick(place, "2031-03-04T10:00:00Z").phases).toEqual(["auction"]); // The reopening was due first.
  });

  test("changes nothing where trading went on in the right phase", () => {
    const place = pit({ timetable: { ...paris, steps: paris.steps.slice(2, 3) } }, start);
    place.draft();
    place.list();
    place.moveTo(at("2031-03-04T09:00:00Z"));
    expect(place.book().phase).toBe("continuous");
    const { phases, state } = lateTick(place, "2031-03-07T09:30:00Z");
    expect(phases).toEqual([]);
    const wakeAt = exchangeEngine.wakeAt(state);
    expect(wakeAt === null ? null : instantOfMicros(wakeAt)).toBe("2031-03-10T08:00:00.000000Z");
  });
});
