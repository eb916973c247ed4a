import {
  MarketplaceId,
  pageOf,
  QuoteAcceptanceRecord,
  QuoteAdditionInput,
  QuoteAgreementInput,
  QuoteId,
  QuoteOrderInput,
  QuoteQuery,
  QuoteRecord,
  QuoteSummary,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal } from "../answers.ts";
import type { QuoteParts } from "./quote-requests.ts";

const tags = ["quotes"];
const base = "/v1/marketplaces/:marketplaceId/quotes";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofQuote = params.extend({ quoteId: QuoteId });
const reading = { permission: permissionOf("read_quotes") };

/** What vendors answer, and what a buyer takes of it. */
export function quoteRoutes(app: FastifyInstance, parts: QuoteParts): void {
  readingRoutes(app, parts);
  buyerRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { quotes }: QuoteParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_quotes",
        summary: "As a vendor one's own quotes, as a buyer those to one's requests, for staff all; newest first",
        params,
        querystring: QuoteQuery,
        response: { 200: pageOf(QuoteSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await quotes.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:quoteId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_quote",
        summary: "A quote with all its versions and what was accepted of it",
        params: ofQuote,
        response: { 200: QuoteRecord },
      },
    },
    async ({ actor, params: { quoteId } }) => {
      const quote = await quotes.find(actor, quoteId);
      if (quote === undefined) throw new Refusal("quote_unknown");
      return quote;
    },
  );
}

function buyerRoutes(app: FastifyInstance, { quotes, clock }: QuoteParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.put(
    `${base}/:quoteId/addition`,
    {
      config: { permission: permissionOf("weigh_quote"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "weigh_quote",
        summary: "Say what to reckon on top of a quote when it is compared; the vendor does not see it",
        params: ofQuote,
        body: QuoteAdditionInput,
        response: { 200: QuoteRecord },
      },
    },
    async ({ actor, params: { quoteId }, body }) => answerOrRefusal(await quotes.weigh(actor, quoteId, body)),
  );

  routes.post(
    `${base}/:quoteId/orders`,
    {
      config: { permission: permissionOf("order_quote"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "order_quote",
        summary: "Accept lines of the newest version: a purchase order at exactly the quoted prices",
        params: ofQuote,
        body: QuoteOrderInput,
        response: { 201: QuoteAcceptanceRecord },
      },
    },
    async ({ actor, params: { quoteId }, body: input }, reply) => {
      const accepted = answerOrRefusal(await quotes.order({ actor, quoteId, input, at: clock.now() }));
      return reply.code(201).send(accepted);
    },
  );

  routes.post(
    `${base}/:quoteId/agreements`,
    {
      config: { permission: permissionOf("agree_quote"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "agree_quote",
        summary: "Accept lines of the newest version: an agreement with a price list of exactly the quoted prices",
        params: ofQuote,
        body: QuoteAgreementInput,
        response: { 201: QuoteAcceptanceRecord },
      },
    },
    async ({ actor, params: { quoteId }, body: input }, reply) => {
      const accepted = answerOrRefusal(await quotes.agree({ actor, quoteId, input, at: clock.now() }));
      return reply.code(201).send(accepted);
    },
  );
}
