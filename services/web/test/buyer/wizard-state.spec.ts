import { problemOf, procedurePresets } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { followsPreset, inCurrency, underProcedure, withChangedLot, withLot } from "../../src/buyer/draft-terms.ts";
import {
  calendarProblems,
  faultsOfAnswer,
  shapeProblems,
  standingFaults,
  standingsOf,
  stepOf,
  wishesOf,
} from "../../src/buyer/wizard-state.ts";
import { draftUnder, nowMs, presetOf } from "./drafts.ts";

describe("a draft from a procedure", () => {
  const names = Object.keys(procedurePresets) as (keyof typeof procedurePresets)[];

  test.each(names)("%s can be saved at once and follows it", (name) => {
    const terms = draftUnder(name);
    expect(shapeProblems(terms)).toEqual([]);
    expect(followsPreset(terms, presetOf(name))).toBe(true);
  });

  test("keeps its prices under another procedure", () => {
    const terms = draftUnder("electronic_auction");
    const priced = withChangedLot(terms, 0, {
      estimatedValue: "1000",
      rules: { ...lotOf(terms).rules, startPrice: "9" },
    });
    const sealed = underProcedure(priced, presetOf("open_tender"));
    expect(lotOf(sealed)).toMatchObject({ estimatedValue: "1000", rules: { format: "sealed", startPrice: "9" } });
    expect(followsPreset(sealed, presetOf("electronic_auction"))).toBe(false);
  });

  test("has one currency in all its lots", () => {
    const terms = inCurrency(withLot(draftUnder("open_tender")), "USD");
    expect([terms.currency, ...terms.lots.map(({ rules }) => rules.currency)]).toEqual(["USD", "USD", "USD"]);
  });
});

describe("problems", () => {
  test("of a new lot are what must be written, each in its step", () => {
    const problems = shapeProblems(withLot(draftUnder("open_tender")));
    expect(problems).toEqual([
      { pointer: "/lots/1/title", rule: "required" },
      { pointer: "/lots/1/quantity/value", rule: "required" },
    ]);
    expect(problems.map(({ pointer }) => stepOf(pointer))).toEqual(["lots", "lots"]);
  });

  test.each([
    ["/title", "need"],
    ["/lots/0/quantity/unit", "lots"],
    ["/lots/0/rules/startPrice", "lots"],
    ["/lots/0/rules/stepMin/percent", "rules"],
    ["/lots/0/rules/format", "procedure"],
    ["/procedure/singleBidder", "procedure"],
    ["/procedure/admission/mode", "suppliers"],
    ["/calendar/submissionsUntil", "time"],
  ] as const)("at %s belong to the step %s", (pointer, step) => {
    expect(stepOf(pointer)).toBe(step);
  });

  test("of dates are told before the server is asked", () => {
    const terms = draftUnder("open_tender_with_auction");
    expect(calendarProblems(terms, nowMs)).toEqual([]);
    const calendar = { questionsUntil: "2027-01-01T00:00:00Z", submissionsUntil: null, auctionOpensAt: null };
    expect(calendarProblems({ ...terms, calendar }, nowMs)).toEqual([
      { pointer: "/calendar/questionsUntil", rule: "date_past" },
      { pointer: "/calendar/submissionsUntil", rule: "date_missing" },
      { pointer: "/calendar/auctionOpensAt", rule: "date_missing" },
    ]);
    const turned = { ...terms.calendar, submissionsUntil: "2027-02-02T00:00:00Z" };
    expect(calendarProblems({ ...terms, calendar: turned }, nowMs)).toEqual([
      { pointer: "/calendar/submissionsUntil", rule: "date_order" },
    ]);
  });

  test("that the server named stand until their place is changed", () => {
    const terms = draftUnder("electronic_auction");
    const faults = [
      { pointer: "/lots/0/rules/durationMs", rule: "positive" },
      { pointer: "/calendar/auctionOpensAt", rule: "date_too_far" },
    ];
    const said = faultsOfAnswer(problemOf("terms_incomplete", { ...faults[0], faults }));
    expect(said).toEqual(faults);
    const changed = { ...terms, calendar: { ...terms.calendar, auctionOpensAt: "2027-03-01T00:00:00Z" } };
    expect(standingFaults(said, terms, changed)).toEqual([faults[0]]);
    expect(faultsOfAnswer(problemOf("version_stale", { faults }))).toEqual([]);
  });
});

describe("the rail", () => {
  test("shows what is done, what wants work and what stands in the way", () => {
    const terms = { ...draftUnder("request_for_quotations"), title: "" };
    const standings = standingsOf(shapeProblems(terms), wishesOf(terms, 0));
    expect(standings).toMatchObject({ need: "blocked", lots: "done", suppliers: "needs_work", check: "blocked" });
    const written = { ...terms, title: "Copper", description: "Grade A" };
    const wishes = wishesOf(written, 2);
    expect(wishes).toEqual([]);
    expect(standingsOf([], wishes)).toMatchObject({ need: "done", suppliers: "done", check: "open" });
  });

  test("asks for start prices where there is an auction", () => {
    expect(wishesOf(draftUnder("electronic_auction"), 0).map(({ name }) => name)).toContain("start_price");
    expect(wishesOf(draftUnder("open_tender"), 0).map(({ name }) => name)).not.toContain("start_price");
  });
});

function lotOf(terms: ReturnType<typeof draftUnder>) {
  const [lot] = terms.lots;
  if (lot === undefined) throw new Error("a draft has a lot");
  return lot;
}
