import { MarketplaceId, OfferReviewInput, OfferReviewRecord } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, tagged } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf } from "../versions.ts";

const tags = ["offers"];
const path = "/v1/marketplaces/:marketplaceId/offer-review";
const params = z.strictObject({ marketplaceId: MarketplaceId });

/** Whose offers go live without the operator's review. */
export function offerReviewRoutes(app: FastifyInstance, { offerReviews }: Pick<Repositories, "offerReviews">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    path,
    {
      config: { permission: permissionOf("read_offer_review") },
      schema: {
        tags,
        operationId: "read_offer_review",
        summary: "Whose offers go live without the operator's review; a vendor reads of himself alone",
        params,
        response: { 200: OfferReviewRecord },
      },
    },
    async ({ actor }, reply) => tagged(reply, foundOrRefusal(await offerReviews.read(actor))),
  );

  routes.put(
    path,
    {
      config: { permission: permissionOf("write_offer_review"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "write_offer_review",
        summary:
          "Say so from now on: If-None-Match: * for the first, If-Match later; what was rejected is always reviewed",
        params,
        headers: FirstOrVersionHeaders,
        body: OfferReviewInput,
        response: { 200: OfferReviewRecord },
      },
    },
    async (request, reply) => {
      const change = { input: request.body, version: firstOrVersionOf(request) };
      return tagged(reply, answerOrRefusal(await offerReviews.write(request.actor, change)));
    },
  );
}
