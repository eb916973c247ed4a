import type { InstrumentTermsInput, MarketPhase } from "@kontor/protocol";
import { newId } from "@kontor/sdk";
import { wheatTerms } from "@kontor/testkit";
import type { Person } from "./people.ts";
import { act } from "./tenders.ts";

/** A listed instrument with what its tests ask of it again and again. */
export type Market = {
  readonly instrumentId: string;
  readonly operator: Person;
  readonly move: (phase: MarketPhase) => Promise<void>;
};

export type MarketOrder = {
  readonly marketplaceId: string;
  readonly operator: Person;
  readonly terms?: Partial<InstrumentTermsInput>;
  /** `continuous` unless said otherwise. */
  readonly phase?: MarketPhase;
};

/** Drafts, lists and opens. */
export async function openMarket({
  marketplaceId,
  operator,
  terms,
  phase = "continuous",
}: MarketOrder): Promise<Market> {
  const instrumentId = newId();
  const all = wheatTerms(terms);
  await act(operator, { type: "draft_instrument", marketplaceId, instrumentId, terms: all });
  await act(operator, { type: "list_instrument", instrumentId, expectedVersion: 1 });
  const move = async (to: MarketPhase): Promise<void> => {
    await act(operator, { type: "set_phase", instrumentId, phase: to, reason: "As planned." });
  };
  if (phase !== "closed") await move(phase);
  return { instrumentId, operator, move };
}
