import { setTimeout as wait } from "node:timers/promises";
import type { LiveClient } from "@kontor/sdk";
import type { Grid, Quote, Wandering } from "./quoting.ts";
import { quotesAround } from "./quoting.ts";

export type MakerOptions = {
  readonly live: LiveClient;
  readonly instrumentId: string;
  /** Names the connection whose end takes the quotes away. */
  readonly session: number;
  readonly grid: Grid;
  readonly wandering: Wandering;
  readonly spreadTicks: number;
  readonly stepsMax: number;
  readonly pauseMs: { readonly min: number; readonly max: number };
  readonly random: () => number;
  readonly signal: AbortSignal;
};

/** A quote as it stands in the book. */
type Standing = { readonly orderId: string; readonly price: string };

/**
 * Keeps quotes on both sides of a market that wanders, like any member with a connection of his own. What was traded is
 * quoted anew; a refusal leaves the place empty until the next round.
 *
 * @throws AbortError when the signal ends it
 */
export async function runMarketMaker(options: MakerOptions): Promise<void> {
  const { live, instrumentId, pauseMs, random, signal } = options;
  const standing: (Standing | null)[] = [];
  await live.commands.cancelOrders({ instrumentId });
  for (;;) {
    const { grid, wandering, spreadTicks, stepsMax } = options;
    const quotes = quotesAround({ grid, middle: wandering.middle, spreadTicks, stepsMax, random });
    for (const [place, quote] of quotes.entries()) {
      signal.throwIfAborted();
      standing[place] = await quoted(options, standing[place] ?? null, quote);
    }
    await wait(pauseMs.min + (pauseMs.max - pauseMs.min) * random(), undefined, { signal });
  }
}

/** The quote in its place afterwards; null when nothing of it is left in the book. */
async function quoted(options: MakerOptions, before: Standing | null, quote: Quote): Promise<Standing | null> {
  const { live, instrumentId, session, signal } = options;
  const { side, price, quantity } = quote;
  if (before?.price === price) return before;
  const outcome =
    before === null
      ? await live.commands.submitOrder(
          { instrumentId, side, price, quantity, session, cancelOnDisconnect: true },
          { signal },
        )
      : await live.commands.replaceOrder({ instrumentId, orderId: before.orderId, price, quantity }, { signal });
  if (!outcome.ok) return null;
  const { orderId, fills = [], cancelled } = outcome.receipt.result as OrderResult;
  const last = fills.at(-1);
  const isGone = cancelled !== undefined || (last !== undefined && Number(last.leaves) === 0);
  return isGone ? null : { orderId, price };
}

/** What the receipt of an order tells. */
type OrderResult = {
  readonly orderId: string;
  readonly fills?: readonly { readonly leaves: string }[];
  readonly cancelled?: object;
};
