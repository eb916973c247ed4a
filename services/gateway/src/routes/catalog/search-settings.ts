import {
  CountryCode,
  MarketplaceId,
  SearchSettingsInput,
  SearchSettingsRecord,
  TaxCategory,
  TaxRateInput,
  TaxRateList,
  TaxRateRecord,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, tagged } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf, VersionHeaders, versionOf } from "../versions.ts";

const tags = ["catalogue"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofRate = params.extend({ country: CountryCode, category: TaxCategory });

type Parts = Pick<Repositories, "searchSettings" | "taxRates">;

/** What an operator says about searching in his marketplace, and about taxes. */
export function searchSettingsRoutes(app: FastifyInstance, parts: Parts): void {
  settingsRoutes(app, parts);
  taxRoutes(app, parts);
}

function settingsRoutes(app: FastifyInstance, { searchSettings }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/search-settings`,
    {
      config: { permission: permissionOf("read_search_settings") },
      schema: {
        tags,
        operationId: "read_search_settings",
        summary: "Synonyms and the order of languages; version 0: nobody wrote any",
        params,
        response: { 200: SearchSettingsRecord },
      },
    },
    async ({ actor }, reply) => {
      const settings = foundOrRefusal(await searchSettings.read(actor));
      return tagged(reply, settings);
    },
  );

  routes.put(
    `${base}/search-settings`,
    {
      config: { permission: permissionOf("write_search_settings"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "write_search_settings",
        summary: "Write them: If-None-Match: * for the first, If-Match for later ones; the search takes them by itself",
        params,
        headers: FirstOrVersionHeaders,
        body: SearchSettingsInput,
        response: { 200: SearchSettingsRecord },
      },
    },
    async (request, reply) => {
      const change = { input: request.body, version: firstOrVersionOf(request) };
      const settings = answerOrRefusal(await searchSettings.write(request.actor, change));
      return tagged(reply, settings);
    },
  );
}

function taxRoutes(app: FastifyInstance, { taxRates }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const writing = { permission: permissionOf("write_tax_rates"), idempotency: "answers" } as const;

  routes.get(
    `${base}/tax-rates`,
    {
      config: { permission: permissionOf("read_tax_rates") },
      schema: {
        tags,
        operationId: "list_tax_rates",
        summary: "What is taken of sales, by the buyer's country and the product's tax category",
        params,
        response: { 200: TaxRateList },
      },
    },
    async ({ actor }) => ({ data: [...(await taxRates.list(actor))] }),
  );

  routes.put(
    `${base}/tax-rates/:country/:category`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "write_tax_rate",
        summary:
          "Write a rate: If-None-Match: * for the first, If-Match for later ones; orders that are made keep theirs",
        params: ofRate,
        headers: FirstOrVersionHeaders,
        body: TaxRateInput,
        response: { 200: TaxRateRecord },
      },
    },
    async (request, reply) => {
      const { country, category } = request.params;
      const key = { country, category, version: firstOrVersionOf(request) };
      const rate = answerOrRefusal(await taxRates.write(request.actor, key, request.body));
      return tagged(reply, rate);
    },
  );

  routes.delete(
    `${base}/tax-rates/:country/:category`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_tax_rate",
        summary: "Take a rate away: nothing is taken any more",
        params: ofRate,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { country, category } = request.params;
      const key = { country, category, version: versionOf(request) };
      return reply.code(204).send(answerOrRefusal(await taxRates.remove(request.actor, key)));
    },
  );
}
