import { setTimeout as wait } from "node:timers/promises";
import type { MakerOptions } from "./market-maker.ts";

export type TakerOptions = Pick<
  MakerOptions,
  "live" | "instrumentId" | "grid" | "stepsMax" | "pauseMs" | "random" | "signal"
>;

/** Orders of one taker for the opening call. */
const openingOrders = 3;
/** One of so many orders is a large one. */
const largeOneIn = 12;

export type OpeningOptions = Pick<TakerOptions, "live" | "instrumentId" | "grid" | "stepsMax" | "random" | "signal"> & {
  /** How far beyond the middle one goes, in ticks. */
  readonly reachTicks: number;
};

/** Sends orders into the opening call on either side, so that there is something to trade. */
export async function joinOpening(options: OpeningOptions): Promise<void> {
  const { live, instrumentId, grid, stepsMax, random, signal, reachTicks } = options;
  for (let sent = 0; sent < openingOrders; sent += 1) {
    const side = (sent % 2 === 0) === random() < 0.5 ? "buy" : "sell";
    const away = Math.round(reachTicks * random()) * (side === "buy" ? 1 : -1);
    const price = grid.price(grid.fairTicks + away);
    const quantity = grid.quantity(1 + Math.floor(random() * stepsMax) * 2);
    await live.commands.submitOrder({ instrumentId, side, price, quantity, tif: "at_open" }, { signal });
  }
}

/** Buys or sells at the market now and then. @throws AbortError when the signal ends it */
export async function runTaker(options: TakerOptions): Promise<void> {
  const { live, instrumentId, grid, stepsMax, pauseMs, random, signal } = options;
  for (;;) {
    await wait(pauseMs.min + (pauseMs.max - pauseMs.min) * random(), undefined, { signal });
    const steps = 1 + Math.floor(random() * stepsMax) * (random() * largeOneIn < 1 ? 3 : 1);
    const side = random() < 0.5 ? "buy" : "sell";
    const quantity = grid.quantity(steps);
    // Refusals are part of a market: a call runs, or money is short.
    await live.commands.submitOrder({ instrumentId, side, kind: "market", tif: "ioc", quantity }, { signal });
  }
}
