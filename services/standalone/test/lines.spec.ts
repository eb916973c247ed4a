import { expect, test } from "vitest";
import { countdown, eventLine, grouped } from "../src/lot/lines.ts";

test.each([
  ["0.05", "0.05"],
  ["999", "999"],
  ["9155.00", "9,155.00"],
  ["1234567.8901", "1,234,567.8901"],
])("%s is written %s", (amount, text) => {
  expect(grouped(amount)).toBe(text);
});

test.each([
  [-5, "0:00"],
  [1, "0:01"],
  [68_000, "1:08"],
  [7_380_000, "2:03:00"],
])("%i ms are written %s", (ms, text) => {
  expect(countdown(ms)).toBe(text);
});

test("columns keep their place, names to the left and amounts to the right", () => {
  const short = eventLine("12:00:00", "bid", ["Ada", 8], ["9.00 EUR", -12], ["1:00", 0]);
  const long = eventLine("12:00:00", "extended", ["Bertrand", 8], ["1,009.00 EUR", -12], ["1:00", 0]);
  expect(short).toBe("12:00:00  bid        Ada           9.00 EUR  1:00");
  expect(short.indexOf("1:00")).toBe(long.indexOf("1:00"));
});
