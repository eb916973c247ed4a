import type { QuoteAcceptanceRecord, QuoteOrderInput } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { placeOrders } from "../buying/carts/checkout.ts";
import { derivedOrderId } from "../buying/carts/order-keys.ts";
import type { PricedCartLine } from "../buying/carts/priced-lines.ts";
import { priceLines } from "../buying/carts/priced-lines.ts";
import { ownCompanyOf } from "../buying/orders/own-company.ts";
import type { VendorDraft } from "../buying/orders/vendor-draft.ts";
import type { Answered } from "../clearing/answered.ts";
import { refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { purchaseOrders } from "../schema/catalog-orders.ts";
import type { Accepting } from "./acceptance.ts";
import { recordAcceptance, takeQuote } from "./acceptance.ts";

/**
 * One purchase order at exactly the quoted prices, through approval, budget and stock like every other. What the quote
 * does not say is not charged: neither freight nor a fee for a small order.
 */
export async function orderQuote(
  db: Database,
  engine: BuyingEngine,
  accepting: Accepting<QuoteOrderInput>,
): Promise<Answered<QuoteAcceptanceRecord>> {
  const { actor, input, at } = accepting;
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("quote_unknown");
  return await wholly(db, async (tx) => {
    const taken = await takeQuote(tx, engine, accepting);
    if (!taken.ok) return taken;
    if ("again" in taken.value) return { ok: true, value: taken.value.again };
    const { quote, request, lines } = taken.value;
    const { acceptanceId: checkoutId, buyerNumber, note } = input;
    const [used] = await tx.select().from(purchaseOrders).where(eq(purchaseOrders.checkoutId, checkoutId)).limit(1);
    if (used !== undefined) return refused("acceptance_reused", { acceptanceId: checkoutId });
    const key = { ...own, divisionId: request.divisionId, at };
    const wanted = lines.map(({ lineNo, offerId, quantity, unit, locked }) => {
      const bare = { id: String(lineNo), offerId, quantity, unit, locked };
      return { ...bare, deliverOn: null, costCenterId: null, seen: null };
    });
    const priced = await priceLines(tx, engine, { party: key, lines: wanted });
    if (priced === undefined) return refused("quote_unknown");
    const [missing] = priced.missing;
    if (missing !== undefined) return refused("offer_not_available", { lineNo: Number(missing) });
    const drafts = draftOf(quote.vendorId, priced.lines);
    const placed = await placeOrders(tx, engine, {
      key,
      input: { checkoutId, buyerNumber, note, consents: [] },
      drafts,
    });
    if (!placed.ok) return placed;
    const outcomeId = derivedOrderId(checkoutId, quote.vendorId);
    return await recordAcceptance(tx, accepting, { outcome: "order", outcomeId, taken: taken.value });
  });
}

function draftOf(vendorId: string, lines: readonly PricedCartLine[]): readonly VendorDraft[] {
  const [first] = lines;
  if (first === undefined) return [];
  const sum = (of: "net" | "tax"): bigint => lines.reduce((total, { amounts }) => total + (amounts?.[of] ?? 0n), 0n);
  const [net, tax] = [sum("net"), sum("tax")];
  const extras = { freight: 0n, smallOrderFee: 0n, chargesTax: 0n, chargesTaxPercent: 0n, shortfall: 0n };
  return [{ vendorId, money: first.money, lines, net, tax, ...extras, total: net + tax, faults: [] }];
}
