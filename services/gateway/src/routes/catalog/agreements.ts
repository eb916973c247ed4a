import type { AgreementMove } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import {
  AgreementAcceptance,
  AgreementDraft,
  AgreementEnding,
  AgreementId,
  AgreementNumber,
  AgreementQuery,
  AgreementRecord,
  AgreementRefusal,
  AgreementTerms,
  CatalogRecordEntry,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["agreements"];
const base = "/v1/marketplaces/:marketplaceId/agreements";
const one = `${base}/:agreementId`;
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofAgreement = z.strictObject({ marketplaceId: MarketplaceId, agreementId: AgreementId });
const reading = { permission: permissionOf("read_agreements") };
const drafting = { permission: permissionOf("draft_agreement"), idempotency: "answers" } as const;
const deciding = { permission: permissionOf("decide_agreement"), idempotency: "answers" } as const;
const either = { permission: permissionOf("number_agreement"), idempotency: "answers" } as const;

export type AgreementParts = Pick<Repositories, "agreements"> & { readonly clock: Clock };

/** What vendors and buyers settle: the vendor drafts and proposes, the buyer accepts or refuses. */
export function agreementRoutes(app: FastifyInstance, parts: AgreementParts): void {
  readingRoutes(app, parts);
  draftingRoutes(app, parts);
  decidingRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { agreements }: AgreementParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_agreements",
        summary: "Agreements to which one's own company is a party, for staff all; newest first",
        params,
        querystring: AgreementQuery,
        response: { 200: pageOf(AgreementRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await agreements.list(request.actor, request.query), request, reply),
  );

  routes.get(
    one,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_agreement",
        summary: "An agreement with its terms",
        params: ofAgreement,
        response: { 200: AgreementRecord },
      },
    },
    async ({ actor, params: { agreementId } }, reply) => {
      const agreement = foundOrRefusal(await agreements.find(actor, agreementId));
      return tagged(reply, agreement);
    },
  );

  routes.get(
    `${one}/record`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_agreement_record",
        summary: "All that was done with an agreement, from the beginning",
        params: ofAgreement,
        response: { 200: z.object({ entries: z.array(CatalogRecordEntry) }) },
      },
    },
    async ({ actor, params: { agreementId } }) => ({
      entries: [...foundOrRefusal(await agreements.record(actor, agreementId))],
    }),
  );
}

type Moved = FastifyRequest & { readonly params: { readonly agreementId: string } };

/** One step under the version that the caller has read. */
async function moved({ agreements, clock }: AgreementParts, request: Moved, step: AgreementMove["step"]) {
  const key = { agreementId: request.params.agreementId, expectedVersion: versionOf(request) };
  return answerOrRefusal(await agreements.move(request.actor, { key, step, now: clock.now() }));
}

function draftingRoutes(app: FastifyInstance, parts: AgreementParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const about = { tags, params: ofAgreement, headers: VersionHeaders, response: { 200: AgreementRecord } };

  routes.post(
    base,
    {
      config: drafting,
      schema: {
        tags,
        operationId: "draft_agreement",
        summary: "Draft an agreement with a buyer; he sees it when it is proposed",
        params,
        body: AgreementDraft,
        response: { 201: AgreementRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const agreement = answerOrRefusal(await parts.agreements.draft(actor, body));
      return tagged(reply.code(201), agreement);
    },
  );

  routes.put(
    `${one}/terms`,
    {
      config: drafting,
      schema: {
        ...about,
        operationId: "revise_agreement",
        summary: "Write the terms anew; of an agreement in force they wait for the buyer, and the old ones serve",
        body: AgreementTerms,
      },
    },
    async (request, reply) => {
      const agreement = await moved(parts, request, { kind: "revise", terms: request.body });
      return tagged(reply, agreement);
    },
  );

  routes.post(
    `${one}/proposal`,
    {
      config: drafting,
      schema: { ...about, operationId: "propose_agreement", summary: "Show a draft to the buyer for his decision" },
    },
    async (request, reply) => {
      const agreement = await moved(parts, request, { kind: "propose" });
      return tagged(reply, agreement);
    },
  );

  routes.put(
    `${one}/number`,
    {
      config: either,
      schema: {
        ...about,
        operationId: "number_agreement",
        summary: "Give it one's own company's number",
        body: AgreementNumber,
      },
    },
    async (request, reply) => {
      const agreement = await moved(parts, request, { kind: "number", number: request.body.number });
      return tagged(reply, agreement);
    },
  );
}

function decidingRoutes(app: FastifyInstance, parts: AgreementParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const about = { tags, params: ofAgreement, headers: VersionHeaders, response: { 200: AgreementRecord } };

  routes.post(
    `${one}/acceptance`,
    {
      config: deciding,
      schema: {
        ...about,
        operationId: "accept_agreement",
        summary: "Accept an agreement, or other terms of one in force",
        body: AgreementAcceptance,
      },
    },
    async (request, reply) => {
      const agreement = await moved(parts, request, { kind: "accept", divisionId: request.body.divisionId });
      return tagged(reply, agreement);
    },
  );

  routes.post(
    `${one}/refusal`,
    {
      config: deciding,
      schema: {
        ...about,
        operationId: "refuse_agreement",
        summary: "Refuse an agreement, or other terms of one in force, which then stays as it is",
        body: AgreementRefusal,
      },
    },
    async (request, reply) => {
      const agreement = await moved(parts, request, { kind: "refuse", reason: request.body.reason });
      return tagged(reply, agreement);
    },
  );

  routes.post(
    `${one}/ending`,
    {
      config: { permission: permissionOf("end_agreement"), idempotency: "answers" },
      schema: {
        ...about,
        operationId: "end_agreement",
        summary: "End an agreement before its time, now or at a later time",
        body: AgreementEnding,
      },
    },
    async (request, reply) => {
      const { reason, at } = request.body;
      const agreement = await moved(parts, request, { kind: "end", reason, at });
      return tagged(reply, agreement);
    },
  );
}
