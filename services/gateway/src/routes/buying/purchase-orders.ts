import type { Clock } from "@kontor/kernel";
import {
  ApprovalDecisionInput,
  MarketplaceId,
  OrderReasonInput,
  ProposalAnswerInput,
  PurchaseOrderId,
  PurchaseOrderQuery,
  PurchaseOrderRecord,
  PurchaseOrderSummary,
  pageOf,
  VendorAnswerInput,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";

const tags = ["purchase orders"];
const base = "/v1/marketplaces/:marketplaceId/purchase-orders";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofOrder = params.extend({ orderId: PurchaseOrderId });

export type PurchaseOrderParts = Pick<Repositories, "purchaseOrders"> & { readonly clock: Clock };

/** Purchase orders, for the buyer and for the vendor that each is with. */
export function purchaseOrderRoutes(app: FastifyInstance, parts: PurchaseOrderParts): void {
  readingRoutes(app, parts);
  buyerRoutes(app, parts);
  vendorRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { purchaseOrders }: PurchaseOrderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: { permission: permissionOf("list_purchase_orders") },
      schema: {
        tags,
        operationId: "list_purchase_orders",
        summary: "Purchase orders of one's own company as buyer or as vendor, for staff all; newest first",
        params,
        querystring: PurchaseOrderQuery,
        response: { 200: pageOf(PurchaseOrderSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await purchaseOrders.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:orderId`,
    {
      config: { permission: permissionOf("read_purchase_order") },
      schema: {
        tags,
        operationId: "read_purchase_order",
        summary: "A purchase order with its lines and history; the way through approval is told to the buyer",
        params: ofOrder,
        response: { 200: PurchaseOrderRecord },
      },
    },
    async ({ actor, params: { orderId } }, reply) => {
      const order = await purchaseOrders.find(actor, orderId);
      if (order === undefined) throw new Refusal("purchase_order_unknown");
      return tagged(reply, order);
    },
  );
}

function buyerRoutes(app: FastifyInstance, { purchaseOrders, clock }: PurchaseOrderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const response = { 200: PurchaseOrderRecord };

  routes.post(
    `${base}/:orderId/decision`,
    {
      config: { permission: permissionOf("decide_purchase_order"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "decide_purchase_order",
        summary: "Approve an order that waits for it, all or without some lines, or reject it; whoever is asked may",
        params: ofOrder,
        body: ApprovalDecisionInput,
        response,
      },
    },
    async ({ actor, params: { orderId }, body: input }, reply) =>
      tagged(reply, answerOrRefusal(await purchaseOrders.decide({ actor, orderId, input, at: clock.now() }))),
  );

  routes.post(
    `${base}/:orderId/cancellation`,
    {
      config: { permission: permissionOf("cancel_purchase_order"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "cancel_purchase_order",
        summary: "Take an order back before the vendor has confirmed it",
        params: ofOrder,
        body: OrderReasonInput,
        response,
      },
    },
    async ({ actor, params: { orderId }, body: input }, reply) =>
      tagged(reply, answerOrRefusal(await purchaseOrders.cancel({ actor, orderId, input, at: clock.now() }))),
  );

  routes.post(
    `${base}/:orderId/proposal-answer`,
    {
      config: { permission: permissionOf("answer_proposals"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "answer_proposals",
        summary: "Accept what the vendor proposes, or do without the line",
        params: ofOrder,
        body: ProposalAnswerInput,
        response,
      },
    },
    async ({ actor, params: { orderId }, body: input }, reply) =>
      tagged(reply, answerOrRefusal(await purchaseOrders.answerProposals({ actor, orderId, input, at: clock.now() }))),
  );
}

function vendorRoutes(app: FastifyInstance, { purchaseOrders, clock }: PurchaseOrderParts): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${base}/:orderId/answer`,
    {
      config: { permission: permissionOf("answer_purchase_order"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "answer_purchase_order",
        summary: "As the vendor: confirm, propose another day or quantity, or refuse, line by line",
        params: ofOrder,
        body: VendorAnswerInput,
        response: { 200: PurchaseOrderRecord },
      },
    },
    async ({ actor, params: { orderId }, body: input }, reply) =>
      tagged(reply, answerOrRefusal(await purchaseOrders.answer({ actor, orderId, input, at: clock.now() }))),
  );
}
