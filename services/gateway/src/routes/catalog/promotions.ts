import {
  MarketplaceId,
  OrderMinimums,
  OrderMinimumsRecord,
  PromotionId,
  PromotionInput,
  PromotionQuery,
  PromotionRecord,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const market = "/v1/marketplaces/:marketplaceId";
const base = `${market}/promotions`;
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofPromotion = z.strictObject({ marketplaceId: MarketplaceId, promotionId: PromotionId });
const reading = { permission: permissionOf("read_price_lists") };
const writing = { permission: permissionOf("write_price_lists"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "promotions" | "orderMinimums">;

/** What lowers prices for a time, and the least that a vendor takes in one purchase order. */
export function promotionRoutes(app: FastifyInstance, parts: Parts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
  minimumRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { promotions }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ["promotions"];

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_promotions",
        summary: "One's own company's promotions, for staff all, by name",
        params,
        querystring: PromotionQuery,
        response: { 200: pageOf(PromotionRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await promotions.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:promotionId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_promotion",
        summary: "A promotion",
        params: ofPromotion,
        response: { 200: PromotionRecord },
      },
    },
    async ({ actor, params: { promotionId } }, reply) => {
      const promotion = foundOrRefusal(await promotions.find(actor, promotionId));
      return tagged(reply, promotion);
    },
  );
}

function writingRoutes(app: FastifyInstance, { promotions }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ["promotions"];

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_promotion",
        summary: "Lower prices under a condition: a vendor of his offers, the operator of all",
        params,
        body: PromotionInput,
        response: { 201: PromotionRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const promotion = answerOrRefusal(await promotions.create(actor, body));
      return tagged(reply.code(201), promotion);
    },
  );

  routes.put(
    `${base}/:promotionId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_promotion",
        summary: "Write a promotion anew",
        params: ofPromotion,
        headers: VersionHeaders,
        body: PromotionInput,
        response: { 200: PromotionRecord },
      },
    },
    async (request, reply) => {
      const key = { promotionId: request.params.promotionId, expectedVersion: versionOf(request) };
      const promotion = answerOrRefusal(await promotions.change(request.actor, key, request.body));
      return tagged(reply, promotion);
    },
  );

  routes.delete(
    `${base}/:promotionId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_promotion",
        summary: "Remove a promotion",
        params: ofPromotion,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const key = { promotionId: request.params.promotionId, expectedVersion: versionOf(request) };
      return reply.code(204).send(answerOrRefusal(await promotions.remove(request.actor, key)));
    },
  );
}

function minimumRoutes(app: FastifyInstance, { orderMinimums }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ["prices"];
  const vendors = { permission: permissionOf("write_order_minimums"), idempotency: "answers" } as const;

  routes.get(
    `${market}/order-minimums`,
    {
      config: { permission: permissionOf("read_order_minimums") },
      schema: {
        tags,
        operationId: "list_order_minimums",
        summary: "The least that one's own company takes in one purchase order",
        params,
        response: { 200: OrderMinimumsRecord },
      },
    },
    async ({ actor }) => ({ minimums: [...(await orderMinimums.list(actor))] }),
  );

  routes.put(
    `${market}/order-minimums`,
    {
      config: vendors,
      schema: {
        tags,
        operationId: "put_order_minimums",
        summary: "Say the least that one's own company takes in one purchase order, in each currency",
        params,
        body: OrderMinimums,
        response: { 200: OrderMinimumsRecord },
      },
    },
    async ({ actor, body }) => ({
      minimums: [...answerOrRefusal(await orderMinimums.put(actor, body.minimums))],
    }),
  );
}
