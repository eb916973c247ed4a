import type { RequestStep } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import {
  MarketplaceId,
  pageOf,
  QuoteComparison,
  QuoteRecord,
  QuoteRequestDecline,
  QuoteRequestId,
  QuoteRequestInput,
  QuoteRequestQuery,
  QuoteRequestRecord,
  QuoteRequestSummary,
  QuoteVersionInput,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["quotes"];
const base = "/v1/marketplaces/:marketplaceId/quote-requests";
const one = `${base}/:requestId`;
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofRequest = params.extend({ requestId: QuoteRequestId });
const reading = { permission: permissionOf("read_quote_requests") };
const writing = { permission: permissionOf("write_quote_requests"), idempotency: "answers" } as const;

export type QuoteParts = Pick<Repositories, "quoteRequests" | "quotes"> & { readonly clock: Clock };

/** A buyer asks for prices, those whom he invites answer. */
export function quoteRequestRoutes(app: FastifyInstance, parts: QuoteParts): void {
  readingRoutes(app, parts);
  draftingRoutes(app, parts);
  stepRoutes(app, parts);
  vendorRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { quoteRequests, quotes, clock }: QuoteParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_quote_requests",
        summary: "One's own company's requests for quotes and those it was invited to, for staff all; newest first",
        params,
        querystring: QuoteRequestQuery,
        response: { 200: pageOf(QuoteRequestSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await quoteRequests.list(request.actor, request.query), request, reply),
  );

  routes.get(
    one,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_quote_request",
        summary: "A request for quotes; the buyer learns which vendor has seen it",
        params: ofRequest,
        response: { 200: QuoteRequestRecord },
      },
    },
    async ({ actor, params: { requestId } }, reply) => {
      const found = await quoteRequests.find(actor, requestId, clock.now());
      if (found === undefined) throw new Refusal("quote_request_unknown");
      return tagged(reply, found);
    },
  );

  routes.get(
    `${one}/comparison`,
    {
      config: { permission: permissionOf("compare_quotes") },
      schema: {
        tags,
        operationId: "compare_quotes",
        summary: "The newest version of each quote side by side, by unit, currency, delivery term and lead time",
        params: ofRequest,
        response: { 200: QuoteComparison },
      },
    },
    async ({ actor, params: { requestId } }) => {
      const compared = await quotes.compare(actor, requestId, clock.now());
      if (compared === undefined) throw new Refusal("quote_request_unknown");
      return compared;
    },
  );
}

function draftingRoutes(app: FastifyInstance, { quoteRequests }: QuoteParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_quote_request",
        summary: "Draft a request for quotes to one vendor or several; they see it when it is sent",
        params,
        body: QuoteRequestInput,
        response: { 201: QuoteRequestRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const made = answerOrRefusal(await quoteRequests.create(actor, body));
      return tagged(reply.code(201), made);
    },
  );

  routes.put(
    one,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_quote_request",
        summary: "Write a draft anew",
        params: ofRequest,
        headers: VersionHeaders,
        body: QuoteRequestInput,
        response: { 200: QuoteRequestRecord },
      },
    },
    async (request, reply) => {
      const key = { requestId: request.params.requestId, version: versionOf(request) };
      const changed = answerOrRefusal(await quoteRequests.change(request.actor, key, request.body));
      return tagged(reply, changed);
    },
  );
}

type StepRoute = readonly [path: string, step: RequestStep, operationId: string, summary: string];
const steps: readonly StepRoute[] = [
  ["sending", "send", "send_quote_request", "Send a draft to those who are invited; it does not change any more"],
  ["closing", "close", "close_quote_request", "Take no further quotes; those there are may be accepted"],
  ["cancellation", "cancel", "cancel_quote_request", "Give a request up; nothing can be accepted any more"],
];

function stepRoutes(app: FastifyInstance, { quoteRequests, clock }: QuoteParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  for (const [path, step, operationId, summary] of steps) {
    const schema = { tags, operationId, summary, params: ofRequest, headers: VersionHeaders };
    routes.post(
      `${one}/${path}`,
      { config: writing, schema: { ...schema, response: { 200: QuoteRequestRecord } } },
      async (request, reply) => {
        const key = { requestId: request.params.requestId, version: versionOf(request) };
        const moved = answerOrRefusal(await quoteRequests.move(request.actor, key, { step, at: clock.now() }));
        return tagged(reply, moved);
      },
    );
  }
}

function vendorRoutes(app: FastifyInstance, { quoteRequests, quotes, clock }: QuoteParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    `${one}/refusal`,
    {
      config: { permission: permissionOf("decline_quote_request"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "decline_quote_request",
        summary: "Tell the buyer that one does not quote, and why",
        params: ofRequest,
        body: QuoteRequestDecline,
        response: { 200: QuoteRequestRecord },
      },
    },
    async ({ actor, params: { requestId }, body: { reason } }) =>
      answerOrRefusal(await quoteRequests.decline(actor, requestId, { reason, at: clock.now() })),
  );

  routes.post(
    `${one}/quote-versions`,
    {
      config: { permission: permissionOf("send_quote"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "send_quote_version",
        summary: "Quote, or quote anew: a version never changes, and the newest alone may be accepted",
        params: ofRequest,
        body: QuoteVersionInput,
        response: { 201: QuoteRecord },
      },
    },
    async ({ actor, params: { requestId }, body: input }, reply) => {
      const quote = answerOrRefusal(await quotes.send(actor, { requestId, input, at: clock.now() }));
      return reply.code(201).send(quote);
    },
  );
}
