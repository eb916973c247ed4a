import { instantOfMicros, systemActor } from "@kontor/kernel";
import { at } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import { standingOf } from "../../src/market/state.ts";
import { marketDays, paris, recovered } from "./days.ts";
import type { Pit } from "./pit.ts";
import { listedPit, pit, typesOf } from "./pit.ts";

const reason = "As planned.";
const text = (micros: number | null): string | null => (micros === null ? null : instantOfMicros(micros).slice(0, 19));

function trade(place: Pit, price = "210"): void {
  place.by("ada", "submit_order", { side: "buy", price, quantity: "100" });
  place.by("bob", "submit_order", { side: "sell", price, quantity: "50" });
}

/** On Monday, 3 March 2031, before the day begins: 7:00 in Paris. */
function monday(changes: object = {}): Pit {
  const place = pit({ timetable: paris, reference: "210", ...changes }, at("2031-03-03T06:00:00Z"));
  place.draft();
  place.list();
  return place;
}

describe("a timetable", () => {
  test("runs the day: each step at its local time, calls uncrossed into what follows", () => {
    const place = monday();
    place.moveTo(at("2031-03-03T07:10:00Z"));
    trade(place);
    place.moveTo(at("2031-03-03T20:00:00Z"));
    expect(marketDays(place)).toEqual([
      "2031-03-03 07:00:00 pre_open",
      "2031-03-03 07:50:00 auction opening",
      "2031-03-03 08:00:00 uncrossed 50 at 210.00",
      "2031-03-03 08:00:00 continuous",
      "2031-03-03 16:30:00 auction closing",
      "2031-03-03 16:35:00 uncrossed 0 at no price",
      "2031-03-03 16:35:00 closing_cross",
      "2031-03-03 16:40:00 closed",
    ]);
    expect(recovered(place).replayed).toEqual(recovered(place).live);
  });

  test("in a zone that is no more ends with the step that was planned", () => {
    const place = monday();
    const text = JSON.stringify(exchangeEngine.encode(place.state())).replace("Europe/Paris", "Europe/Atlantis");
    const state = exchangeEngine.decode(JSON.parse(text));
    const stamp = exchangeEngine.wakeAt(state) ?? Number.NaN;
    const input = { command: exchangeEngine.tick(), actor: systemActor, at: stamp, entropy: null };
    const decision = exchangeEngine.decide(state, input);
    if (decision.kind === "rejected") throw new Error(decision.rejection.code);
    for (const event of decision.events) exchangeEngine.evolve(state, event, stamp);
    expect(standingOf(state)).toMatchObject({ phase: "pre_open", next: null });
  });

  test("leaves out weekends and holidays", () => {
    const place = monday({ timetable: { ...paris, steps: [{ at: "09:00", phase: "closed" }] } });
    const days: (string | null)[] = [];
    for (let day = 0; day < 5; day++) {
      const wakeAt = exchangeEngine.wakeAt(place.state());
      days.push(text(wakeAt));
      place.moveTo(wakeAt ?? Number.NaN);
    }
    expect(days).toEqual([
      "2031-03-03T08:00:00",
      "2031-03-04T08:00:00",
      "2031-03-06T08:00:00",
      "2031-03-07T08:00:00",
      "2031-03-10T08:00:00",
    ]);
  });

  test.each([
    ["the hour that is left out", "2031-03-29T12:00:00Z", ["2031-03-30T01:00:00", "2031-03-31T00:30:00"]],
    ["the hour that comes twice", "2031-10-25T12:00:00Z", ["2031-10-26T00:30:00", "2031-10-27T01:30:00"]],
  ])("knows %s", (_, from, instants) => {
    const steps = [{ at: "02:30", phase: "closed" as const }];
    const place = pit({ timetable: { timeZone: "Europe/Paris", weekdays: [1, 2, 3, 4, 5, 6, 7], steps } });
    place.moveTo(at(from));
    place.draft();
    place.list();
    for (const instant of instants) {
      const wakeAt = exchangeEngine.wakeAt(place.state());
      expect(text(wakeAt)).toBe(instant);
      place.moveTo(wakeAt ?? Number.NaN);
    }
  });

  test("takes of steps that clocks jump over the last", () => {
    const steps = [
      { at: "02:10", phase: "pre_open" as const },
      { at: "02:40", phase: "auction" as const },
      { at: "03:00", phase: "halt" as const },
      { at: "03:10", phase: "closed" as const },
    ];
    const place = pit({ timetable: { timeZone: "Europe/Paris", weekdays: [7], steps } });
    place.moveTo(at("2031-03-29T12:00:00Z"));
    place.draft();
    place.list();
    place.moveTo(at("2031-03-30T12:00:00Z"));
    expect(marketDays(place)).toEqual(["2031-03-30 01:00:00 halt", "2031-03-30 01:10:00 closed"]);
  });

  test("draws delays by lot, tells nobody, and never lets a step pass the next", () => {
    const randomMs = 60_000;
    const steps = paris.steps.map((step) => (step.phase === "continuous" ? { ...step, randomMs } : step));
    const place = monday({ timetable: { ...paris, steps } });
    place.moveTo(at("2031-03-03T07:55:00Z"));
    const opens = at("2031-03-03T08:00:00Z");
    const wakeAt = exchangeEngine.wakeAt(place.state()) ?? Number.NaN;
    expect(wakeAt).toBeGreaterThan(opens);
    expect(wakeAt).toBeLessThanOrEqual(opens + randomMs * 1_000);
    expect(standingOf(place.state())?.next).toEqual({ phase: "continuous", at: opens });
    place.moveTo(wakeAt);
    expect(place.book().phase).toBe("continuous");
    place.moveTo(at("2031-03-04T07:55:00Z"));
    const tomorrow = exchangeEngine.wakeAt(place.state()) ?? Number.NaN;
    expect(tomorrow - wakeAt).not.toBe(86_400_000_000);
    const crowded = [
      { at: "09:00", phase: "auction" as const, randomMs: 3_600_000 },
      { at: "09:00:01", phase: "closed" as const },
    ];
    const short = monday({ timetable: { ...paris, steps: crowded } });
    expect(exchangeEngine.wakeAt(short.state())).toBeLessThanOrEqual(at("2031-03-03T08:00:01Z"));
  });

  test.each([
    [{ timeZone: "Europe/Atlantis" }, "/timetable/timeZone", "known_time_zone"],
    [{ holidays: ["2031-02-30"] }, "/timetable/holidays/0", "calendar_day"],
    [{ steps: [paris.steps[2], paris.steps[0]] }, "/timetable/steps/1/at", "after_the_one_before"],
    [
      { steps: [{ at: "09:00", phase: "closed", purpose: "closing" }] },
      "/timetable/steps/0/purpose",
      "only_of_an_auction",
    ],
  ])("with %j is refused", (changes, pointer, rule) => {
    const timetable = { ...paris, ...changes } as typeof paris;
    const refusal = { code: "terms_incomplete", pointer, faults: [{ pointer, rule }] };
    expect(pit({ timetable }).draft().rejection).toEqual(refusal);
    expect(listedPit().run("set_timetable", { timetable, reason }).rejection).toEqual(refusal);
  });
});

