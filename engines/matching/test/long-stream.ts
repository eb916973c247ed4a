import { createRandom } from "@kontor/testkit";
import type { Command } from "../src/commands.ts";
import type { CommandStream } from "./command-stream.ts";

/** How many trades back a book knows. */
const kept = 65_536;
const trades = kept + 400;

/** Commands of the stream until it repeats itself: two for each trade, then busts and corrections of new and old ones. */
export const longStreamLength = 2 * trades + 1_200;

/** More trades than a book keeps, then busts and corrections on both sides of where it forgets. */
export function createLongStream(seed: number): CommandStream {
  const random = createRandom(seed);
  let commands = 0;
  let price = 100;
  const next = (): Command => {
    commands += 1;
    const at = commands;
    if (commands <= 2 * trades) {
      const side = commands % 2 === 1 ? "sell" : "buy";
      if (side === "sell") price = random.between(90, 110);
      return { at, type: "new", order: commands, account: commands, side, kind: "limit", price, quantity: 1 };
    }
    const trade = random.chance(50) ? trades - random.below(40) : trades - kept + random.between(-100, 500);
    if (random.chance(60)) return { at, type: "bust", trade };
    return { at, type: "correct", trade, price: random.between(90, 110) };
  };
  return { config: { minPrice: 1, maxPrice: 200, tickValue: 1, maxQuantity: 10 }, next };
}
