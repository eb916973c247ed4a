import type { LotPhase, LotSummary } from "@kontor/protocol";
import type { lots } from "../schema/read-models-lots.ts";
import { aliasOf } from "./alias.ts";
import { instantOf, present } from "./record-members.ts";

/** A lot's row with what its reader may see of it. */
export type SeenLot = {
  readonly lot: typeof lots.$inferSelect;
  readonly ownerCompanyId: string;
  /** The reader's own company is admitted to the tender. */
  readonly admitted: boolean | null;
  readonly winnerAlias: number | null;
  /** Read by the company that runs the tender, or by staff. */
  readonly ownersSide: boolean;
};

/** What the live view of the lot shows to the same reader: the best price to all, to bidders, or to nobody. */
function showsBest({ lot: { visibility, revealed }, ownersSide, admitted }: SeenLot): boolean {
  if (ownersSide || visibility === "full") return true;
  return admitted === true && (visibility === "lead" || (visibility === "sealed" && revealed));
}

const beforeItsEnd: ReadonlySet<LotPhase> = new Set(["open", "paused", "cancelled", "aborted"]);

/** Nobody sees a random end before it came, and after it never came. */
function showsEnd({ terms, phase }: SeenLot["lot"]): boolean {
  return terms.rules.softClose.variant !== "random_end" || !beforeItsEnd.has(phase);
}

export function summaryOfLot(seen: SeenLot): LotSummary {
  const { lot } = seen;
  const shown = showsBest(seen);
  return {
    lotId: lot.id,
    tenderId: lot.tenderId,
    marketplaceId: lot.marketplaceId,
    number: lot.number,
    title: lot.title,
    grade: lot.grade,
    quantity: { value: lot.quantity, unit: lot.unit },
    direction: lot.direction,
    format: lot.format,
    visibility: lot.visibility,
    currency: lot.currency,
    priceScale: lot.priceScale,
    phase: lot.phase,
    extensions: lot.extensions,
    ...present({
      opensAt: instantOf(lot.opensAt),
      endsAt: showsEnd(lot) ? instantOf(lot.endsAt) : null,
      bidCount: shown ? lot.bidCount : null,
      bestPrice: shown ? lot.bestPrice : null,
      result: resultOf(seen),
    }),
  };
}

/** The winner is named to everybody; the price is for those to whom the lot shows prices. */
function resultOf(seen: SeenLot): LotSummary["result"] | null {
  const { outcome, resultPrice, winnerCompanyId } = seen.lot;
  if (outcome === null) return null;
  const price = showsBest(seen) ? resultPrice : null;
  return { outcome, ...present({ price, winnerCompanyId, winnerAlias: aliasOf(seen.winnerAlias) }) };
}
