import type { InstrumentTerms, MarketPhase } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { instruments } from "../schema/read-models-market.ts";
import { available, tradingIn } from "./clearing-accounts.ts";

/** What clearing needs to know of an instrument. */
export type ClearedInstrument = {
  readonly instrumentId: string;
  readonly marketplaceId: string;
  readonly state: "draft" | "listed" | "delisted";
  readonly phase: MarketPhase;
  readonly title: string;
  readonly terms: InstrumentTerms;
};

/** A moment behind its shard; what trades and is settled was listed, and then its terms are fixed. */
export async function clearedInstrument(db: Database, instrumentId: string): Promise<ClearedInstrument | undefined> {
  const [row] = await db.select().from(instruments).where(eq(instruments.id, instrumentId));
  if (row === undefined) return undefined;
  const { id, marketplaceId, state, phase, title, terms } = row;
  return { instrumentId: id, marketplaceId, state, phase, title, terms };
}

/** The purpose of the accounts from which the instrument's trades are delivered and paid. */
export function tradingPurpose({ instrumentId, terms }: Pick<ClearedInstrument, "instrumentId" | "terms">): string {
  return terms.holds === "none" ? available : tradingIn(instrumentId);
}
