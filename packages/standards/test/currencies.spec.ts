import { expect, test } from "vitest";
import { currenciesByCode, currencyOf, isCurrencyInForce } from "../src/index.ts";

test.each([
  ["EUR", 2],
  ["JPY", 0],
  ["KWD", 3],
  ["CLF", 4],
  ["ISK", 0],
  ["XAU", null],
  ["XXX", null],
  ["ITL", 0],
  ["DEM", 2],
])("%s has %s decimals", (code, decimals) => {
  expect(currencyOf(code)?.decimals).toBe(decimals);
});

test("a withdrawn currency says since when, and is in force until then", () => {
  expect(currencyOf("HRK")).toEqual({ code: "HRK", number: "191", name: "Kuna", decimals: 2, withdrawn: "2023-01" });
  expect(isCurrencyInForce("HRK", "2022-12-31")).toBe(true);
  expect(isCurrencyInForce("HRK", "2023-01-01")).toBe(false);
  expect(isCurrencyInForce("BYR", "2016-12-31")).toBe(true);
  expect(isCurrencyInForce("BYR", "2017-06-01")).toBe(false);
});

test("nobody pays in what is no money, or in what is not listed", () => {
  expect(isCurrencyInForce("EUR", "2026-01-01")).toBe(true);
  expect(isCurrencyInForce("XAU", "2026-01-01")).toBe(false);
  expect(isCurrencyInForce("eur", "2026-01-01")).toBe(false);
  expect(currencyOf("constructor")).toBeNull();
});

test("a code that one country gave up and others keep is in force", () => {
  expect(currencyOf("EUR")?.withdrawn).toBeNull();
  expect(currencyOf("IDR")?.withdrawn).toBeNull();
});

test("every code has three capitals, and every one in force a number", () => {
  const all = [...currenciesByCode().values()];
  expect(all.filter(({ code }) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  expect(all.filter(({ number, withdrawn }) => withdrawn === null && !/^\d{3}$/.test(number))).toEqual([]);
});
