import { newId } from "@kontor/sdk";
import type { Example } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

const market = "/v1/marketplaces/:marketplaceId";
const order = `${market}/purchase-orders/:orderId`;
/** A version that nobody has: whoever is let in is told so, and nothing is written. */
const staleVersion = { "if-match": '"999"' };
const reason = { reason: "because" };

/** Ids of nothing: what is not there has a code of its own, behind the door. */
const nobodys = {
  prepare: () =>
    Promise.resolve(
      Object.fromEntries(
        ["costCenterId", "budgetId", "ruleId", "delegationId", "listId", "lineId", "orderId"]
          .map((name) => [name, newId()])
          .concat([
            ["shipmentNo", "1"],
            ["reductionNo", "1"],
          ]),
      ),
    ),
};
const unknown = { status: 404, ...nobodys };

const budget = {
  name: "Year",
  validFrom: "2031-01-01T00:00:00Z",
  validUntil: "2032-01-01T00:00:00Z",
  currency: "EUR",
  amount: "1000.00",
  mode: "warn",
};
const center = () => ({ code: newId().slice(0, 36), name: "Lab" });
/** About no order that anybody makes here. */
const rule = {
  name: "Dear",
  position: 1,
  condition: { amountFrom: { currency: "EUR", amount: "999999.00" } },
  tiers: [{ needs: "any", deciders: [{ kind: "role", role: "approver" }] }],
};
const list = { name: "Weekly", lines: [] };
const terms = { approvalDays: 7, commissionVat: "20", commissions: [] };
const rate = { from: "USD", to: "EUR", at: "2026-01-01T00:00:00Z", rate: "0.92", source: "Central bank" };

const missing = (path: string): Readonly<Record<string, Example>> => ({
  [`GET ${market}/${path}`]: unknown,
  [`HEAD ${market}/${path}`]: unknown,
});

/** How one asks at the doors of carts, approvals, purchase orders and their money. */
export const buyingExamples: Readonly<Record<string, Example>> = {
  ...reading(`${market}/vendors/:companyId/freight-terms`, {}),
  [`PUT ${market}/freight-terms/:currency`]: {
    status: 412,
    headers: staleVersion,
    body: { amount: "5.00" },
    prepare: () => Promise.resolve({ currency: "EUR" }),
  },
  [`PUT ${market}/buying-terms`]: { status: 412, headers: staleVersion, body: terms },
  [`POST ${market}/exchange-rates`]: { status: 201, body: rate },
  [`POST ${market}/cost-centers`]: { status: 201, body: center },
  [`PUT ${market}/cost-centers/:costCenterId`]: { ...unknown, headers: staleVersion, body: center },
  ...missing("budgets/:budgetId"),
  [`POST ${market}/budgets`]: { status: 201, body: budget },
  [`PUT ${market}/budgets/:budgetId`]: { ...unknown, headers: staleVersion, body: budget },
  [`POST ${market}/approval-rules`]: { status: 201, body: rule },
  [`PUT ${market}/approval-rules/:ruleId`]: { ...unknown, headers: staleVersion, body: rule },
  [`POST ${market}/approval-delegations`]: {
    status: 422,
    body: { to: "nobody", validFrom: budget.validFrom, validUntil: budget.validUntil },
  },
  [`DELETE ${market}/approval-delegations/:delegationId`]: unknown,
  [`POST ${market}/cart/lines`]: { status: 409, body: () => ({ offerId: newId(), quantity: "1" }) },
  [`PATCH ${market}/cart/lines/:lineId`]: { ...unknown, body: { quantity: "1" } },
  [`DELETE ${market}/cart/lines/:lineId`]: unknown,
  [`POST ${market}/cart/quick-order`]: { status: 200, body: { text: "no-such-number 1" } },
  [`POST ${market}/cart/quick-order/file`]: {
    status: 200,
    body: { content: Buffer.from("SKU;Qty\nno-such-number;1\n").toString("base64") },
  },
  [`POST ${market}/checkouts`]: { status: 412, headers: staleVersion, body: () => ({ checkoutId: newId() }) },
  [`POST ${market}/requisition-lists`]: { status: 201, body: list },
  ...missing("requisition-lists/:listId"),
  [`PUT ${market}/requisition-lists/:listId`]: { ...unknown, headers: staleVersion, body: list },
  [`DELETE ${market}/requisition-lists/:listId`]: { ...unknown, headers: staleVersion },
  [`POST ${market}/requisition-lists/:listId/cart`]: unknown,
  ...missing("purchase-orders/:orderId"),
  [`POST ${market}/purchase-orders/:orderId/cart`]: { ...unknown, body: {} },
  [`POST ${market}/purchase-orders/:orderId/decision`]: { ...unknown, body: { verdict: "approve" } },
  [`POST ${market}/purchase-orders/:orderId/cancellation`]: { ...unknown, body: reason },
  [`POST ${market}/purchase-orders/:orderId/answer`]: { ...unknown, body: {} },
  [`POST ${market}/purchase-orders/:orderId/proposal-answer`]: { ...unknown, body: {} },
  [`POST ${order}/shipments`]: { ...unknown, headers: staleVersion, body: { shippedOn: "2026-11-24" } },
  [`POST ${order}/shipments/:shipmentNo/receipt`]: { ...unknown, headers: staleVersion, body: {} },
  [`POST ${order}/reductions`]: { ...unknown, headers: staleVersion, body: { kind: "return", ...reason } },
  [`POST ${order}/reductions/:reductionNo/withdrawal`]: { ...unknown, headers: staleVersion },
  [`POST ${order}/reductions/:reductionNo/answer`]: { ...unknown, headers: staleVersion, body: { answer: "accept" } },
  [`POST ${order}/undeliverable`]: { ...unknown, headers: staleVersion, body: reason },
  [`POST ${market}/payments`]: {
    status: 404,
    body: () => ({ paymentId: newId(), checkoutId: newId(), currency: "EUR", amount: "1" }),
  },
  [`POST ${market}/refunds`]: {
    status: 404,
    body: () => ({ refundId: newId(), orderId: newId(), lineNo: 1, amount: "1", ...reason }),
  },
  [`POST ${market}/payouts`]: {
    status: 409,
    body: () => ({ payoutId: newId(), vendorId: "nobody", currency: "EUR" }),
  },
};
