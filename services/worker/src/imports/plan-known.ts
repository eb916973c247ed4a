import type { ImportRow, KnownOffer, OfferRow, ProductTerms } from "@kontor/db";
import { canonicalJson } from "@kontor/kernel";
import { codeLists } from "@kontor/standards";
import type { OfferTerms } from "./offer-terms.ts";
import { isSame, offerTermsOf, onHandOf } from "./offer-terms.ts";
import type { Scene } from "./plan-new.ts";
import type { Outcome } from "./planned-writes.ts";
import { rungPlanOf } from "./rung-plan.ts";
import { productTermsOf } from "./told-terms.ts";

/**
 * A number that the vendor has an offer with. What the row says otherwise of is changed, all else is not touched; of the
 * article only where it is the vendor's own and has no other variants. Null where something is wrong with the row.
 */
export function planKnown(row: ImportRow, known: KnownOffer, scene: Scene): Outcome | null {
  const { state, writes, faults } = scene;
  const { offer } = known;
  if (row.mode === "withdraw") return withdrawn(known, scene);
  if (offer.status === "withdrawn") {
    faults.addKnown("offer_state_wrong", "part_number", { state: offer.status, value: row.partNumber });
    return null;
  }
  const { list, now } = state;
  const units = [{ unit: known.variant.baseUnit, decimals: 0, isSold: true }, ...known.units].filter(
    (one, place, all) => one.isSold && all.findLastIndex(({ unit }) => unit === one.unit) === place,
  );
  const terms = offerTermsOf(row, offer, { units, list, now, faults });
  const unit = row.orderUnit ?? offer.orderUnit;
  const onHand = onHandOf(row, { unit, units: known.units, faults });
  if (onHand !== undefined && known.stock !== null && known.stock.reserved > onHand + known.stock.backorderMax) {
    faults.addKnown("stock_promised", "stock", { value: row.stock ?? "", limit: String(known.stock.reserved) });
  }
  const rungs = rungPlanOf(row, { offerId: offer.id, unit, stored: known.rungs, list, faults });
  const revised = revisedOf(row, known, scene);
  if (faults.problems.length > 0 || terms === null) return null;
  const differs = !isSame(offer, terms);
  if (differs) writes.changed.push({ row: changedRow(offer, terms, state), before: known, action: "revised" });
  writes.addRungs(rungs);
  const restocks = onHand !== undefined && onHand !== known.stock?.onHand;
  if (restocks && known.stock !== null) {
    writes.stock.push({ ...known.stock, onHand, updatedAt: now, version: known.stock.version + 1 });
  } else if (restocks) writes.addStock(offer.id, onHand);
  if (revised !== null) writes.revised.push(revised);
  const touched = differs || restocks || revised !== null || rungs.put.length + rungs.gone.length > 0;
  return touched ? "changed" : "unchanged";
}

function withdrawn(known: KnownOffer, { state, writes }: Scene): Outcome {
  const { offer } = known;
  if (offer.status === "withdrawn") return "unchanged";
  const row = { ...offer, status: "withdrawn" as const, version: offer.version + 1, updatedAt: state.now };
  writes.changed.push({ row, before: known, action: "withdrawn" });
  return "withdrawn";
}

/** What was reviewed is reviewed again when it becomes another thing; what was rejected is proposed again. */
function changedRow(offer: OfferRow, terms: OfferTerms, { now, trust, rejectedBefore }: Scene["state"]): OfferRow {
  const { status } = offer;
  const reviewed = status === "active" || status === "paused";
  const isTrusted = trust !== null && !rejectedBefore.has(offer.id);
  const again = status === "rejected" || (reviewed && offer.condition !== terms.condition && !isTrusted);
  const next = again ? ("proposed" as const) : status;
  return { ...offer, ...terms, status: next, version: offer.version + 1, updatedAt: now };
}

/** The article as the row says it is; null where it is the same, or not the vendor's alone to change. */
function revisedOf(row: ImportRow, known: KnownOffer, { held, state, faults }: Scene) {
  const { product, brand, texts, classes, variants } = known.of;
  const isOwn = product.ownerCompanyId === held.vendorId && product.status !== "merged";
  if (!isOwn || variants.length !== 1) return null;
  const before: ProductTerms = {
    brand,
    partNo: product.partNo,
    texts: [...texts]
      .sort((a, b) => (a.language < b.language ? -1 : 1))
      .map(({ productId: _of, ...text }) => ({ ...text, keywords: [...text.keywords] })),
    classes: classes.map(({ scheme, code, isPrimary }) => ({ scheme, code, primary: isPrimary })),
    attributes: product.attributes.map(({ attribute, value, unit }) => ({
      attribute,
      value: typeof value === "object" ? [...value] : value,
      ...(unit === undefined ? {} : { unit }),
    })),
  };
  const terms = productTermsOf(row, before, { faults, attributesOf: state.attributesOf });
  const gtins = gtinsOf(row, known, faults);
  const same = textOf(terms) === textOf(before) && gtinText(gtins) === gtinText(known.gtins);
  return same ? null : { known, terms, gtins };
}

/** With lists in one order where order says nothing. */
function textOf({ brand, partNo, texts, classes, attributes }: ProductTerms): string {
  const byText = <Item>(items: readonly Item[]) => items.map((item) => canonicalJson(item)).sort();
  return canonicalJson([brand, partNo, byText(texts), byText(classes), byText(attributes)]);
}

type Gtins = readonly { readonly gtin: string; readonly unit: string }[];

const gtinText = (gtins: Gtins): string =>
  gtins
    .map(({ gtin, unit }) => `${gtin} ${unit}`)
    .sort()
    .join(",");

function gtinsOf(row: ImportRow, known: KnownOffer, faults: Scene["faults"]): Gtins {
  if (row.gtins === undefined) return known.gtins;
  const units = new Set([known.variant.baseUnit, ...known.units.map(({ unit }) => unit)]);
  return row.gtins.flatMap(({ gtin, unit }) => {
    const told = unit ?? row.orderUnit ?? known.offer.orderUnit;
    const checked = codeLists.checkGtin(gtin);
    if (checked.ok && units.has(told)) return [{ gtin: checked.value, unit: told }];
    const data = checked.ok ? { unit: told, choices: [...units] } : { gtin };
    faults.addKnown(checked.ok ? "unit_not_of_variant" : "gtin_invalid", "gtin", data);
    return [];
  });
}
