import { z } from "zod";
import { CalendarDay } from "../ledger/accounts.ts";
import { Decimal, PositiveDecimal, Uuid } from "../primitives.ts";

/** What the wire of buying shares. */

export const CostCenterId = Uuid.meta({ description: "A cost centre of the acting company." });
export const BudgetId = Uuid.meta({ description: "Budget id, UUID." });
export const ApprovalRuleId = Uuid.meta({ description: "Approval rule id, UUID." });
export const DelegationId = Uuid.meta({ description: "Delegation id, UUID." });
export const BoughtOfferId = Uuid.meta({ description: "An offer of the marketplace." });
export const CartLineId = Uuid.meta({ description: "Line of a cart, UUID." });
export const RequisitionListId = Uuid.meta({ description: "Requisition list id, UUID." });
export const CheckoutId = Uuid.meta({
  description: "Made by the client: the same checkout again gives the same orders.",
});
export const PurchaseOrderId = Uuid.meta({ description: "Purchase order id, UUID." });
export const StandingOrderId = Uuid.meta({ description: "Standing order id, UUID." });
export const PaymentId = Uuid.meta({ description: "Made by the client." });
export const RefundId = Uuid.meta({ description: "Made by the client." });
export const PayoutId = Uuid.meta({ description: "Made by the client." });

/** At most six decimals, which the server tells of by name where there are more. */
export const BoughtQuantity = PositiveDecimal.meta({ description: 'Quantity above zero as text, e.g. "24".' });
/** At least zero. */
export const MoneyAmount = Decimal.regex(/^[^-]/).meta({ description: 'Amount of money as text, e.g. "500.00".' });
export const DeliveryDay = CalendarDay.refine(isDay, "There is no such day.").meta({
  description: "Such as 2026-12-24.",
});
/** Units beyond the Recommendation's two and three characters do not occur. */
export const LineNo = z.int().min(1).max(10_000).meta({ description: "Line of the purchase order, from 1." });

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
