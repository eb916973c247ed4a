import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOfMicros, lastInstant, laterBy, limits, microsOfInstant, microsOfWritten } from "../src/index.ts";

const instants = fc.integer({ min: 0, max: lastInstant });
/** As far as a safe integer of microseconds and four digits of a year reach together. */
const written = fc.integer({ min: Date.UTC(1, 0, 1) * 1000, max: Date.UTC(2254, 11, 31) * 1000 });

test("an instant that is written is read again, and its milliseconds are those of the platform", () => {
  fc.assert(
    fc.property(instants, (at) => {
      const text = instantOfMicros(at);
      expect(microsOfInstant(text)).toBe(at);
      expect(`${text.slice(0, 23)}Z`).toBe(new Date(Math.floor(at / 1000)).toISOString());
    }),
    { seed: 12, numRuns: 5_000, examples: [[0], [lastInstant], [Date.UTC(2000, 1, 29) * 1000]] },
  );
});

test("instants lie in the years of the limits, and nothing outside them is read", () => {
  const { instantYearMin, instantYearMax } = limits;
  expect(instantOfMicros(0)).toBe(`${instantYearMin}-01-01T00:00:00.000000Z`);
  expect(instantOfMicros(lastInstant)).toBe(`${instantYearMax}-12-31T23:59:59.999999Z`);
  expect(microsOfInstant(`${instantYearMax}-12-31T23:59:59.999999Z`)).toBe(lastInstant);
  for (let year = 0; year <= 9999; year++) {
    const text = `${String(year).padStart(4, "0")}-06-01T00:00:00Z`;
    const isOne = year >= instantYearMin && year <= instantYearMax;
    expect([text, microsOfInstant(text) !== null]).toEqual([text, isOne]);
  }
});

test("what a database wrote in another zone may lie outside, and is read all the same", () => {
  fc.assert(
    fc.property(written, (at) => {
      expect(microsOfWritten(instantOfMicros(at))).toBe(at);
    }),
    { seed: 13, numRuns: 5_000, examples: [[-1], [lastInstant + 1], [Date.UTC(1900, 1, 28) * 1000]] },
  );
});

test("nothing is later than the last instant", () => {
  expect(laterBy(5, 2)).toBe(2_005);
  expect(laterBy(lastInstant - 2_000, 1)).toBe(lastInstant - 1_000);
  expect(laterBy(lastInstant - 999, 1)).toBe(lastInstant);
  expect(laterBy(lastInstant, 31_622_400_000)).toBe(lastInstant);
});

test.each([
  ["2031-03-03T08:00:00Z", Date.UTC(2031, 2, 3, 8) * 1000],
  ["2031-03-03T08:00:00.5Z", Date.UTC(2031, 2, 3, 8) * 1000 + 500_000],
  ["2031-03-03T08:00:00.000001Z", Date.UTC(2031, 2, 3, 8) * 1000 + 1],
  ["2032-02-29T00:00:00Z", Date.UTC(2032, 1, 29) * 1000],
])("%s is read", (text, at) => {
  expect(microsOfInstant(text)).toBe(at);
});

test.each([
  "0000-01-01T00:00:00Z",
  "1969-12-31T23:59:59.999999Z",
  "2200-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "2031-02-29T00:00:00Z",
  "2100-02-29T00:00:00Z",
  "2031-13-01T00:00:00Z",
  "2031-00-01T00:00:00Z",
  "2031-04-31T00:00:00Z",
  "2031-01-01T24:00:00Z",
  "2031-01-01T23:60:00Z",
  "2031-01-01T23:59:60Z",
  "2031-01-01T00:00:00+00:00",
  "2031-01-01T00:00:00",
  "2031-01-01T00:00:00.1234567Z",
  "2031-01-01 00:00:00Z",
  " 2031-01-01T00:00:00Z",
  "",
])("%s is none", (text) => {
  expect(microsOfInstant(text)).toBeNull();
});
