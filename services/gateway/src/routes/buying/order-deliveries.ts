import type { Clock } from "@kontor/kernel";
import {
  DocumentVersion,
  MarketplaceId,
  PurchaseOrderId,
  PurchaseOrderRecord,
  ReceiptInput,
  ReductionAnswerInput,
  ReductionInput,
  ShipmentInput,
  UndeliverableInput,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["purchase orders"];
const base = "/v1/marketplaces/:marketplaceId/purchase-orders/:orderId";
const ofOrder = z.strictObject({ marketplaceId: MarketplaceId, orderId: PurchaseOrderId });
const ofShipment = ofOrder.extend({ shipmentNo: DocumentVersion });
const ofReduction = ofOrder.extend({ reductionNo: DocumentVersion });
/** The order as it is then; each step is on the order as it was read (If-Match). */
const shared = { tags, headers: VersionHeaders, response: { 200: PurchaseOrderRecord } };

type Parts = Pick<Repositories, "purchaseOrders"> & { readonly clock: Clock };

/** What becomes of confirmed purchase orders: what is sent and arrives, what is cancelled or returned. */
export function orderDeliveryRoutes(app: FastifyInstance, parts: Parts): void {
  shipmentRoutes(app, parts);
  askingRoutes(app, parts);
  vendorRoutes(app, parts);
}

function shipmentRoutes(app: FastifyInstance, { purchaseOrders, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    `${base}/shipments`,
    {
      config: { permission: permissionOf("ship_purchase_order"), idempotency: "answers" },
      schema: {
        ...shared,
        operationId: "ship_purchase_order",
        summary: "As the vendor: tell what was sent of a confirmed order, never more than is open; it leaves the stock",
        params: ofOrder,
        body: ShipmentInput,
      },
    },
    async (request, reply) => {
      const { actor, body: input } = request;
      const step = { actor, orderId: request.params.orderId, version: versionOf(request), input, at: clock.now() };
      return tagged(reply, answerOrRefusal(await purchaseOrders.ship(step)));
    },
  );

  routes.post(
    `${base}/shipments/:shipmentNo/receipt`,
    {
      config: { permission: permissionOf("receive_shipment"), idempotency: "answers" },
      schema: {
        ...shared,
        operationId: "receive_shipment",
        summary: "As the buyer: tell what arrived of a shipment, once; what is not named arrived well",
        params: ofShipment,
        body: ReceiptInput,
      },
    },
    async (request, reply) => {
      const { actor, params, body: input } = request;
      const step = { actor, ...params, version: versionOf(request), input, at: clock.now() };
      return tagged(reply, answerOrRefusal(await purchaseOrders.receive(step)));
    },
  );
}

function askingRoutes(app: FastifyInstance, { purchaseOrders, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    `${base}/reductions`,
    {
      config: { permission: permissionOf("ask_reduction"), idempotency: "answers" },
      schema: {
        ...shared,
        operationId: "ask_reduction",
        summary: "As the buyer: ask to cancel what was not sent, or to return what was; the vendor answers",
        params: ofOrder,
        body: ReductionInput,
      },
    },
    async (request, reply) => {
      const { actor, body: input } = request;
      const step = { actor, orderId: request.params.orderId, version: versionOf(request), input, at: clock.now() };
      return tagged(reply, answerOrRefusal(await purchaseOrders.askReduction(step)));
    },
  );

  routes.post(
    `${base}/reductions/:reductionNo/withdrawal`,
    {
      config: { permission: permissionOf("withdraw_reduction"), idempotency: "answers" },
      schema: {
        ...shared,
        operationId: "withdraw_reduction",
        summary: "As the buyer: take back what was asked and not answered",
        params: ofReduction,
      },
    },
    async (request, reply) => {
      const { actor, params } = request;
      const step = { actor, ...params, version: versionOf(request), at: clock.now() };
      return tagged(reply, answerOrRefusal(await purchaseOrders.withdrawReduction(step)));
    },
  );
}

function vendorRoutes(app: FastifyInstance, { purchaseOrders, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    `${base}/reductions/:reductionNo/answer`,
    {
      config: { permission: permissionOf("answer_reduction"), idempotency: "answers" },
      schema: {
        ...shared,
        operationId: "answer_reduction",
        summary: "As the vendor: accept a cancellation or return, with stock, budget and money, or refuse it",
        params: ofReduction,
        body: ReductionAnswerInput,
      },
    },
    async (request, reply) => {
      const { actor, params, body: input } = request;
      const step = { actor, ...params, version: versionOf(request), input, at: clock.now() };
      return tagged(reply, answerOrRefusal(await purchaseOrders.answerReduction(step)));
    },
  );

  routes.post(
    `${base}/undeliverable`,
    {
      config: { permission: permissionOf("cancel_undeliverable"), idempotency: "answers" },
      schema: {
        ...shared,
        operationId: "cancel_undeliverable",
        summary: "As the vendor: cancel what cannot be delivered of a confirmed order; the buyer is told why",
        params: ofOrder,
        body: UndeliverableInput,
      },
    },
    async (request, reply) => {
      const { actor, body: input } = request;
      const step = { actor, orderId: request.params.orderId, version: versionOf(request), input, at: clock.now() };
      return tagged(reply, answerOrRefusal(await purchaseOrders.cancelUndeliverable(step)));
    },
  );
}
