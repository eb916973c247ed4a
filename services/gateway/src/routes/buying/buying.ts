import type { Clock } from "@kontor/kernel";
import type { FastifyInstance } from "fastify";
import type { Repositories } from "../../dependencies.ts";
import { approvalRuleRoutes } from "./approval-rules.ts";
import { buyingTermsRoutes } from "./buying-terms.ts";
import { cartRoutes } from "./carts.ts";
import { companyBudgetRoutes } from "./company-budgets.ts";
import { estimateRoutes } from "./estimates.ts";
import { orderDeliveryRoutes } from "./order-deliveries.ts";
import { orderMoneyRoutes } from "./order-money.ts";
import { purchaseOrderRoutes } from "./purchase-orders.ts";
import { quoteRequestRoutes } from "./quote-requests.ts";
import { quoteRoutes } from "./quotes.ts";
import { requisitionListRoutes } from "./requisition-lists.ts";
import { standingOrderRoutes } from "./standing-orders.ts";

/** From the cart to the payout. */
export function buyingRoutes(app: FastifyInstance, parts: Repositories & { readonly clock: Clock }): void {
  companyBudgetRoutes(app, parts);
  approvalRuleRoutes(app, parts);
  buyingTermsRoutes(app, parts);
  cartRoutes(app, parts);
  requisitionListRoutes(app, parts);
  standingOrderRoutes(app, parts);
  purchaseOrderRoutes(app, parts);
  orderDeliveryRoutes(app, parts);
  orderMoneyRoutes(app, parts);
  estimateRoutes(app, parts);
  quoteRequestRoutes(app, parts);
  quoteRoutes(app, parts);
}
