import type { Clock } from "@kontor/kernel";
import {
  BaseListInput,
  BaseListRecord,
  LadderInput,
  MarketplaceId,
  OfferId,
  PriceLadder,
  PriceListId,
  PriceRow,
  PriceRowQuery,
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
const market = "/v1/marketplaces/:marketplaceId";
const base = `${market}/price-lists/:listId/prices`;
const params = z.strictObject({ marketplaceId: MarketplaceId, listId: PriceListId });
const ofOffer = z.strictObject({ marketplaceId: MarketplaceId, listId: PriceListId, offerId: OfferId });
const reading = { permission: permissionOf("read_price_lists") };
const writing = { permission: permissionOf("write_price_lists"), idempotency: "answers" } as const;

export type PriceLadderParts = Pick<Repositories, "priceLadders"> & { readonly clock: Clock };

/** Prices of offers in lists: all rungs of one offer at once. */
export function priceLadderRoutes(app: FastifyInstance, parts: PriceLadderParts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
  baseListRoute(app, parts);
}

function readingRoutes(app: FastifyInstance, { priceLadders }: PriceLadderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_prices",
        summary: "Prices of a list, by offer",
        params,
        querystring: PriceRowQuery,
        response: { 200: pageOf(PriceRow) },
      },
    },
    async (request, reply) => {
      const found = await priceLadders.rows(request.actor, request.params.listId, request.query);
      return pageOrRefusal(foundOrRefusal(found), request, reply);
    },
  );

  routes.get(
    `${base}/:offerId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_ladder",
        summary: "An offer's rungs in a list",
        params: ofOffer,
        response: { 200: PriceLadder },
      },
    },
    async ({ actor, params: { listId, offerId } }) =>
      foundOrRefusal(await priceLadders.find(actor, { listId, offerId })),
  );
}

function writingRoutes(app: FastifyInstance, { priceLadders, clock }: PriceLadderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.put(
    `${base}/:offerId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "put_ladder",
        summary: "Write an offer's rungs in a list, all or none; a ladder that rises is refused",
        params: ofOffer,
        body: LadderInput,
        response: { 200: PriceLadder },
      },
    },
    async ({ actor, params: { listId, offerId }, body }) =>
      answerOrRefusal(await priceLadders.put(actor, { listId, offerId, input: body, now: clock.now() })),
  );

  routes.delete(
    `${base}/:offerId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_ladder",
        summary: "Take all of an offer's rungs off a list",
        params: ofOffer,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params: { listId, offerId } }, reply) => {
      const none = { mode: "replace" as const, rungs: [] };
      answerOrRefusal(await priceLadders.put(actor, { listId, offerId, input: none, now: clock.now() }));
      return reply.code(204).send(null);
    },
  );
}

function baseListRoute(app: FastifyInstance, { priceLadders, clock }: PriceLadderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.put(
    `${market}/offers/:offerId/base-list`,
    {
      config: { permission: permissionOf("set_base_list"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "set_base_list",
        summary: "Say which list holds an offer's public prices; If-Match is the offer's version",
        params: z.strictObject({ marketplaceId: MarketplaceId, offerId: OfferId }),
        headers: VersionHeaders,
        body: BaseListInput,
        response: { 200: BaseListRecord },
      },
    },
    async (request, reply) => {
      const { actor, params: of, body } = request;
      const write = { offerId: of.offerId, expectedVersion: versionOf(request), ...body, now: clock.now() };
      const record = answerOrRefusal(await priceLadders.setBaseList(actor, write));
      return tagged(reply, record);
    },
  );
}
