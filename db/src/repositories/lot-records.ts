import type { LotDetail, LotSummary } from "@kontor/protocol";
import type { lots } from "../schema/read-models-lots.ts";
import { aliasOf } from "./alias.ts";
import { instantOf, present } from "./record-members.ts";

/** A lot's row with what its reader may see of it. */
export type SeenLot = {
  readonly lot: typeof lots.$inferSelect;
  readonly ownerCompanyId: string;
  readonly ownAlias: number | null;
  readonly winnerAlias: number | null;
  /** Read by the company that runs the tender, or by staff. */
  readonly ownersSide: boolean;
};

/** Visibility rules the time while the lot is live; the result is for all who see the tender. */
function showsPrices({ lot, ownersSide }: SeenLot): boolean {
  return ownersSide || lot.visibility === "full" || lot.visibility === "lead" || lot.outcome !== null;
}

export function summaryOfLot(seen: SeenLot): LotSummary {
  const { lot } = seen;
  const shown = showsPrices(seen);
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
      endsAt: instantOf(lot.endsAt),
      bidCount: shown ? lot.bidCount : null,
      bestPrice: shown ? lot.bestPrice : null,
      result: resultOf(seen),
    }),
  };
}

function resultOf({ lot, winnerAlias }: SeenLot): LotSummary["result"] | null {
  const { outcome, resultPrice: price, winnerCompanyId } = lot;
  if (outcome === null) return null;
  return { outcome, ...present({ price, winnerCompanyId, winnerAlias: aliasOf(winnerAlias) }) };
}

export function detailOfLot(seen: SeenLot): LotDetail {
  const { lot, ownersSide } = seen;
  const { description, delivery, estimatedValue, rules } = lot.terms;
  const { reserve, ...open } = rules;
  const shownRules = ownersSide || reserve === null || reserve.shown ? rules : open;
  return {
    ...summaryOfLot(seen),
    description,
    delivery,
    rules: shownRules,
    ...(ownersSide ? { estimatedValue } : {}),
    ...present({ ownAlias: aliasOf(seen.ownAlias), reason: lot.reason }),
  };
}
