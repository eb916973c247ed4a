import { createHash } from "node:crypto";
import {
  DirectoryEntry,
  DirectoryQuery,
  Marketplace,
  MarketplaceChanges,
  MarketplaceId,
  MarketplaceInput,
  MarketplaceQuery,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../access/declarations.ts";
import type { Repositories } from "../dependencies.ts";
import { foundOrRefusal, pageOrRefusal, tagged, valueOrRefusal } from "./answers.ts";
import { keyOf } from "./idempotency-key.ts";
import { VersionHeaders, versionOf } from "./versions.ts";

const tags = ["marketplaces"];
const params = z.strictObject({ marketplaceId: MarketplaceId });

/** Marketplaces and the companies in them. */
export function marketplaceRoutes(
  app: FastifyInstance,
  { marketplaces, participations }: Pick<Repositories, "marketplaces" | "participations">,
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/marketplaces",
    {
      config: { permission: permissionOf("list_marketplaces") },
      schema: {
        tags,
        operationId: "list_marketplaces",
        summary: "Marketplaces of this installation by name",
        querystring: MarketplaceQuery,
        response: { 200: pageOf(Marketplace) },
      },
    },
    async (request, reply) => pageOrRefusal(await marketplaces.list(request.query), request, reply),
  );

  routes.post(
    "/v1/marketplaces",
    {
      config: { permission: permissionOf("create_marketplace"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "create_marketplace",
        summary: "Set up a marketplace",
        body: MarketplaceInput,
        response: { 201: Marketplace },
      },
    },
    async (request, reply) => {
      const id = idFrom(request.actor.userId, keyOf(request));
      const made = valueOrRefusal(await marketplaces.create(id, request.body));
      return tagged(reply.code(201), made);
    },
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId",
    {
      config: { permission: permissionOf("read_marketplace") },
      schema: {
        tags,
        operationId: "read_marketplace",
        summary: "A marketplace; its version is the entity tag",
        params,
        response: { 200: Marketplace },
      },
    },
    async (request, reply) => {
      const found = foundOrRefusal(await marketplaces.find(request.params.marketplaceId));
      return tagged(reply, found);
    },
  );

  routes.patch(
    "/v1/marketplaces/:marketplaceId",
    {
      config: { permission: permissionOf("change_marketplace"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "change_marketplace",
        summary: "Change or close a marketplace",
        params,
        body: MarketplaceChanges,
        headers: VersionHeaders,
        response: { 200: Marketplace },
      },
    },
    async (request, reply) => {
      const changed = await marketplaces.change(request.actor, request.body, versionOf(request));
      const value = valueOrRefusal(changed);
      return tagged(reply, value);
    },
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId/companies",
    {
      config: { permission: permissionOf("list_directory") },
      schema: {
        tags,
        operationId: "list_directory",
        summary: "Approved companies of a marketplace by name",
        params,
        querystring: DirectoryQuery,
        response: { 200: pageOf(DirectoryEntry) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await participations.directory(request.actor, request.query), request, reply),
  );
}

/** The same request of the same user makes the same marketplace. */
function idFrom(userId: string, key: string): string {
  return createHash("sha256").update(`${userId} ${key}`).digest("base64url").slice(0, 22);
}
