import {
  CatalogReason,
  FindingId,
  FindingMerge,
  FindingQuery,
  MarketplaceId,
  MatchFinding,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["match queue"];
const base = "/v1/marketplaces/:marketplaceId/match-findings";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofFinding = z.strictObject({ marketplaceId: MarketplaceId, findingId: FindingId });

/** Products that may be one, numbers that cannot be right, catalogues that look copied: for the operator to decide. */
export function matchFindingRoutes(app: FastifyInstance, { matches }: Pick<Repositories, "matches">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const reading = { permission: permissionOf("list_match_findings") };
  const deciding = { permission: permissionOf("decide_match_finding"), idempotency: "answers" } as const;

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_match_findings",
        summary: "What the match queue found, newest first",
        params,
        querystring: FindingQuery,
        response: { 200: pageOf(MatchFinding) },
      },
    },
    async (request, reply) => pageOrRefusal(await matches.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:findingId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_match_finding",
        summary: "A finding with its evidence",
        params: ofFinding,
        response: { 200: MatchFinding },
      },
    },
    async ({ actor, params: { findingId } }) => foundOrRefusal(await matches.find(actor, findingId)),
  );

  routes.post(
    `${base}/:findingId/merge`,
    {
      config: deciding,
      schema: {
        tags,
        operationId: "merge_finding",
        summary: "They are one: offers of the one go over to the other, which is kept",
        params: ofFinding,
        body: FindingMerge,
        response: { 200: MatchFinding },
      },
    },
    async ({ actor, params: { findingId }, body: { keep = null } }) =>
      answerOrRefusal(await matches.decide(actor, { findingId, decision: "merge", keep })),
  );

  routes.post(
    `${base}/:findingId/separation`,
    {
      config: deciding,
      schema: {
        tags,
        operationId: "keep_finding_apart",
        summary: "They are two, and stay so",
        params: ofFinding,
        body: CatalogReason,
        response: { 200: MatchFinding },
      },
    },
    async ({ actor, params: { findingId }, body: { reason } }) =>
      answerOrRefusal(await matches.decide(actor, { findingId, decision: "keep_apart", reason })),
  );
}
