import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SeenPrice } from "../../src/orders/freeze-line.ts";
import { needsPriceConsent } from "../../src/standing/price-consent.ts";
import type { StandingDate, StandingSchedule } from "../../src/standing/standing-dates.ts";
import { standingDates } from "../../src/standing/standing-dates.ts";
import { naiveOrderDays } from "./naive-dates.ts";

const plan = (rule: Partial<StandingSchedule["rule"]>, more: Partial<StandingSchedule> = {}): StandingSchedule => ({
  rule: { every: 1, unit: "month", on: null, shift: "none", ...rule },
  startOn: "2026-01-31",
  endOn: null,
  count: null,
  holidays: new Set(),
  ...more,
});
const daysOf = (schedule: StandingSchedule, limit = 5) =>
  standingDates(schedule, null, limit).map(({ orderOn }) => orderOn);

describe("dates of a standing order", () => {
  test("the 31st is the last day of a shorter month, and the 31st again after it", () => {
    expect(daysOf(plan({}))).toEqual(["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    expect(daysOf(plan({ every: 12 }, { startOn: "2024-02-29" }))).toEqual([
      "2024-02-29",
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  test("a day of the month that is over when it starts is next month's", () => {
    expect(daysOf(plan({ on: 10, every: 3 }, { startOn: "2026-01-11" }), 2)).toEqual(["2026-02-10", "2026-05-10"]);
    expect(daysOf(plan({ on: 11, every: 3 }, { startOn: "2026-01-11" }), 2)).toEqual(["2026-01-11", "2026-04-11"]);
  });

  test("every second week on Friday, from the first Friday on", () => {
    const fridays = plan({ unit: "week", every: 2, on: 5 }, { startOn: "2026-10-19" });
    expect(daysOf(fridays, 3)).toEqual(["2026-10-23", "2026-11-06", "2026-11-20"]);
  });

  test("what is no business day is put off, brought forward, or kept in its month", () => {
    // Saturday, 31 October; the Monday after it is a holiday.
    const monthEnd = (shift: StandingSchedule["rule"]["shift"]) =>
      daysOf(plan({ shift }, { startOn: "2026-10-31", holidays: new Set(["2026-11-02"]) }), 1);
    expect(monthEnd("none")).toEqual(["2026-10-31"]);
    expect(monthEnd("following")).toEqual(["2026-11-03"]);
    // The Friday before it would be before the start.
    expect(monthEnd("modified_following")).toEqual(["2026-11-30"]);
    expect(monthEnd("preceding")).toEqual(["2026-11-30"]);
    const later = plan({ on: 31, shift: "modified_following" }, { startOn: "2026-09-30" });
    expect(daysOf(later, 2)).toEqual(["2026-09-30", "2026-10-30"]);
  });

  test("days that are put off to one business day are one date, and count once", () => {
    const daily = plan({ unit: "day", shift: "following" }, { startOn: "2026-10-23", count: 3 });
    expect(standingDates(daily, null, 10)).toEqual([
      { step: 0, no: 1, date: "2026-10-23", orderOn: "2026-10-23" },
      { step: 1, no: 2, date: "2026-10-24", orderOn: "2026-10-26" },
      { step: 4, no: 3, date: "2026-10-27", orderOn: "2026-10-27" },
    ]);
  });

  test("nothing is ordered after the last day", () => {
    expect(daysOf(plan({ shift: "following" }, { startOn: "2026-10-01", endOn: "2026-11-30", count: 9 }))).toEqual([
      "2026-10-01",
      "2026-11-02",
    ]);
  });
});

const day = fc
  .integer({ min: 0, max: 1_200 })
  .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
const rules = fc.oneof(
  fc.record({ unit: fc.constant("day" as const), every: fc.integer({ min: 1, max: 40 }), on: fc.constant(null) }),
  fc.record({
    unit: fc.constant("week" as const),
    every: fc.integer({ min: 1, max: 5 }),
    on: fc.option(fc.integer({ min: 1, max: 7 })),
  }),
  fc.record({
    unit: fc.constant("month" as const),
    every: fc.integer({ min: 1, max: 7 }),
    on: fc.option(fc.integer({ min: 1, max: 31 })),
  }),
);
const schedules = fc
  .record({
    rule: rules,
    shift: fc.constantFrom("none", "following", "preceding", "modified_following"),
    startOn: day,
    ahead: fc.option(fc.integer({ min: 0, max: 500 })),
    count: fc.option(fc.integer({ min: 1, max: 20 })),
    holidays: fc.array(day, { maxLength: 60 }),
  })
  .map(({ rule, shift, startOn, ahead, count, holidays }): StandingSchedule => {
    const end = ahead === null ? null : new Date(Date.parse(startOn) + ahead * 86_400_000).toISOString().slice(0, 10);
    return { rule: { ...rule, shift }, startOn, endOn: end, count, holidays: new Set(holidays) };
  });

describe("properties", () => {
  test("the days are those of the naive twin, whatever the rule", () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(daysOf(schedule, 12)).toEqual(naiveOrderDays(schedule, 12));
      }),
      { numRuns: 3_000, seed: 20_261_122 },
    );
  });

  test("asked for piece by piece it is the same, with numbers without gap and days that rise", () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 1, max: 4 }), (schedule, piece) => {
        const whole = standingDates(schedule, null, 12);
        const pieces: StandingDate[] = [];
        for (let next = standingDates(schedule, null, piece); next.length > 0 && pieces.length < 12; ) {
          pieces.push(...next);
          next = standingDates(schedule, pieces.at(-1) ?? null, piece);
        }
        expect(pieces.slice(0, 12)).toEqual(whole);
        expect(whole.map(({ no }) => no)).toEqual(whole.map((_, index) => index + 1));
        const days = whole.map(({ orderOn }) => orderOn);
        expect(days).toEqual([...new Set(days)].toSorted());
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });
});

