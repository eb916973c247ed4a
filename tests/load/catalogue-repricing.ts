import type { Connection } from "@kontor/db";
import { connect } from "@kontor/db";
import { createRepositories } from "@kontor/gateway";
import { createRandom } from "@kontor/testkit";
import { openBenchDatabase } from "./bench-database.ts";
import type { PriceWorld } from "./catalogue-prices-rows.ts";
import { seedPriceWorld } from "./catalogue-prices-rows.ts";
import { percentile, print } from "./figures.ts";
import { fetchByKeys, fillCart, readCartPage, reprice } from "./repricing-steps.ts";

export type Repricing = PriceWorld & { readonly seed: number; readonly carts: number; readonly lines: number };

const aimMs = 10;

/**
 * How long a cart's prices take from the database to rounded amounts, and the whole page of a cart with them; beside it,
 * in the same run and by turns, the least that any way of reading would take.
 */
export async function measureRepricing({ seed, carts, lines, ...world }: Repricing): Promise<void> {
  await using database = await openBenchDatabase();
  const connection = connect(database.url, { max: 4 });
  try {
    const offers = await seedPriceWorld(connection, world);
    const random = createRandom(seed);
    const count = countStatements(connection);
    const measures = { reprice: new Measure(count), page: new Measure(count), bare: new Measure(count) };
    const { carts: cartRepository } = createRepositories(connection.db);
    await fillCart(connection, offers.slice(0, lines));
    // Each connection prepares anew, plans five times with the values and then once for all.
    const warmUp = Math.max(60, Math.ceil(carts / 5));
    for (let cart = 0; cart < warmUp + carts; cart += 1) {
      if (cart === warmUp) for (const measure of Object.values(measures)) measure.begin();
      const wanted = Array.from({ length: lines }, () => ({
        offerId: offers[random.below(offers.length)] ?? "",
        quantity: BigInt(1 + random.below(120)) * 1_000_000n,
      }));
      const offerIds = [...new Set(wanted.map(({ offerId }) => offerId))];
      const rowIds = await measures.reprice.of(() => reprice(connection, wanted));
      await measures.page.of(() => readCartPage(cartRepository, lines));
      await measures.bare.of(() => fetchByKeys(connection, offerIds, rowIds));
    }
    const details = { bench: "reprice", lines, ...world, carts };
    const least = measures.bare.percentile(50);
    for (const [figure, measure] of [
      ["reprice", measures.reprice],
      ["cart page", measures.page],
      ["the same rows by key", measures.bare],
    ] as const) {
      const aim = figure === "reprice" ? { atMost: aimMs } : {};
      const p50 = measure.percentile(50);
      print({ ...details, figure: `${figure} p50`, unit: "ms", value: p50, timesTheLeast: p50 / least });
      print({ ...details, figure: `${figure} p95`, unit: "ms", value: measure.percentile(95), ...aim });
      print({ ...details, figure: `${figure}, processor of this process`, unit: "ms", value: measure.cpuMs() });
      print({ ...details, figure: `${figure}, statements`, unit: "statements", value: measure.statements() });
    }
  } finally {
    await connection.close();
  }
}

/** Times of one piece of work, done again and again. */
class Measure {
  readonly #count: () => number;
  #delays: number[] = [];
  #cpuMicros = 0;
  #statements = 0;

  constructor(count: () => number) {
    this.#count = count;
  }

  /** Forgets what was until now. */
  begin(): void {
    this.#delays = [];
    this.#cpuMicros = 0;
    this.#statements = 0;
  }

  async of<Value>(work: () => Promise<Value>): Promise<Value> {
    const before = this.#count();
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const value = await work();
    this.#delays.push(performance.now() - startedAt);
    const { user, system } = process.cpuUsage(cpu);
    this.#cpuMicros += user + system;
    this.#statements += this.#count() - before;
    return value;
  }

  percentile(percent: number): number {
    return percentile(this.#delays, percent);
  }

  cpuMs(): number {
    return this.#cpuMicros / 1000 / this.#delays.length;
  }

  statements(): number {
    return this.#statements / this.#delays.length;
  }
}

/** How many statements were sent so far; the query builder sends its own this way too. */
function countStatements({ sql }: Connection): () => number {
  let sent = 0;
  const unsafe = sql.unsafe.bind(sql);
  sql.unsafe = ((...asked: Parameters<typeof unsafe>) => {
    sent += 1;
    return unsafe(...asked);
  }) as typeof sql.unsafe;
  return () => sent;
}
