import type { Random } from "@kontor/testkit";
import type { Bands } from "../src/commands.ts";
import type { BookConfig, Fees } from "../src/config.ts";

/** Prices of random books lie around this. */
export const middle = 100;

/** The rules of a small book, each feature on in some of them. */
export function randomConfig(random: Random): BookConfig {
  return {
    minPrice: random.pick([80, 85, 60]),
    maxPrice: random.pick([120, 115, 140]),
    tickValue: random.pick([1, 1, 7]),
    maxQuantity: random.pick([40, 100, 1_000]),
    ...stepsOf(random),
    ...startOf(random),
    ...tradingOf(random),
    ...guardsOf(random),
    ...callOf(random),
    ...(random.chance(40) ? { fees: feesOf(random) } : {}),
    ...(random.chance(6) ? { requiresAllocation: true } : {}),
  };
}

function stepsOf(random: Random): Partial<BookConfig> {
  const steps = random.pick([
    [{ from: 1, step: 2 }],
    [
      { from: 1, step: 1 },
      { from: 100, step: 2 },
    ],
    [
      { from: 1, step: 1 },
      { from: 98, step: 5 },
      { from: 110, step: 10 },
    ],
  ]);
  const quantityStep = random.pick([2, 3]);
  return {
    ...(random.chance(25) ? { priceSteps: steps } : {}),
    ...(random.chance(15) ? { quantityStep } : {}),
    ...(random.chance(15) ? { minQuantity: quantityStep } : {}),
    ...(random.chance(15) ? { minDisplay: quantityStep } : {}),
  };
}

function startOf(random: Random): Partial<BookConfig> {
  const near = (): number => random.between(middle - 4, middle + 4);
  return {
    ...(random.chance(60) ? { last: near() } : {}),
    ...(random.chance(70) ? { reference: near() } : {}),
    ...(random.chance(20) ? { phase: random.pick(["pre_open", "auction", "halt"]) } : {}),
  };
}

function tradingOf(random: Random): Partial<BookConfig> {
  const modes = ["none", "cancel_newest", "cancel_oldest", "cancel_both", "decrement", "transfer"] as const;
  return {
    ...(random.chance(60) ? { selfTrade: random.pick(modes) } : {}),
    ...(random.chance(35) ? { marketProtection: random.between(0, 4) } : {}),
    ...(random.chance(30) ? { stopAtEntry: random.pick(["fire", "reject"]) } : {}),
    ...(random.chance(50) ? { outsideBand: random.pick(["park", "cancel"]) } : {}),
  };
}

function guardsOf(random: Random): Partial<BookConfig> {
  const breaker = (bps: number): { bps: number; pauseMicros: number } => ({ bps, pauseMicros: bps * 1_000 });
  return {
    ...(random.chance(12) ? { maxValue: random.pick([1_000, 1_500, 10_000]) } : {}),
    ...(random.chance(40) ? { bands: randomBands(random) } : {}),
    ...(random.chance(20) ? { breakers: [breaker(random.pick([300, 600])), breaker(1_000)] } : {}),
  };
}

function callOf(random: Random): Partial<BookConfig> {
  return {
    ...(random.chance(25) ? { auctionCollar: random.between(1, 5) } : {}),
    ...(random.chance(20) ? { maxExtensions: random.between(0, 3) } : {}),
    ...(random.chance(20) ? { wideCollar: random.between(4, 10) } : {}),
    ...(random.chance(25) ? { marketOrderExtension: true } : {}),
    ...(random.chance(25) ? { pressureBoundBps: random.pick([0, 100, 300]) } : {}),
    ...(random.chance(20) ? { callLimits: { orders: random.between(2, 6), quantity: random.between(10, 60) } } : {}),
  };
}

/** Any of the three bands, or none. */
export function randomBands(random: Random): Bands {
  const around = (least: number): { up: number; down: number } => ({
    up: random.between(least, least + 6),
    down: random.between(least, least + 6),
  });
  return {
    ...(random.chance(50)
      ? { entry: { low: middle - random.between(3, 18), high: middle + random.between(3, 18) } }
      : {}),
    ...(random.chance(40) ? { dynamic: around(1) } : {}),
    ...(random.chance(40) ? { static: around(3) } : {}),
  };
}

function feesOf(random: Random): Fees {
  return {
    makerBps: random.pick([-25, 0, 10, 100]),
    takerBps: random.pick([-10, 0, 30, 250]),
    auctionBps: random.pick([-5, 0, 15, 150]),
    minimum: random.pick([0, 0, 1, 5]),
  };
}
