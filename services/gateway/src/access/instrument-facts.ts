import type { Actor, Clock } from "@kontor/kernel";
import { BoundedCache } from "../bounded-cache.ts";
import type { TradingClient } from "../trading/trading-client.ts";

/** What permissions need to know about an instrument. */
export type InstrumentFactsReader = {
  /** The marketplace of an instrument that everybody there sees; undefined while that is not known. */
  readonly knownHomeOf: (instrumentId: string) => string | undefined;
  readonly isVisibleTo: (actor: Actor, instrumentId: string) => Promise<boolean>;
};

type Parts = { readonly trading: Pick<TradingClient, "viewOnce">; readonly clock: Clock };

/** Asks the trading host and remembers what cannot change any more: a listed instrument stays where it is. */
export function createInstrumentFacts({ trading, clock }: Parts): InstrumentFactsReader {
  const homes = new BoundedCache<string>({ entriesMax: 50_000, ttlMs: 3_600_000, nowMs: () => clock.now() / 1000 });
  return {
    knownHomeOf: (instrumentId) => homes.get(instrumentId),

    async isVisibleTo(actor, instrumentId) {
      if (homes.get(instrumentId) === actor.marketplaceId) return true;
      const answer = await trading.viewOnce(actor, instrumentId, `status:${instrumentId}`);
      if (answer === null || answer.marketplaceId !== actor.marketplaceId) return false;
      if (answer.view["state"] !== "draft") homes.set(instrumentId, answer.marketplaceId);
      return true;
    },
  };
}
