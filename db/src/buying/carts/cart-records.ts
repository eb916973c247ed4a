import type { PriceResolution, SeenPrice } from "@kontor/catalog";
import type { CartLineRecord, CartOrderRecord, CartRecord, PriceBasisRecord, Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { millionthsText } from "../../catalog/millionths.ts";
import { present } from "../../repositories/record-members.ts";
import { moneyText } from "../number-texts.ts";
import type { VendorDraft } from "../orders/vendor-draft.ts";
import type { LineToPrice, PricedCartLine, PricedLines } from "./priced-lines.ts";
import { seenRowOf } from "./seen-price.ts";

/** Whether two prices are put in the same way to the last digit; null is none. */
export function looksSame(seen: SeenPrice | null, now: PriceResolution): boolean {
  if (seen === null || now.outcome === "on_request") return seen === null && now.outcome === "on_request";
  return JSON.stringify(seenRowOf(seen)) === JSON.stringify(seenRowOf(now));
}

export function priceBasisOf({ unitPrice, currency, priceMode, basis }: SeenPrice): PriceBasisRecord {
  const per = millionthsText(basis.priceBaseQuantity);
  return { unitPrice: millionthsText(unitPrice), currency, priceMode, per, unit: basis.unit };
}

type Cart = { readonly divisionId: string | null; readonly version: number; readonly lines: readonly LineToPrice[] };

export function cartRecordOf(
  { divisionId, version, lines }: Cart,
  priced: PricedLines | undefined,
  drafts: readonly VendorDraft[],
): CartRecord {
  const found = new Map(priced?.lines.map((line) => [line.id, line]));
  const wanted = wantedOf(priced?.lines ?? []);
  return {
    ...present({ divisionId }),
    version,
    lines: lines.map((line) => {
      const own = found.get(line.id);
      return own === undefined ? missingRecordOf(line, priced) : lineRecordOf(own, wanted.get(own.offerId) ?? 0n);
    }),
    orders: drafts.map(draftRecordOf),
  };
}

/** How much of each offer all lines together want, in base units. */
export function wantedOf(lines: readonly PricedCartLine[]): ReadonlyMap<string, bigint> {
  const wanted = new Map<string, bigint>();
  for (const { offerId, baseQuantity } of lines) {
    wanted.set(offerId, (wanted.get(offerId) ?? 0n) + (baseQuantity ?? 0n));
  }
  return wanted;
}

/** Why the line cannot be ordered as it is; a changed price but for those that were agreed to. */
export function lineFaults(line: PricedCartLine, wanted: bigint): readonly Problem[] {
  const { resolution, quantityFault, facts, seen } = line;
  const faults: Problem[] = [];
  if (quantityFault !== null) faults.push(problemOf(quantityFault.code, { ...quantityFault }));
  if (resolution.outcome === "on_request") faults.push(problemOf("price_on_request", { cause: resolution.cause }));
  else if (seen !== null && !looksSame(seen, resolution)) {
    const [before, after] = [seen, resolution].map(({ unitPrice }) => millionthsText(unitPrice));
    faults.push(problemOf("price_changed", { currency: resolution.currency, before, after }));
  }
  const { available } = facts;
  if (available !== null && wanted > available)
    faults.push(problemOf("stock_insufficient", { available: millionthsText(available), offerId: line.offerId }));
  return faults;
}

function lineRecordOf(line: PricedCartLine, wanted: bigint): CartLineRecord {
  const { resolution, amounts, money, facts, seen } = line;
  const text = (value: bigint): string => moneyText(value, money.exponent);
  const isPriced = resolution.outcome === "priced";
  const before = seen !== null && !looksSame(seen, resolution) ? priceBasisOf(seen) : null;
  const figures = amounts && { net: text(amounts.net), tax: text(amounts.tax), gross: text(amounts.gross) };
  const available = facts.available === null ? null : millionthsText(facts.available);
  return {
    ...bareRecordOf(line),
    vendorId: facts.vendorId,
    vendorPartNo: facts.vendorPartNo,
    name: facts.name,
    ...present({
      buyerPartNo: facts.buyerPartNo,
      before,
      available,
      price: isPriced ? priceBasisOf(resolution) : null,
    }),
    ...figures,
    faults: [...lineFaults(line, wanted)],
  };
}

function bareRecordOf({ id, offerId, quantity, unit, deliverOn, costCenterId }: LineToPrice) {
  return { lineId: id, offerId, quantity: millionthsText(quantity), unit, ...present({ deliverOn, costCenterId }) };
}

function missingRecordOf(line: LineToPrice, priced: PricedLines | undefined): CartLineRecord {
  const facts = priced?.about.get(line.offerId);
  const { vendorId = "unknown", vendorPartNo = "", name = "" } = facts ?? {};
  const faults = [problemOf("offer_not_available", { offerId: line.offerId })];
  return { ...bareRecordOf(line), vendorId, vendorPartNo, name, faults };
}

function draftRecordOf({ vendorId, money, lines, faults, ...amounts }: VendorDraft): CartOrderRecord {
  const text = (value: bigint): string => moneyText(value, money.exponent);
  const { net, tax, freight, smallOrderFee, chargesTax, total, shortfall } = amounts;
  return {
    vendorId,
    currency: money.currency,
    lineIds: lines.map(({ id }) => id),
    net: text(net),
    tax: text(tax),
    freight: text(freight),
    smallOrderFee: text(smallOrderFee),
    chargesTax: text(chargesTax),
    total: text(total),
    shortfall: text(shortfall),
    faults: faults.map((fault) => problemOf(fault.code, { ...fault })),
  };
}
