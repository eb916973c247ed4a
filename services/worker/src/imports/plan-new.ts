import type { BatchState, HeldImport, ImportRow, NewProduct } from "@kontor/db";
import type { AlikeIndex } from "./alike-index.ts";
import { matchOf } from "./alike-index.ts";
import { catalogRules } from "./catalogue-rules.ts";
import { offerTermsOf, onHandOf } from "./offer-terms.ts";
import type { Outcome, PlannedWrites } from "./planned-writes.ts";
import type { RowFaults } from "./row-faults.ts";
import { rungPlanOf } from "./rung-plan.ts";
import { measuresOf, productTermsOf } from "./told-terms.ts";

export type Scene = {
  readonly held: HeldImport;
  readonly state: BatchState;
  readonly writes: PlannedWrites;
  readonly faults: RowFaults;
};

/**
 * A number that the vendor has no offer with: an article of his own, unless it is known beyond doubt, and an offer of it
 * that the operator is asked to look at. Null where something is wrong with the row.
 */
export function planNew(row: ImportRow, scene: Scene & { readonly alike: AlikeIndex }): Outcome | null {
  if (row.mode === "withdraw") return "unchanged";
  const { held, state, writes, faults, alike } = scene;
  const { list, now, attributesOf, trust } = state;
  const terms = productTermsOf(row, null, { faults, attributesOf });
  const measures = measuresOf(row, faults);
  if (measures === null) return null;
  const units = measures.units.filter(({ sold }) => sold);
  const selling = offerTermsOf(row, null, { units, list, now, faults });
  const unit = row.orderUnit ?? measures.baseUnit;
  const onHand = onHandOf(row, { unit, units: measures.units, faults });
  const rungs = rungPlanOf(row, { offerId: "", unit, stored: [], list, faults });
  if (faults.problems.length > 0 || selling === null) return null;
  const [productId, variantId, offerId] = [writes.nextId(), writes.nextId(), writes.nextId()];
  const described = { ...terms, productId, variantId, measures };
  const match = matchOf(described);
  const judged = alike.judge(match);
  if (judged.mergedInto === null) alike.made(match, { vendorId: held.vendorId, now });
  const product: NewProduct = { ...described, ...judged };
  writes.products.push(product);
  const { marketplaceId, vendorId, createdBy } = held;
  const place = { id: offerId, marketplaceId, vendorId, createdBy, createdAt: now, updatedAt: now };
  const own = { shipsFrom: null, region: null, mixGroup: null, baseListId: null, version: 1 };
  const numbers = { vendorPartNo: row.partNumber, vendorPartNoKey: catalogRules.keyOf(row.partNumber) };
  const offered = {
    ...place,
    ...own,
    ...numbers,
    ...selling,
    variantId: variantFor(product),
    status: trust === null ? ("proposed" as const) : ("active" as const),
  };
  writes.offers.push({ row: offered, productId: judged.mergedInto?.id ?? productId, reason: trust?.reason ?? null });
  writes.addRungs({ put: rungs.put.map((rung) => ({ ...rung, offerId })), gone: [] });
  if (onHand !== undefined) writes.addStock(offerId, onHand);
  return "created";
}

/** The variant that is listed: of the product it is, where it is one that was known. */
function variantFor({ variantId, findings, mergedInto }: NewProduct): string {
  const verdict = findings.find(({ otherId }) => otherId === mergedInto?.id)?.verdict;
  if (verdict?.kind !== "merge") return variantId;
  return verdict.pairs.find(({ from }) => from === variantId)?.to ?? variantId;
}
