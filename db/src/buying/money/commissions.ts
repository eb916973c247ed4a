import type { Money } from "@kontor/catalog";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../../connect.ts";
import { commissionLines, purchaseOrderLines, purchaseOrders } from "../../schema/catalog-orders.ts";
import { marketplaces } from "../../schema/marketplaces.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { commissionRulesOf, termsIn } from "../buying-terms.ts";

/**
 * Writes down what the operator takes of each line that stands, by the rules as they are now: whatever he changes later
 * is about later orders. Where no rule fits he takes nothing.
 */
export async function freezeCommissions(tx: Database, engine: BuyingEngine, orderId: string): Promise<void> {
  const [order] = await tx
    .select({ order: purchaseOrders, rounding: marketplaces.rounding })
    .from(purchaseOrders)
    .innerJoin(marketplaces, eq(marketplaces.id, purchaseOrders.marketplaceId))
    .where(eq(purchaseOrders.id, orderId));
  if (order === undefined) return;
  const { marketplaceId, vendorId, currency } = order.order;
  const money: Money = { currency, exponent: engine.exponentOf(currency), rounding: order.rounding };
  const terms = await termsIn(tx, marketplaceId);
  const rules = commissionRulesOf(terms, engine);
  const lines = await tx
    .select()
    .from(purchaseOrderLines)
    .where(and(eq(purchaseOrderLines.orderId, orderId), eq(purchaseOrderLines.state, "open")))
    .orderBy(asc(purchaseOrderLines.lineNo));
  if (lines.length === 0) return;
  await tx.insert(commissionLines).values(
    lines.map(({ lineNo, brandId, classIds, gross: base }) => {
      const rule = engine.commissionRuleFor({ vendorId, brandId, classIds, base }, rules) ?? nothing;
      const { ruleId, percent, vatPercent, fee, vat, payable } = engine.commissionOf(
        base,
        { rule, vatPercent: terms.commissionVat },
        money,
      );
      return { orderId, lineNo, ruleId, percent, vatPercent, base, fee, vat, payable };
    }),
  );
}

const nothing = {
  id: "none",
  scope: { vendorId: null, brandId: null, classId: null },
  percent: 0n,
  bounds: new Map<string, never>(),
};

/** The commission of a line for what is left of it, at the rate that was frozen. */
export async function reviseCommission(
  tx: Database,
  { orderId, lineNo, base }: { readonly orderId: string; readonly lineNo: number; readonly base: bigint },
): Promise<void> {
  const here = and(eq(commissionLines.orderId, orderId), eq(commissionLines.lineNo, lineNo));
  const [known] = await tx.select().from(commissionLines).where(here);
  if (known === undefined) return;
  // A bound that held for the whole holds for the rest in proportion, as with a refund.
  const share = (part: bigint): bigint =>
    known.base === 0n ? 0n : (2n * part * base + known.base) / (2n * known.base);
  const [fee, vat] = [share(known.fee), share(known.vat)];
  await tx
    .update(commissionLines)
    .set({ base, fee, vat, payable: base - fee - vat })
    .where(here);
}
