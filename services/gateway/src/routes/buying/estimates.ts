import type { Clock } from "@kontor/kernel";
import {
  CartQuery,
  DocumentVersion,
  EstimateId,
  EstimateInCart,
  EstimateInput,
  EstimateQuery,
  EstimateRecord,
  EstimateRequestInput,
  EstimateSummary,
  EstimateVersionInput,
  MarketplaceId,
  pageOf,
  problemOf,
  QuoteRequestRecord,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["estimates"];
const base = "/v1/marketplaces/:marketplaceId/estimates";
const one = `${base}/:estimateId`;
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofEstimate = params.extend({ estimateId: EstimateId });
const ofVersion = ofEstimate.extend({ no: DocumentVersion });
const reading = { permission: permissionOf("read_estimates") };
const writing = { permission: permissionOf("write_estimates"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "carts" | "estimates"> & { readonly clock: Clock };

/** Lists of what a project will need, in versions that never change. */
export function estimateRoutes(app: FastifyInstance, parts: Parts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
  usingRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { estimates }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const response = { 200: EstimateRecord };

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_estimates",
        summary: "One's own company's project estimates; newest first",
        params,
        querystring: EstimateQuery,
        response: { 200: pageOf(EstimateSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await estimates.list(request.actor, request.query), request, reply),
  );

  routes.get(
    one,
    {
      config: reading,
      schema: { tags, operationId: "read_estimate", summary: "Its newest version", params: ofEstimate, response },
    },
    async ({ actor, params: { estimateId } }, reply) => {
      const found = await estimates.find(actor, { estimateId });
      if (found === undefined) throw new Refusal("estimate_unknown");
      return tagged(reply, found);
    },
  );

  routes.get(
    `${one}/versions/:no`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_estimate_version",
        summary: "One of its versions",
        params: ofVersion,
        response,
      },
    },
    async ({ actor, params: key }) => {
      const found = await estimates.find(actor, key);
      if (found === undefined) throw new Refusal("estimate_unknown");
      return found;
    },
  );
}

function writingRoutes(app: FastifyInstance, { estimates, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const response = { 201: EstimateRecord };

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_estimate",
        summary: "Make a project estimate",
        params,
        body: EstimateInput,
        response,
      },
    },
    async ({ actor, body }, reply) => {
      const made = answerOrRefusal(await estimates.create(actor, body, clock.now()));
      return tagged(reply.code(201), made);
    },
  );

  routes.post(
    `${one}/versions`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "add_estimate_version",
        summary: "Write another version; those before stay as they are",
        params: ofEstimate,
        headers: VersionHeaders,
        body: EstimateVersionInput,
        response,
      },
    },
    async (request, reply) => {
      const version = { input: request.body, expected: versionOf(request), at: clock.now() };
      const made = answerOrRefusal(await estimates.addVersion(request.actor, request.params.estimateId, version));
      return tagged(reply.code(201), made);
    },
  );
}

function usingRoutes(app: FastifyInstance, { carts, estimates, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    `${one}/versions/:no/quote-requests`,
    {
      config: { permission: permissionOf("write_quote_requests"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "ask_quotes_for_estimate",
        summary: "Draft a request for quotes for what a version lists",
        params: ofVersion,
        body: EstimateRequestInput,
        response: { 201: QuoteRequestRecord },
      },
    },
    async ({ actor, params: key, body }, reply) => {
      const made = answerOrRefusal(await estimates.toRequest(actor, key, body));
      return tagged(reply.code(201), made);
    },
  );

  routes.post(
    `${one}/versions/:no/cart`,
    {
      config: { permission: permissionOf("change_cart"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "put_estimate_in_cart",
        summary: "Put a version's lines with an offer into one's own cart; what could not be put there is told",
        params: ofVersion,
        querystring: CartQuery,
        response: { 200: EstimateInCart },
      },
    },
    async ({ actor, params: key, query: { divisionId = null } }) => {
      const lines = await estimates.cartLines(actor, key);
      if (lines === undefined) throw new Refusal("estimate_unknown");
      const sold = lines.sold.map(({ lineNo: _lineNo, ...line }) => line);
      const { left } = answerOrRefusal(await carts.fill(actor, { divisionId, at: clock.now() }, sold));
      const problems = new Map(left.map(({ offerId, problem }) => [offerId, problem]));
      const failed = lines.sold.flatMap(({ lineNo, offerId }) => {
        const problem = problems.get(offerId);
        return problem === undefined ? [] : [{ lineNo, problem }];
      });
      const unsold = lines.unsold.map((lineNo) => ({ lineNo, problem: problemOf("offer_not_available") }));
      return { left: [...failed, ...unsold].sort((a, b) => a.lineNo - b.lineNo) };
    },
  );
}
