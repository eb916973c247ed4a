import type { Actor, Clock } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { Direction } from "@kontor/protocol";
import { BoundedCache } from "../bounded-cache.ts";
import type { Repositories } from "../dependencies.ts";
import type { TradingClient } from "../trading/trading-client.ts";

/** What permissions need to know about a tender. */
export type TenderFacts = { readonly ownerCompanyId: string; readonly direction: Direction };

export type TenderFactsReader = {
  /** Undefined when the read models have not seen the tender (yet). */
  readonly marketplaceOf: (tenderId: string) => Promise<string | undefined>;
  /** Null when the actor may not see the tender, or there is none in his marketplace. */
  readonly visibleTo: (actor: Actor, tenderId: string) => Promise<TenderFacts | null>;
};

type Parts = {
  readonly repositories: Pick<Repositories, "standings" | "tenders">;
  readonly trading: TradingClient;
  readonly clock: Clock;
};

/**
 * Reads facts from the read models and, where they lag, from the trading host, whose views are always up to date.
 * Only what was seen is remembered: a tender that is hidden now may show itself in a moment.
 */
export function createTenderFacts({ repositories, trading, clock }: Parts): TenderFactsReader {
  const nowMs = (): number => clock.now() / 1000;
  const homes = new BoundedCache<string>({ entriesMax: 50_000, ttlMs: 3_600_000, nowMs });
  const facts = new BoundedCache<TenderFacts>({ entriesMax: 50_000, ttlMs: 60_000, nowMs });

  async function fromReadModel(actor: Actor, tenderId: string): Promise<TenderFacts | null> {
    const tender = await repositories.tenders.find(actor, tenderId, clock.now());
    // A draft's direction may change from one moment to the next, so the host is asked.
    if (tender === undefined || tender.phase === "draft") return null;
    return { ownerCompanyId: tender.ownerCompanyId, direction: tender.direction };
  }

  async function fromHost(actor: Actor, tenderId: string): Promise<(TenderFacts & { draft: boolean }) | null> {
    const answer = await trading.view(actor, tenderId, `tender:${tenderId}`);
    if (answer === null || answer.marketplaceId !== actor.marketplaceId) return null;
    const direction = answer.view["direction"] === "sell" ? "sell" : "buy";
    return { ownerCompanyId: answer.ownerCompanyId, direction, draft: answer.view["phase"] === "draft" };
  }

  return {
    async marketplaceOf(tenderId) {
      const home = homes.get(tenderId) ?? (await repositories.standings.marketplaceOfTender(systemActor, tenderId));
      if (home !== undefined) homes.set(tenderId, home);
      return home;
    },

    async visibleTo(actor, tenderId) {
      const key = `${actor.companyId ?? actor.kind} ${actor.marketplaceId ?? ""} ${tenderId}`;
      const known = facts.get(key) ?? (await fromReadModel(actor, tenderId));
      if (known !== null) {
        facts.set(key, known);
        return known;
      }
      const live = await fromHost(actor, tenderId);
      if (live !== null && !live.draft) facts.set(key, live);
      if (live !== null) homes.set(tenderId, actor.marketplaceId ?? "");
      return live;
    },
  };
}
