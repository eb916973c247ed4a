import type { CatalogueRow, PriceRung } from "../rows/catalogue-row.ts";
import { inOrder } from "../rows/row-hash.ts";
import type { CellFault } from "../rows/row-problem.ts";
import type { DraftPlace, DraftTier, RowDraft } from "./row-draft.ts";

/** A problem that shows only when cells are seen together, at the cell that should be changed. */
export type JoinedFault = CellFault & { readonly at: DraftPlace };

const nowhere: DraftPlace = { column: null, value: "" };

/** The row of a draft, and what does not go together in it. With problems the row is not to be used. */
export function finishRow(draft: RowDraft): { readonly row: CatalogueRow; readonly faults: readonly JoinedFault[] } {
  const faults: JoinedFault[] = [];
  const prices = pricesOf(draft, faults);
  const content = contentOf(draft, faults);
  const deliveryTerm = deliveryTermOf(draft, faults);
  checkOrder(draft, faults);
  const { gtins, classes, attributes, buyerPartNumbers, files } = draft;
  const row: CatalogueRow = {
    partNumber: draft.partNumber ?? "",
    mode: "merge",
    ...draft.plain,
    ...(draft.texts.size > 0 && { texts: [...draft.texts.values()] }),
    ...(gtins && { gtins }),
    ...(classes && { classes }),
    ...(attributes && { attributes }),
    ...(prices && { prices }),
    ...(content !== undefined && { content }),
    ...(deliveryTerm !== undefined && { deliveryTerm }),
    ...(buyerPartNumbers && { buyerPartNumbers }),
    ...(files && { files }),
  };
  return { row: inOrder(row), faults };
}

/** Rungs of the tiers. A tier with neither price nor quantity is not used by this row. */
function pricesOf(draft: RowDraft, faults: JoinedFault[]): readonly PriceRung[] | undefined {
  const rungs = new Map<string, { readonly rung: PriceRung; readonly tier: DraftTier }>();
  for (const [number, tier] of [...draft.tiers].sort(([a], [b]) => a - b)) {
    if (tier.amount === undefined) continue;
    const minQuantity = tier.quantity ?? (number === 0 ? "1" : null);
    const at = tier.quantityAt ?? tier.amountAt ?? nowhere;
    if (minQuantity === null) {
      if (tier.amount !== null)
        faults.push({ code: "tier_incomplete", hint: "Write from which quantity on the price is paid.", at });
      continue;
    }
    if (draft.currency == null) {
      const hint = "Write the currency of the price, such as EUR.";
      if (tier.amount !== null || draft.currency === null)
        faults.push({ code: "currency_missing", hint, at: tier.amountAt ?? nowhere });
      continue;
    }
    const base = draft.baseQuantity === undefined ? {} : { baseQuantity: draft.baseQuantity ?? "1" };
    const rung: PriceRung = { currency: draft.currency, minQuantity, amount: tier.amount, ...base };
    if (rungs.has(minQuantity))
      faults.push({
        code: "tier_repeated",
        hint: "Write another quantity, or leave both cells of the tier empty.",
        at,
      });
    else rungs.set(minQuantity, { rung, tier });
  }
  checkLadder([...rungs.values()], faults);
  const told = [...draft.tiers.values()].some(({ amount }) => amount !== undefined);
  return told ? [...rungs.values()].map(({ rung }) => rung) : undefined;
}

/** More may not cost more per unit: such a ladder is a mistake, and it would be refused when it is stored. */
function checkLadder(
  rungs: readonly { readonly rung: PriceRung; readonly tier: DraftTier }[],
  faults: JoinedFault[],
): void {
  const ordered = rungs
    .filter(({ rung }) => rung.amount !== null)
    .sort((a, b) => compare(a.rung.minQuantity, b.rung.minQuantity));
  for (const [index, { rung, tier }] of ordered.entries()) {
    const before = ordered[index - 1]?.rung;
    if (before === undefined || compare(rung.amount ?? "0", before.amount ?? "0") <= 0) continue;
    const hint = `Write at most ${before.amount}, the price from ${before.minQuantity} on.`;
    faults.push({ code: "price_ladder_rises", hint, at: tier.amountAt ?? nowhere });
  }
}

function contentOf({ contentUnit, contentRatio, places }: RowDraft, faults: JoinedFault[]): CatalogueRow["content"] {
  if (contentUnit == null && contentRatio == null) {
    return contentUnit === undefined && contentRatio === undefined ? undefined : null;
  }
  if (contentUnit != null && contentRatio != null) return { unit: contentUnit, ratio: contentRatio };
  const at = places.get(contentUnit == null ? "content_ratio" : "content_unit") ?? nowhere;
  const hint =
    contentUnit == null
      ? "Write the unit of what is inside, such as H87."
      : "Write how many of it one order unit holds.";
  faults.push({ code: "content_incomplete", hint, at });
  return undefined;
}

function deliveryTermOf(
  { deliveryTerm, deliveryPlace, places }: RowDraft,
  faults: JoinedFault[],
): CatalogueRow["deliveryTerm"] {
  if (deliveryTerm != null) return { term: deliveryTerm.term, place: deliveryPlace ?? deliveryTerm.place };
  if (deliveryPlace != null) {
    const hint = "Write the rule that the place belongs to, such as DAP.";
    faults.push({ code: "delivery_place_alone", hint, at: places.get("delivery_place") ?? nowhere });
  }
  return deliveryTerm;
}

function checkOrder({ plain, places }: RowDraft, faults: JoinedFault[]): void {
  const { minQuantity, maxQuantity, validFrom, validUntil } = plain;
  if (minQuantity != null && maxQuantity != null && compare(maxQuantity, minQuantity) < 0) {
    faults.push({
      code: "quantity_order_wrong",
      hint: `Write at least ${minQuantity}.`,
      at: places.get("max_quantity") ?? nowhere,
    });
  }
  if (validFrom != null && validUntil != null && validUntil.slice(0, 10) < validFrom.slice(0, 10)) {
    const hint = `Write a day from ${validFrom.slice(0, 10)} on.`;
    faults.push({ code: "period_reversed", hint, at: places.get("valid_until") ?? nowhere });
  }
}

/** Orders canonical decimals that are not negative. */
export function compare(a: string, b: string): number {
  const [wholeA = "", fractionA = ""] = a.split(".");
  const [wholeB = "", fractionB = ""] = b.split(".");
  if (wholeA.length !== wholeB.length) return wholeA.length - wholeB.length;
  if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1;
  const places = Math.max(fractionA.length, fractionB.length);
  const [restA, restB] = [fractionA.padEnd(places, "0"), fractionB.padEnd(places, "0")];
  if (restA === restB) return 0;
  return restA < restB ? -1 : 1;
}
