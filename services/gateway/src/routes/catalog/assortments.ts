import {
  AssortmentId,
  AssortmentInput,
  AssortmentQuery,
  AssortmentRecord,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["assortments"];
const base = "/v1/marketplaces/:marketplaceId/assortments";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofAssortment = z.strictObject({ marketplaceId: MarketplaceId, assortmentId: AssortmentId });
const reading = { permission: permissionOf("read_price_lists") };
const writing = { permission: permissionOf("write_price_lists"), idempotency: "answers" } as const;

/** What customer groups, or everybody, may order. */
export function assortmentRoutes(app: FastifyInstance, { assortments }: Pick<Repositories, "assortments">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_assortments",
        summary: "One's own company's assortments, for staff all; last changed first",
        params,
        querystring: AssortmentQuery,
        response: { 200: pageOf(AssortmentRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await assortments.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:assortmentId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_assortment",
        summary: "An assortment",
        params: ofAssortment,
        response: { 200: AssortmentRecord },
      },
    },
    async ({ actor, params: { assortmentId } }, reply) => {
      const assortment = foundOrRefusal(await assortments.find(actor, assortmentId));
      return tagged(reply, assortment);
    },
  );

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_assortment",
        summary: "Say what a customer group, or everybody, may order",
        params,
        body: AssortmentInput,
        response: { 201: AssortmentRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const assortment = answerOrRefusal(await assortments.create(actor, body));
      return tagged(reply.code(201), assortment);
    },
  );

  routes.put(
    `${base}/:assortmentId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_assortment",
        summary: "Write an assortment anew",
        params: ofAssortment,
        headers: VersionHeaders,
        body: AssortmentInput,
        response: { 200: AssortmentRecord },
      },
    },
    async (request, reply) => {
      const key = { assortmentId: request.params.assortmentId, expectedVersion: versionOf(request) };
      const assortment = answerOrRefusal(await assortments.change(request.actor, key, request.body));
      return tagged(reply, assortment);
    },
  );

  routes.delete(
    `${base}/:assortmentId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_assortment",
        summary: "Remove an assortment: it limits nobody any more",
        params: ofAssortment,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const key = { assortmentId: request.params.assortmentId, expectedVersion: versionOf(request) };
      return reply.code(204).send(answerOrRefusal(await assortments.remove(request.actor, key)));
    },
  );
}
