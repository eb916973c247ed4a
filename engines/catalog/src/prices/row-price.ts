import type { Ratio } from "../quantities/ratio.ts";
import { compare, whole } from "../quantities/ratio.ts";
import { ratioBetween } from "../quantities/units.ts";
import type { Candidate } from "./candidate.ts";
import { compareCandidates } from "./candidate.ts";
import type { Inquiry } from "./effective-quantity.ts";
import { effectiveQuantity } from "./effective-quantity.ts";
import { contains } from "./period.ts";
import type { PriceList, PriceRow } from "./price-book.ts";
import type { TraceVerdict } from "./resolution.ts";

/** What one list says to a question. */
export type ListAnswer =
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  | { readonly kind: "nothing"; readonly reason: TraceVerdict };

export const nothing = (reason: TraceVerdict): ListAnswer => ({ kind: "nothing", reason });

/** Reasons for which rows do not apply; the one that came furthest is told. */
const obstacles = ["no_row", "row_not_in_period", "unit_not_convertible", "below_lowest_rung"] as const;

/** The rows of one unit. */
type Ladder = {
  /** Null where the ordered unit cannot be converted into it. */
  readonly reach: { readonly effective: Ratio; readonly ratio: Ratio } | null;
  best: Candidate | null;
};

/**
 * The price of the list's own rows. A row applies when the instant is in its period, its unit can be converted into
 * and its rung is reached. In each unit the highest rung counts; of the units the ordered one goes first, then the base
 * unit, then whichever the tie-ends say.
 */
export function rowPrice(list: PriceList, inquiry: Inquiry): ListAnswer {
  const rows = inquiry.book.rows.get(inquiry.offer.id)?.get(list.id) ?? [];
  const ladders = new Map<string, Ladder>();
  let obstacle = 0;
  for (const row of rows) {
    if (!contains(row.period, inquiry.question.buyer.at)) {
      obstacle = Math.max(obstacle, 1);
      continue;
    }
    const ladder = ladders.get(row.unit) ?? newLadder(list, inquiry, row.unit);
    ladders.set(row.unit, ladder);
    const candidate = candidateOf(list, row, ladder);
    if (candidate === null) obstacle = Math.max(obstacle, ladder.reach === null ? 2 : 3);
    else if (ladder.best === null || isHigherRung(candidate, ladder.best, inquiry)) ladder.best = candidate;
  }
  const best = bestOfUnits(ladders, inquiry);
  return best === null ? nothing(obstacles[obstacle] ?? "no_row") : { kind: "candidate", candidate: best };
}

function newLadder(list: PriceList, inquiry: Inquiry, unit: string): Ladder {
  const effective = effectiveQuantity(inquiry, unit, list.tierScope);
  const ratio = ratioBetween(inquiry.offer.units, inquiry.question.unit, unit);
  return { reach: effective === null || ratio === null ? null : { effective, ratio }, best: null };
}

function candidateOf(list: PriceList, row: PriceRow, { reach }: Ladder): Candidate | null {
  if (reach === null || compare(reach.effective, whole(row.minQuantity)) < 0) return null;
  const tier = { minQuantity: row.minQuantity, scope: list.tierScope, effectiveQuantity: reach.effective };
  return { list, row, price: row.price, priceMode: list.priceMode, ratio: reach.ratio, percent: null, tier };
}

function isHigherRung(a: Candidate, b: Candidate, { question }: Inquiry): boolean {
  if (a.row.minQuantity !== b.row.minQuantity) return a.row.minQuantity > b.row.minQuantity;
  return compareCandidates(a, b, question.taxPercent) < 0;
}

function bestOfUnits(ladders: ReadonlyMap<string, Ladder>, { question, offer }: Inquiry): Candidate | null {
  const inOrdered = ladders.get(question.unit)?.best ?? null;
  if (inOrdered !== null) return inOrdered;
  const inBase = ladders.get(offer.units.base)?.best ?? null;
  if (inBase !== null) return inBase;
  let first: Candidate | null = null;
  for (const { best } of ladders.values()) {
    if (best !== null && (first === null || compareCandidates(best, first, question.taxPercent) < 0)) first = best;
  }
  return first;
}