const price = (unitPrice: bigint, more: Partial<SeenPrice> = {}): SeenPrice => ({
  unitPrice,
  currency: "EUR",
  priceMode: "net",
  basis: { priceBaseQuantity: 1_000_000n, unit: "C62", ratio: { num: 1n, den: 1n } },
  ...more,
});

describe("consent to a price", () => {
  test("the same or less needs none; more does, but for the tolerance to the last digit", () => {
    expect(needsPriceConsent(price(10_000_000n), price(10_000_000n), 0n)).toBe(false);
    expect(needsPriceConsent(price(10_000_000n), price(9_000_000n), 0n)).toBe(false);
    expect(needsPriceConsent(price(10_000_000n), price(10_000_001n), 0n)).toBe(true);
    const twoPercent = 20_000n;
    expect(needsPriceConsent(price(10_000_000n), price(10_200_000n), twoPercent)).toBe(false);
    expect(needsPriceConsent(price(10_000_000n), price(10_200_001n), twoPercent)).toBe(true);
  });

  test("what counts is an ordered unit, however the price is put", () => {
    const perHundred = { priceBaseQuantity: 100_000_000n, unit: "C62", ratio: { num: 1n, den: 1n } };
    expect(needsPriceConsent(price(10_000_000n), price(1_000_000_000n, { basis: perHundred }), 0n)).toBe(false);
    expect(needsPriceConsent(price(10_000_000n), price(1_000_000_001n, { basis: perHundred }), 0n)).toBe(true);
    const perBox = { priceBaseQuantity: 1_000_000n, unit: "XBX", ratio: { num: 1n, den: 12n } };
    expect(needsPriceConsent(price(10_000_000n), price(120_000_000n, { basis: perBox }), 0n)).toBe(false);
  });

  test("another currency, and gross instead of net, are asked for", () => {
    expect(needsPriceConsent(price(10n), price(1n, { currency: "USD" }), 0n)).toBe(true);
    expect(needsPriceConsent(price(10n), price(1n, { priceMode: "gross" }), 0n)).toBe(true);
  });

  test("whoever consents to a price consents to all below it", () => {
    const any = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(any, any, any, (agreed, now, less) => {
        const [low, high] = less < now ? [less, now] : [now, less];
        if (!needsPriceConsent(price(agreed), price(high), 0n)) {
          expect(needsPriceConsent(price(agreed), price(low), 0n)).toBe(false);
        }
        expect(needsPriceConsent(price(agreed), price(now), 0n)).toBe(now > agreed);
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
  });
});
