import type { AssetDirection } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import {
  AssetRequestDecision,
  AssetRequestId,
  AssetRequestInput,
  AssetRequestQuery,
  AssetRequestRecord,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal } from "../answers.ts";

const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofRequest = z.strictObject({ marketplaceId: MarketplaceId, requestId: AssetRequestId });
const tags = ["deposits and withdrawals"];

export type AssetRequestParts = Pick<Repositories, "assetRequests"> & { readonly clock: Clock };

/** A company asks, the operator decides. */
export function assetRequestRoutes(app: FastifyInstance, parts: AssetRequestParts): void {
  for (const direction of ["deposit", "withdrawal"] as const) {
    requestRoutes(app, direction, parts);
    decisionRoutes(app, direction, parts);
  }
}

const baseOf = (direction: AssetDirection): string => `/v1/marketplaces/:marketplaceId/${direction}s`;

function requestRoutes(app: FastifyInstance, direction: AssetDirection, parts: AssetRequestParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const { assetRequests, clock } = parts;
  const reading = { permission: permissionOf("list_asset_requests") };

  routes.get(
    baseOf(direction),
    {
      config: reading,
      schema: {
        tags,
        operationId: `list_${direction}s`,
        summary: `One's own company's ${direction}s, for staff all; newest first`,
        params,
        querystring: AssetRequestQuery,
        response: { 200: pageOf(AssetRequestRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await assetRequests.list(request.actor, direction, request.query), request, reply),
  );

  routes.get(
    `${baseOf(direction)}/:requestId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: `read_${direction}`,
        summary: `A ${direction}`,
        params: ofRequest,
        response: { 200: AssetRequestRecord },
      },
    },
    async ({ actor, params: { requestId } }) => foundOrRefusal(await assetRequests.find(actor, direction, requestId)),
  );

  routes.post(
    baseOf(direction),
    {
      config: { permission: permissionOf("request_assets"), idempotency: "answers" },
      schema: {
        tags,
        operationId: `request_${direction}`,
        summary:
          direction === "deposit"
            ? "Ask that money or receipts which came to the operator are booked"
            : "Ask for money or receipts; they are held until the operator decides",
        params,
        body: AssetRequestInput,
        response: { 201: AssetRequestRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const asked = await assetRequests.request(actor, { direction, input: body, at: clock.now() });
      return reply.code(201).send(answerOrRefusal(asked));
    },
  );
}

const decisions = [
  { path: "confirmation", verb: "confirm", decision: "confirm", summary: "It came, or went out: it is posted" },
  { path: "refusal", verb: "refuse", decision: "refuse", summary: "Nothing is posted, and nothing held any more" },
  { path: "reversal", verb: "reverse", decision: "reverse", summary: "Post the opposite of what was confirmed" },
] as const;

function decisionRoutes(app: FastifyInstance, direction: AssetDirection, parts: AssetRequestParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const { assetRequests, clock } = parts;
  const config = { permission: permissionOf("decide_asset_request"), idempotency: "answers" } as const;

  for (const { path, verb, decision, summary } of decisions) {
    const url = `${baseOf(direction)}/:requestId/${path}`;
    const schema = {
      tags,
      operationId: `${verb}_${direction}`,
      summary,
      params: ofRequest,
      response: { 200: AssetRequestRecord },
    };
    if (decision === "confirm") {
      routes.post(url, { config, schema }, async ({ actor, params: { requestId } }) =>
        answerOrRefusal(
          await assetRequests.decide(actor, { direction, requestId, decision, reason: null, at: clock.now() }),
        ),
      );
      continue;
    }
    routes.post(
      url,
      { config, schema: { ...schema, body: AssetRequestDecision } },
      async ({ actor, params: { requestId }, body: { reason } }) =>
        answerOrRefusal(await assetRequests.decide(actor, { direction, requestId, decision, reason, at: clock.now() })),
    );
  }
}
