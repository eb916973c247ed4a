import {
  MarketplaceId,
  PriceListAssignments,
  PriceListId,
  PriceListInput,
  PriceListQuery,
  PriceListRecord,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["prices"];
const base = "/v1/marketplaces/:marketplaceId/price-lists";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofList = z.strictObject({ marketplaceId: MarketplaceId, listId: PriceListId });
const reading = { permission: permissionOf("read_price_lists") };
const writing = { permission: permissionOf("write_price_lists"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "priceLists">;

/** A vendor's price lists, or the marketplace's own. */
export function priceListRoutes(app: FastifyInstance, parts: Parts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { priceLists }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_price_lists",
        summary: "One's own company's price lists, for staff all; newest first",
        params,
        querystring: PriceListQuery,
        response: { 200: pageOf(PriceListRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await priceLists.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:listId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_price_list",
        summary: "A price list with what it is given to",
        params: ofList,
        response: { 200: PriceListRecord },
      },
    },
    async ({ actor, params: { listId } }, reply) => {
      const list = foundOrRefusal(await priceLists.find(actor, listId));
      return tagged(reply, list);
    },
  );
}

function writingRoutes(app: FastifyInstance, { priceLists }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_price_list",
        summary: "Make a price list: a vendor his own, the operator the marketplace's",
        params,
        body: PriceListInput,
        response: { 201: PriceListRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const list = answerOrRefusal(await priceLists.create(actor, body));
      return tagged(reply.code(201), list);
    },
  );

  routes.put(
    `${base}/:listId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_price_list",
        summary: "Write a price list anew, but for its prices and what it is given to",
        params: ofList,
        headers: VersionHeaders,
        body: PriceListInput,
        response: { 200: PriceListRecord },
      },
    },
    async (request, reply) => {
      const key = { listId: request.params.listId, expectedVersion: versionOf(request) };
      const list = answerOrRefusal(await priceLists.change(request.actor, key, request.body));
      return tagged(reply, list);
    },
  );

  routes.put(
    `${base}/:listId/assignments`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "assign_price_list",
        summary: "Give the list to customer groups, channels, countries or everybody, in place of what it was given to",
        params: ofList,
        headers: VersionHeaders,
        body: PriceListAssignments,
        response: { 200: PriceListRecord },
      },
    },
    async (request, reply) => {
      const key = { listId: request.params.listId, expectedVersion: versionOf(request) };
      const list = answerOrRefusal(await priceLists.assign(request.actor, key, request.body.assignments));
      return tagged(reply, list);
    },
  );
}