describe("a market listed within the day", () => {
  test.each([
    ["06:30", {}, "closed", []],
    ["07:30", {}, "pre_open", []],
    ["07:55", {}, "auction", []],
    ["12:00", {}, "closed", []],
    ["12:00", { reopening: { cancelOnlyMs: 0, callMs: 60_000 } }, "auction", ["12:01:00 continuous"]],
    ["16:37", { reopening: { cancelOnlyMs: 0, callMs: 60_000 } }, "closed", []],
  ])("at %s UTC with %j begins in %s", (...[time, changes, phase, then]) => {
    const place = pit({ timetable: paris, ...changes }, at(`2031-03-03T${time}:00Z`));
    place.draft();
    place.list();
    place.pass(1); // What is planned for the stamp of the listing itself comes microseconds later.
    expect(place.book().phase).toBe(phase);
    const from = place.now();
    place.pass(60_000);
    expect(marketDays(place, from).filter((line) => !line.includes("uncrossed"))).toEqual(
      then.map((line) => `2031-03-03 ${line}`),
    );
  });
});

describe("what stands in a step's way", () => {
  test("an uncross that is extended is tried again after a minute", () => {
    const place = monday({ auctionCollar: { value: "5" } });
    place.moveTo(at("2031-03-03T07:55:00Z"));
    trade(place, "230");
    place.moveTo(at("2031-03-03T08:05:00Z"));
    expect(marketDays(place).slice(2)).toEqual([
      "2031-03-03 08:00:00 extended price",
      "2031-03-03 08:01:00 uncrossed 50 at 230.00",
      "2031-03-03 08:01:00 continuous",
    ]);
  });

  test("one that stays too far off is tried until it works, or the next step comes", () => {
    const place = monday({ wideCollar: { value: "5" }, volatilityCall: { lengthMs: 120_000 } });
    place.moveTo(at("2031-03-03T07:55:00Z"));
    trade(place, "230");
    place.moveTo(at("2031-03-03T08:03:00Z"));
    place.by("bob", "cancel_orders");
    place.moveTo(at("2031-03-03T08:10:00Z"));
    expect(marketDays(place).slice(2)).toEqual([
      "2031-03-03 08:00:00 extended wide_price",
      "2031-03-03 08:02:00 extended wide_price",
      "2031-03-03 08:04:00 uncrossed 0 at no price",
      "2031-03-03 08:04:00 continuous",
    ]);
  });

  test("a book that is crossed opens through a call", () => {
    const steps = [{ at: "09:00", phase: "continuous" as const }];
    const place = monday({ timetable: { ...paris, steps } });
    place.run("set_phase", { phase: "auction", reason });
    trade(place);
    place.run("set_phase", { phase: "closed", reason });
    place.moveTo(at("2031-03-03T08:05:00Z"));
    expect(marketDays(place).slice(2)).toEqual([
      "2031-03-03 08:00:00 auction intraday",
      "2031-03-03 08:01:00 uncrossed 50 at 210.00",
      "2031-03-03 08:01:00 continuous",
    ]);
  });

  test("pre-open comes to trade through an opening call", () => {
    const steps = [
      { at: "08:00", phase: "pre_open" as const },
      { at: "09:00", phase: "continuous" as const },
    ];
    const place = monday({ timetable: { ...paris, steps } });
    place.moveTo(at("2031-03-03T07:30:00Z"));
    trade(place);
    place.moveTo(at("2031-03-03T08:00:00Z"));
    expect(marketDays(place).slice(1)).toEqual([
      "2031-03-03 08:00:00 auction opening",
      "2031-03-03 08:00:00 uncrossed 50 at 210.00",
      "2031-03-03 08:00:00 continuous",
    ]);
  });

  test("without a price there is no trading at the close", () => {
    const place = pit({ timetable: paris }, at("2031-03-03T06:00:00Z"));
    place.draft();
    place.list();
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(marketDays(place).at(-1)).toBe("2031-03-03 16:35:00 cancel_only");
    const steps = [
      { at: "09:00", phase: "continuous" as const },
      { at: "17:00", phase: "closing_cross" as const },
    ];
    const other = pit({ timetable: { ...paris, steps } }, at("2031-03-03T06:00:00Z"));
    other.draft();
    other.list();
    other.moveTo(at("2031-03-03T16:36:00Z"));
    expect(marketDays(other).at(-1)).toBe("2031-03-03 16:00:00 cancel_only");
  });

  test("the operator's halt stays until he moves on; only the day ends, and none begins", () => {
    const place = monday();
    place.moveTo(at("2031-03-03T12:00:00Z"));
    place.by("ada", "submit_order", { side: "buy", price: "210", quantity: "50", tif: "day" });
    place.run("set_phase", { phase: "halt", reason });
    place.moveTo(at("2031-03-03T16:36:00Z"));
    expect(place.book().phase).toBe("halt");
    expect(standingOf(place.state())?.next).toEqual({ phase: "closed", at: at("2031-03-03T16:40:00Z") });
    place.moveTo(at("2031-03-04T07:55:00Z"));
    expect(place.book().phase).toBe("closed");
    expect(place.book().depth("buy")).toEqual([]);
    expect(standingOf(place.state())?.next).toBeNull();
    place.run("set_phase", { phase: "cancel_only", reason });
    place.moveTo(at("2031-03-04T07:56:00Z"));
    place.run("set_phase", { phase: "auction", purpose: "opening", reason });
    expect(standingOf(place.state())?.next).toEqual({ phase: "continuous", at: at("2031-03-04T08:00:00Z") });
    place.moveTo(at("2031-03-04T08:00:00Z"));
    expect(place.book().phase).toBe("continuous");
  });

  test("another phase by hand holds until the next step", () => {
    const place = monday();
    place.moveTo(at("2031-03-03T12:00:00Z"));
    place.run("set_phase", { phase: "closed", reason });
    place.moveTo(at("2031-03-03T16:32:00Z"));
    expect(place.book().phase).toBe("auction");
  });
});

describe("a new timetable", () => {
  test("is in force from its next step on, and none means that the operator moves phases", () => {
    const place = monday();
    place.moveTo(at("2031-03-03T12:00:00Z"));
    const steps = [{ at: "15:00", phase: "closed" }];
    expect(typesOf(place.run("set_timetable", { timetable: { ...paris, steps }, reason }))).toEqual([
      "timetable_changed",
      "schedule_changed",
    ]);
    expect(place.book().phase).toBe("continuous");
    place.moveTo(at("2031-03-03T14:00:00Z"));
    expect(place.book().phase).toBe("closed");
    place.run("set_timetable", { timetable: null, reason });
    expect(place.state().instrument?.terms).not.toHaveProperty("timetable");
    expect(exchangeEngine.wakeAt(place.state())).toBeNull();
    expect(typesOf(place.by("ada", "set_timetable", { timetable: null, reason }))).toEqual(["not_operator"]);
  });
});
