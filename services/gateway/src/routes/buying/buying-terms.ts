import {
  BuyingTermsInput,
  BuyingTermsRecord,
  CompanyId,
  Currency,
  ExchangeRateInput,
  ExchangeRateQuery,
  ExchangeRateRecord,
  FreightTermsInput,
  FreightTermsRecord,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf } from "../versions.ts";

const tags = ["buying"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofVendor = params.extend({ companyId: CompanyId });
const inCurrency = params.extend({ currency: Currency });

type Parts = Pick<Repositories, "buyingTerms" | "exchangeRates">;

/** What operators and vendors settle about purchase orders. */
export function buyingTermsRoutes(app: FastifyInstance, parts: Parts): void {
  termsRoutes(app, parts);
  freightRoutes(app, parts);
  rateRoutes(app, parts);
}

function termsRoutes(app: FastifyInstance, { buyingTerms }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/buying-terms`,
    {
      config: { permission: permissionOf("read_buying_terms") },
      schema: {
        tags,
        operationId: "read_buying_terms",
        summary: "How long orders wait for approval, and what the operator takes of sales; version 0: nobody wrote any",
        params,
        response: { 200: BuyingTermsRecord },
      },
    },
    async ({ actor }, reply) => {
      const terms = foundOrRefusal(await buyingTerms.read(actor));
      return tagged(reply, terms);
    },
  );

  routes.put(
    `${base}/buying-terms`,
    {
      config: { permission: permissionOf("write_buying_terms"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "write_buying_terms",
        summary: "Write them: If-None-Match: * for the first, If-Match for later ones; past orders stay as they are",
        params,
        headers: FirstOrVersionHeaders,
        body: BuyingTermsInput,
        response: { 200: BuyingTermsRecord },
      },
    },
    async (request, reply) => {
      const change = { input: request.body, version: firstOrVersionOf(request) };
      const terms = answerOrRefusal(await buyingTerms.write(request.actor, change));
      return tagged(reply, terms);
    },
  );
}

function freightRoutes(app: FastifyInstance, { buyingTerms }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/vendors/:companyId/freight-terms`,
    {
      config: { permission: permissionOf("read_freight_terms") },
      schema: {
        tags,
        operationId: "read_freight_terms",
        summary: "What a vendor takes for delivering an order, by currency",
        params: ofVendor,
        response: { 200: z.object({ data: z.array(FreightTermsRecord) }) },
      },
    },
    async ({ actor, params: { companyId } }) => ({ data: [...(await buyingTerms.freight(actor, companyId))] }),
  );

  routes.put(
    `${base}/freight-terms/:currency`,
    {
      config: { permission: permissionOf("write_freight_terms"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "write_freight_terms",
        summary: "Write one's own as a vendor: If-None-Match: * for the first, If-Match for later ones",
        params: inCurrency,
        headers: FirstOrVersionHeaders,
        body: FreightTermsInput,
        response: { 200: FreightTermsRecord },
      },
    },
    async (request, reply) => {
      const change = { input: request.body, version: firstOrVersionOf(request) };
      const terms = answerOrRefusal(await buyingTerms.writeFreight(request.actor, request.params.currency, change));
      return tagged(reply, terms);
    },
  );
}

function rateRoutes(app: FastifyInstance, { exchangeRates }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/exchange-rates`,
    {
      config: { permission: permissionOf("list_exchange_rates") },
      schema: {
        tags,
        operationId: "list_exchange_rates",
        summary: "Rates by which amounts of different currencies are compared, newest first",
        params,
        querystring: ExchangeRateQuery,
        response: { 200: pageOf(ExchangeRateRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await exchangeRates.list(request.actor, request.query), request, reply),
  );

  routes.post(
    `${base}/exchange-rates`,
    {
      config: { permission: permissionOf("set_exchange_rate"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "set_exchange_rate",
        summary: "Add a rate with its source; what is there stays",
        params,
        body: ExchangeRateInput,
        response: { 201: ExchangeRateRecord },
      },
    },
    async ({ actor, body }, reply) => reply.code(201).send(answerOrRefusal(await exchangeRates.add(actor, body))),
  );
}
