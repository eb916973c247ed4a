import {
  CompanyId,
  CompanyProfile,
  MarketplaceId,
  Participation,
  ParticipationDecision,
  ParticipationQuery,
  ParticipationRequest,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Revocations } from "../../auth/revocations.ts";
import type { Repositories } from "../../dependencies.ts";
import type { MarketSwitch } from "../../trading/market-switch.ts";
import { foundOrRefusal, pageOrRefusal, tagged, valueOrRefusal } from "../answers.ts";
import { keyOf } from "../idempotency-key.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["participations"];
const inMarketplace = z.strictObject({ marketplaceId: MarketplaceId });
const ofCompany = z.strictObject({ marketplaceId: MarketplaceId, companyId: CompanyId });
const base = "/v1/marketplaces/:marketplaceId/participations";

export type ParticipationParts = Pick<Repositories, "participations" | "companies"> & {
  readonly revocations: Revocations;
  readonly switches: Pick<MarketSwitch, "block" | "unblock">;
};

/** Which companies take part in a marketplace: they ask, its operator decides. */
export function participationRoutes(app: FastifyInstance, parts: ParticipationParts): void {
  ownRoutes(app, parts);
  staffRoutes(app, parts);
  decisionRoutes(app, parts);
}

function ownRoutes(app: FastifyInstance, { participations }: ParticipationParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/participations",
    {
      config: { permission: permissionOf("list_own_participations") },
      schema: {
        tags,
        operationId: "list_own_participations",
        summary: "Where one's own company takes part or asked to",
        querystring: ParticipationQuery,
        response: { 200: pageOf(Participation) },
      },
    },
    async (request, reply) => pageOrRefusal(await participations.list(request.actor, request.query), request, reply),
  );

  routes.post(
    base,
    {
      config: { permission: permissionOf("request_participation"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "request_participation",
        summary: "Ask to take part; the same request again changes nothing",
        params: inMarketplace,
        body: ParticipationRequest,
        response: { 201: Participation },
      },
    },
    async ({ actor, params, body }, reply) => {
      const asked = valueOrRefusal(await participations.request(actor, params.marketplaceId, body.side));
      return tagged(reply.code(201), asked);
    },
  );
}

function staffRoutes(app: FastifyInstance, { participations, companies }: ParticipationParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: { permission: permissionOf("list_participations") },
      schema: {
        tags,
        operationId: "list_participations",
        summary: "Participations of a marketplace",
        params: inMarketplace,
        querystring: ParticipationQuery,
        response: { 200: pageOf(Participation) },
      },
    },
    async (request, reply) => pageOrRefusal(await participations.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:companyId`,
    {
      config: { permission: permissionOf("list_participations") },
      schema: {
        tags,
        operationId: "read_participation",
        summary: "A company's participation",
        params: ofCompany,
        response: { 200: Participation },
      },
    },
    async ({ actor, params }, reply) => {
      const found = foundOrRefusal(await participations.find(actor, params));
      return tagged(reply, found);
    },
  );

  routes.get(
    `${base}/:companyId/profile`,
    {
      config: { permission: permissionOf("read_member_company") },
      schema: {
        tags,
        operationId: "read_member_company",
        summary: "What a company that takes part, or asked to, says of itself",
        params: ofCompany,
        response: { 200: CompanyProfile },
      },
    },
    async ({ actor, params }) => foundOrRefusal(await companies.find(actor, params.companyId)),
  );
}

function decisionRoutes(app: FastifyInstance, { participations, revocations, switches }: ParticipationParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { permission: permissionOf("decide_participation"), idempotency: "answers" } as const;
  const response = { 200: Participation };

  routes.post(
    `${base}/:companyId/approval`,
    {
      config,
      schema: {
        tags,
        operationId: "approve_participation",
        summary: "Approve the request that was read, or let a suspended company in again",
        params: ofCompany,
        headers: VersionHeaders,
        response,
      },
    },
    async (request, reply) => {
      const { companyId } = request.params;
      const key = { companyId, expectedVersion: versionOf(request) };
      const before = await participations.find(request.actor, request.params);
      const value = valueOrRefusal(await participations.approve(request.actor, key));
      await revocations.announce({ companyId });
      if (before?.status === "suspended") {
        const order = { actor: request.actor, key: keyOf(request), reason: "The company is let in again." };
        await switches.unblock(order, companyId);
      }
      return tagged(reply, value);
    },
  );

  for (const [name, operationId, decide] of [
    ["refusal", "refuse_participation", participations.refuse],
    ["suspension", "suspend_participation", participations.suspend],
  ] as const) {
    routes.post(
      `${base}/:companyId/${name}`,
      {
        config,
        schema: {
          tags,
          operationId,
          summary: name === "refusal" ? "Refuse a request" : "Suspend; the company's people lose access at once",
          params: ofCompany,
          headers: VersionHeaders,
          body: ParticipationDecision,
          response,
        },
      },
      async (request, reply) => {
        const { companyId } = request.params;
        const key = { companyId, expectedVersion: versionOf(request) };
        const { reason } = request.body;
        const value = valueOrRefusal(await decide(request.actor, key, reason));
        await revocations.announce({ companyId });
        // Nobody of the company can cancel its orders any more.
        if (name === "suspension")
          await switches.block({ actor: request.actor, key: keyOf(request), reason }, companyId);
        return tagged(reply, value);
      },
    );
  }
}
