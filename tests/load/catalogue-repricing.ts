import { connect, readPriceFacts } from "@kontor/db";
import { pricedLines } from "@kontor/gateway";
import { createRandom } from "../chaos/random.ts";
import { openBenchDatabase } from "./bench-database.ts";
import type { PriceWorld } from "./catalogue-prices-rows.ts";
import { buyerId, marketplaceId, seedPriceWorld } from "./catalogue-prices-rows.ts";
import { percentile, print } from "./figures.ts";

export type Repricing = PriceWorld & { readonly seed: number; readonly carts: number; readonly lines: number };

/** A cart's prices from the database to rounded amounts, as a page of the cart needs them. The aim for 50 lines is 10 ms. */
export async function measureRepricing({ seed, carts, lines, ...world }: Repricing): Promise<void> {
  await using database = await openBenchDatabase();
  const connection = connect(database.url, { max: 4 });
  try {
    const offers = await seedPriceWorld(connection, world);
    const random = createRandom(seed);
    const delays: number[] = [];
    let priced = 0;
    const warmUp = Math.ceil(carts / 5);
    for (let cart = 0; cart < warmUp + carts; cart += 1) {
      const wanted = Array.from({ length: lines }, () => ({
        offerId: offers[random.below(offers.length)] ?? "",
        quantity: BigInt(1 + random.below(120)) * 1_000_000n,
      }));
      const offerIds = [...new Set(wanted.map(({ offerId }) => offerId))];
      const now = Date.now() * 1_000;
      const buyer = { companyId: buyerId, divisionId: null };
      const startedAt = performance.now();
      const facts = await readPriceFacts(connection.db, {
        marketplaceId,
        buyer,
        channelId: null,
        offerIds,
        at: now,
        now,
      });
      if (facts === undefined) throw new Error("there is no such marketplace");
      const answers = pricedLines(facts, { lines: wanted, at: now, purpose: "cart" });
      const took = performance.now() - startedAt;
      if (cart < warmUp) continue;
      delays.push(took);
      priced += answers.filter(({ resolution }) => resolution.outcome === "priced").length;
    }
    if (priced !== carts * lines) throw new Error(`${priced} of ${carts * lines} lines have a price`);
    const details = { bench: "catalog", unit: "ms", lines, ...world, carts };
    print({ ...details, figure: "reprice p50", value: percentile(delays, 50) });
    print({ ...details, figure: "reprice p95", value: percentile(delays, 95), atMost: 10 });
  } finally {
    await connection.close();
  }
}
