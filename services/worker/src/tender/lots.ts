import type { LotRow, TenderRow } from "@kontor/db";
import { never } from "@kontor/db";
import { microsOfInstant, partIdOf, withinInstants } from "@kontor/kernel";
import type { LotFormat, LotTerms, TenderEvent, TenderTerms, Visibility } from "@kontor/protocol";
import type { Projection, Records } from "./records.ts";

/** A lot's terms, and its way through the phases until the live part. */
export const projectLots: Projection = (records, { event, seq, at }) => {
  switch (event.type) {
    case "tender_drafted":
    case "tender_revised":
    case "tender_published":
    case "tender_amended":
      return writeLots(records, event.terms, { tenderId: event.tenderId, seq });
    case "tender_cancelled":
      for (const lot of [...records.lots.all()]) {
        if (lot.phase === "unsuccessful" || lot.phase === "cancelled") continue;
        records.lots.change(lot.id, seq, () => ended("cancelled", at, event.reason));
      }
      return;
    case "lot_scheduled":
    case "lot_replanned": {
      const times = { opensAt: microsOfInstant(event.opensAt) ?? never, endsAt: microsOfInstant(event.endsAt) };
      return records.lots.change(event.lotId, seq, () => ({ ...times, phase: "scheduled", reason: null }));
    }
    case "lots_shifted":
      return shiftLots(records, event, seq);
    case "initial_prices_opened":
      return records.lots.change(event.lotId, seq, ({ format, phase }) => ({
        phase: format === "sealed" ? "evaluation" : phase,
      }));
    case "lot_cancelled":
      return records.lots.change(event.lotId, seq, () => ended("cancelled", at, event.reason));
    case "lot_unsuccessful": {
      const outcome = event.reason === "no_bids" || event.reason === "reserve_unmet" ? event.reason : "unsuccessful";
      return records.lots.change(event.lotId, seq, ({ closedAt }) => ({
        ...ended("unsuccessful", closedAt ?? at, event.reason),
        outcome,
        revealed: true,
      }));
    }
    default:
      return;
  }
};

/** All move by as much as the first. */
function shiftLots(
  { lots }: Records,
  { lotIds, opensAt }: Extract<TenderEvent, { type: "lots_shifted" }>,
  seq: number,
): void {
  const first = lots.get(lotIds[0] ?? "");
  const to = microsOfInstant(opensAt);
  if (first === undefined || to === null) return;
  const shift = to - first.opensAt;
  for (const lotId of lotIds) {
    lots.change(lotId, seq, (lot) => ({
      opensAt: withinInstants(lot.opensAt + shift),
      endsAt: lot.endsAt === null ? null : withinInstants(lot.endsAt + shift),
    }));
  }
}

function ended(outcome: "cancelled" | "unsuccessful", at: number, reason: string) {
  return { phase: outcome, outcome, closedAt: at, reason, resultPrice: null, winnerCompanyId: null } as const;
}

/** Writes the lots of new terms; a draft may have lost some. */
function writeLots(
  { tenders, lots, removedLotIds }: Records,
  terms: TenderTerms,
  { tenderId, seq }: { readonly tenderId: string; readonly seq: number },
): void {
  const tender = tenders.get(tenderId);
  if (tender === undefined) return;
  const ids = terms.lots.map((_, index) => partIdOf(tenderId, index + 1));
  for (const { id } of [...lots.all()]) {
    if (ids.includes(id)) continue;
    lots.delete(id);
    removedLotIds.add(id);
  }
  for (const [index, lotTerms] of terms.lots.entries()) {
    const id = partIdOf(tenderId, index + 1);
    removedLotIds.delete(id);
    const before = lots.get(id) ?? newLot(tender, id, index + 1);
    lots.put({ ...before, ...termsOf(tender, lotTerms), ...unscheduled(before, lotTerms), seq });
  }
}

/** A lot that an amendment made sealed has no opening any more. */
function unscheduled({ phase }: Pick<LotRow, "phase">, { rules }: LotTerms) {
  return phase === "scheduled" && rules.format === "sealed"
    ? ({ phase: "planned", opensAt: never, endsAt: null } as const)
    : {};
}

function newLot({ id: tenderId, marketplaceId }: TenderRow, id: string, number: number) {
  return {
    id,
    tenderId,
    marketplaceId,
    number,
    phase: "planned",
    reason: null,
    opensAt: never,
    endsAt: null,
    extensions: 0,
    bidCount: 0,
    bestPrice: null,
    leaderCompanyId: null,
    closedAt: null,
    outcome: null,
    resultPrice: null,
    winnerCompanyId: null,
    revealed: false,
  } as const;
}

/** Formats that leave no choice of what bidders see. */
const ownVisibilities: Readonly<Partial<Record<LotFormat, Visibility>>> = { sealed: "sealed", rank_reverse: "rank" };

function termsOf({ direction }: TenderRow, terms: LotTerms) {
  const { title, grade, quantity, rules } = terms;
  const { format, currency, priceScale } = rules;
  const { value, unit } = quantity;
  const visibility = ownVisibilities[format] ?? rules.visibility;
  return { title, grade, quantity: value, unit, direction, format, visibility, currency, priceScale, terms };
}
