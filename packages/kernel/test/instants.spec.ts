import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOfMicros, microsOfInstant } from "../src/index.ts";

/** As far as a safe integer of microseconds and four digits of a year reach together. */
const instants = fc.integer({ min: Date.UTC(1, 0, 1) * 1000, max: Date.UTC(2254, 11, 31) * 1000 });

test("an instant that is written is read again, and its milliseconds are those of the platform", () => {
  fc.assert(
    fc.property(instants, (at) => {
      const text = instantOfMicros(at);
      expect(microsOfInstant(text)).toBe(at);
      expect(`${text.slice(0, 23)}Z`).toBe(new Date(Math.floor(at / 1000)).toISOString());
    }),
    { seed: 12, numRuns: 5_000, examples: [[0], [-1], [Date.UTC(2000, 1, 29) * 1000], [Date.UTC(1900, 1, 28) * 1000]] },
  );
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
