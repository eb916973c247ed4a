import type { Clock } from "@kontor/kernel";
import {
  MarketplaceId,
  PaymentInput,
  PaymentRecord,
  PayoutInput,
  PayoutQuery,
  PayoutRecord,
  pageOf,
  RefundInput,
  VendorEntryQuery,
  VendorEntryRecord,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["purchase orders"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });

export type OrderMoneyParts = Pick<Repositories, "orderMoney"> & { readonly clock: Clock };

/** Payments, refunds and payouts of purchase orders. */
export function orderMoneyRoutes(app: FastifyInstance, { orderMoney, clock }: OrderMoneyParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  readingRoutes(app, { orderMoney, clock });

  routes.post(
    `${base}/payments`,
    {
      config: { permission: permissionOf("capture_payment"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "capture_payment",
        summary: "Take what a buyer pays for a checkout from his account and split it over its confirmed orders",
        params,
        body: PaymentInput,
        response: { 201: PaymentRecord },
      },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(answerOrRefusal(await orderMoney.capture(actor, body, clock.now()))),
  );

  routes.post(
    `${base}/refunds`,
    {
      config: { permission: permissionOf("refund_order"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "refund_order",
        summary: "Give a buyer part of a paid line back; after the payout it comes off the vendor's next one",
        params,
        body: RefundInput,
        response: { 201: VendorEntryRecord },
      },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(answerOrRefusal(await orderMoney.refund(actor, body, clock.now()))),
  );

  routes.post(
    `${base}/payouts`,
    {
      config: { permission: permissionOf("pay_out"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "pay_out",
        summary: "Put all that a vendor is owed at his disposal",
        params,
        body: PayoutInput,
        response: { 201: PayoutRecord },
      },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(answerOrRefusal(await orderMoney.payOut(actor, body, clock.now()))),
  );
}

function readingRoutes(app: FastifyInstance, { orderMoney }: OrderMoneyParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/vendor-entries`,
    {
      config: { permission: permissionOf("list_vendor_entries") },
      schema: {
        tags,
        operationId: "list_vendor_entries",
        summary:
          "What one's own company is owed for sales and owes for refunds, for staff of all vendors; newest first",
        params,
        querystring: VendorEntryQuery,
        response: { 200: pageOf(VendorEntryRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await orderMoney.entries(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/payouts`,
    {
      config: { permission: permissionOf("list_payouts") },
      schema: {
        tags,
        operationId: "list_payouts",
        summary: "Payouts to one's own company, for staff to all vendors; newest first",
        params,
        querystring: PayoutQuery,
        response: { 200: pageOf(PayoutRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await orderMoney.payouts(request.actor, request.query), request, reply),
  );
}
