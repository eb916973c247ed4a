import {
  BuyerPartNumberInput,
  BuyerPartNumberQuery,
  BuyerPartNumberRecord,
  MarketplaceId,
  PartNumber,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["products"];
const base = "/v1/marketplaces/:marketplaceId/part-numbers";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofNumber = z.strictObject({ marketplaceId: MarketplaceId, partNo: PartNumber });
const writing = { permission: permissionOf("write_part_numbers"), idempotency: "answers" } as const;

/** A buyer's own numbers of variants; nobody else reads them. */
export function partNumberRoutes(app: FastifyInstance, { partNumbers }: Pick<Repositories, "partNumbers">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: { permission: permissionOf("list_part_numbers") },
      schema: {
        tags,
        operationId: "list_part_numbers",
        summary: "One's own company's part numbers",
        params,
        querystring: BuyerPartNumberQuery,
        response: { 200: pageOf(BuyerPartNumberRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await partNumbers.list(request.actor, request.query), request, reply),
  );

  routes.put(
    `${base}/:partNo`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "save_part_number",
        summary: "The variant that one's own company calls so",
        params: ofNumber,
        body: BuyerPartNumberInput,
        response: { 200: BuyerPartNumberRecord },
      },
    },
    async ({ actor, params: { partNo }, body: { variantId } }) =>
      answerOrRefusal(await partNumbers.save(actor, { partNo, variantId })),
  );

  routes.delete(
    `${base}/:partNo`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_part_number",
        summary: "Nothing goes by this number any more",
        params: ofNumber,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params: { partNo } }, reply) => {
      answerOrRefusal(await partNumbers.remove(actor, partNo));
      return reply.code(204).send(null);
    },
  );
}
