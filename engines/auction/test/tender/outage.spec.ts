import { instantOfMicros } from "@kontor/kernel";
import type { Calendar } from "@kontor/protocol";
import { at, later } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { dates, day, lotId, lotTerms, rules, sealedRules, sealedTerms, tenderId, terms } from "./given.ts";
import type { TenderAnswer, Venue } from "./venue.ts";
import { accepted, admitted, owner, published, system, typesOf } from "./venue.ts";

const minute = 60_000;
const deadline = dates.submissionsUntil;
const outageRule = (graceMs: number) => ({ thresholdMs: 10_000, windowMs: 10 * minute, graceMs });

/** Minutes before (negative) or after the submission deadline. */
function outage(place: Venue, fromMinute: number, toMinute: number): TenderAnswer {
  const [from, to] = [fromMinute, toMinute].map((minutes) => at(later(deadline, minutes * minute)));
  return place.by(system, "report_outage", { from, to });
}

/** A day before the submission deadline, nothing handed in yet. */
const sealed = (graceMs = 10 * minute, more = lotTerms({ rules: sealedRules({ outage: outageRule(0) }) })): Venue => {
  const lots = [lotTerms({ rules: sealedRules({ outage: outageRule(graceMs) }) }), more];
  const place = admitted(["ada"], sealedTerms({ lots }));
  place.pass(day);
  return place;
};
const calendarOf = (place: Venue): Calendar => place.notice().calendar as Calendar;

describe("an outage near the submission deadline", () => {
  test("moves it behind the recovery, by an amendment that all can read", () => {
    const place = sealed();
    const answer = outage(place, -1, 4);
    const moved = later(deadline, 14 * minute);
    expect(accepted(answer)).toMatchObject([
      {
        type: "tender_amended",
        version: 2,
        cause: "outage",
        changed: ["/calendar/submissionsUntil"],
        terms: { calendar: { submissionsUntil: moved } },
        initialPricesInvalidated: false,
      },
    ]);
    expect(calendarOf(place).submissionsUntil).toBe(moved);
    expect(place.notice().amendments[2]?.reason).toContain(later(deadline, -minute));
    expect(tenderEngine.streamsOf(place.state(), answer.events)).toContain(`tender:${tenderId}`);
    place.moveTo(at(moved) - 1);
    accepted(place.by("ada", "submit_initial_price", { price: "9000" }));
    place.moveTo(at(moved));
    expect(place.by("ada", "submit_initial_price", { price: "8000" }).rejection).toMatchObject({
      code: "submissions_closed",
      endedAt: moved,
    });
    expect(place.lotFor("owner").phase).toBe("evaluation");
  });

  test.each([
    { lies: "over the deadline, longer than the grace", from: -1, to: 30, moved: 61 },
    { lies: "before the deadline, in the window", from: -6, to: -2, moved: 8 },
  ])("counts where it lies $lies", ({ from, to, moved }) => {
    const place = sealed();
    accepted(outage(place, from, to));
    expect(calendarOf(place).submissionsUntil).toBe(later(deadline, moved * minute));
  });

  test.each([
    ["before the window", -30, -10],
    ["after the deadline", 0, 5],
    ["with no more than the threshold in the window", -0.1, 5],
    ["so early that the grace ends before the deadline", -9, -8],
  ])("changes nothing where it lies %s", (_, from, to) => {
    const place = sealed(minute);
    expect(outage(place, from, to).rejection?.code).toBe("nothing_due");
    expect(calendarOf(place).submissionsUntil).toBe(deadline);
  });

  test("follows the lot whose rule gives the most time, as long as that has not ended", () => {
    const generous = lotTerms({ rules: sealedRules({ outage: outageRule(30 * minute) }) });
    const both = sealed(minute, generous);
    accepted(outage(both, -1, 0));
    expect(calendarOf(both).submissionsUntil).toBe(later(deadline, 30 * minute));
    const one = sealed(minute, generous);
    accepted(one.by(owner, "cancel_lot", { lot: 2, reason: "sold" }));
    accepted(outage(one, -1, 0));
    expect(calendarOf(one).submissionsUntil).toBe(later(deadline, minute));
  });

  test("concerns no draft, and no deadline that is over", () => {
    const place = sealed();
    place.moveTo(at(deadline));
    expect(outage(place, -1, 4).rejection?.code).toBe("nothing_due");
    const over = sealed();
    accepted(over.by(owner, "cancel_tender", { reason: "over" }));
    expect(outage(over, -1, 4).rejection?.code).toBe("nothing_due");
  });

  test("outdates an amendment that was written before it", () => {
    const place = published();
    accepted(outage(place, -1, 0));
    const changes = { calendar: { submissionsUntil: deadline } };
    expect(place.by(owner, "amend_tender", { expectedVersion: 1, changes, reason: "?" }).rejection).toEqual({
      code: "version_stale",
      actualVersion: 2,
    });
  });
});

describe("the opening of the auction", () => {
  const openings = (answer: TenderAnswer) =>
    accepted(answer).flatMap((event) => (event.type === "lot_scheduled" ? [[event.lotId, event.opensAt]] : []));

  test("stays where the deadline does not reach it", () => {
    const place = admitted(["ada"]);
    const answer = outage(place, -1, 4);
    expect(typesOf(answer)).toEqual(["tender_amended"]);
    expect(calendarOf(place).auctionOpensAt).toBe(dates.auctionOpensAt);
  });

  test("keeps its distance from a deadline that would reach it, with all lots", () => {
    const lots = [lotTerms(), lotTerms()];
    const place = admitted(["ada"], terms({ lots, procedure: { schedule: { mode: "staggered", gapMs: minute } } }));
    const answer = outage(place, -10, 50);
    const opens = later(dates.auctionOpensAt, 110 * minute);
    expect(openings(answer)).toEqual([
      [lotId(1), opens],
      [lotId(2), later(opens, minute)],
    ]);
    expect(calendarOf(place)).toMatchObject({
      submissionsUntil: later(deadline, 110 * minute),
      auctionOpensAt: opens,
    });
    place.moveTo(at(opens));
    expect(place.lotFor("public")).toMatchObject({ phase: "open", opensAt: opens });
  });

  test("moves itself where it is the deadline", () => {
    const calendar = { questionsUntil: null, submissionsUntil: null, auctionOpensAt: deadline };
    const place = admitted(["ada"], terms({ calendar, lots: [lotTerms({ rules: rules({ outage: outageRule(0) }) })] }));
    const opens = later(deadline, 5 * minute);
    expect(openings(outage(place, -1, 2))).toEqual([[lotId(1), opens]]);
    expect(calendarOf(place)).toEqual({ auctionOpensAt: opens });
    expect(tenderEngine.wakeAt(place.state())).toBe(at(opens));
    expect(instantOfMicros(at(opens))).toBe(opens);
  });
});
