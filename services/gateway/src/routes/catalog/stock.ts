import { MarketplaceId, OfferId, StockInput, StockList, StockPlace, StockRecord } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, tagged } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf } from "../versions.ts";

const tags = ["offers"];
const base = "/v1/marketplaces/:marketplaceId/offers/:offerId/stock";
const params = z.strictObject({ marketplaceId: MarketplaceId, offerId: OfferId });
const ofPlace = z.strictObject({ marketplaceId: MarketplaceId, offerId: OfferId, place: StockPlace });

/** What a vendor has of an offer, by place. */
export function stockRoutes(app: FastifyInstance, { stock }: Pick<Repositories, "stock">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: { permission: permissionOf("read_stock") },
      schema: {
        tags,
        operationId: "list_stock",
        summary: "Stock of one's own company's offer, for staff of any; in base units",
        params,
        response: { 200: StockList },
      },
    },
    async ({ actor, params: { offerId } }) => ({ levels: [...foundOrRefusal(await stock.list(actor, offerId))] }),
  );

  routes.put(
    `${base}/:place`,
    {
      config: { permission: permissionOf("write_stock"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "save_stock",
        summary: "What there is in a place: If-None-Match: * for the first time, If-Match later",
        params: ofPlace,
        headers: FirstOrVersionHeaders,
        body: StockInput,
        response: { 200: StockRecord },
      },
    },
    async (request, reply) => {
      const { offerId, place } = request.params;
      const key = { offerId, place, expectedVersion: firstOrVersionOf(request) };
      const saved = answerOrRefusal(await stock.save(request.actor, key, request.body));
      return tagged(reply, saved);
    },
  );
}
