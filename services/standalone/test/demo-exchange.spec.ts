import { InstrumentTerms } from "@kontor/protocol";
import { expect, test } from "vitest";
import { demoCompanies } from "../src/demo/companies.ts";
import { demoInstruments } from "../src/demo/exchange/demo-instruments.ts";
import { Grid, quotesAround, Wandering } from "../src/demo/exchange/quoting.ts";

/** Draws that repeat. */
const drawsOf = (...values: readonly number[]) => {
  let at = 0;
  return (): number => values[at++ % values.length] ?? 0;
};

test.each(demoInstruments)("the terms of $name fit the protocol, and who trades it may buy and sell", (instrument) => {
  expect(InstrumentTerms.safeParse(instrument.terms).error?.issues ?? []).toEqual([]);
  const mayTrade = new Set(demoCompanies.filter(({ side }) => side === "both").map(({ key }) => key));
  for (const key of [...instrument.makers, ...instrument.takers]) expect(mayTrade).toContain(key);
});

test.each(demoInstruments)("goods of $name are whole quantity steps", ({ goods, terms }) => {
  const hundredths = (text: string): number => Math.round(Number(text) * 100);
  expect(hundredths(goods) % hundredths(terms.quantityStep)).toBe(0);
});

test.each(demoInstruments)("quotes of $name are whole ticks and steps on both sides of the middle", (instrument) => {
  const { spreadTicks, stepsMax, terms, fair } = instrument;
  const random = drawsOf(0.1, 0.9, 0.5);
  const grid = new Grid(instrument);
  expect(Number(grid.price(grid.fairTicks))).toBe(Number(fair));
  const quotes = quotesAround({ grid, middle: grid.fairTicks, spreadTicks, stepsMax, random });
  for (const { side, price, quantity } of quotes) {
    expect(side === "buy" ? Number(price) < Number(fair) : Number(price) > Number(fair)).toBe(true);
    expect(Number.isInteger(Number(price) / Number(terms.tickSize))).toBe(true);
    expect(Number(quantity) % Number(terms.quantityStep)).toBe(0);
    expect(Number(quantity)).toBeGreaterThan(0);
  }
  expect(quotes.filter(({ side }) => side === "buy")).toHaveLength(quotes.length / 2);
});

test("a market that wandered off comes back to its fair price", () => {
  const still = new Wandering({ fairTicks: 100, stride: 10, random: () => 0.5 });
  still.move();
  expect(still.middle).toBe(100);
  const pushed = new Wandering({ fairTicks: 100, stride: 10, random: drawsOf(1, 1, 1, 0.5, 0.5, 0.5) });
  pushed.move();
  expect(pushed.middle).toBe(115);
  pushed.move();
  expect(pushed.middle).toBeLessThan(115);
  expect(pushed.middle).toBeGreaterThan(100);
});
