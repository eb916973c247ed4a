import {
  ImportMappingId,
  ImportMappingInput,
  ImportMappingQuery,
  ImportMappingRecord,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { idOfKey } from "../ids-of-keys.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["imports"];
const base = "/v1/marketplaces/:marketplaceId/import-mappings";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofMapping = params.extend({ mappingId: ImportMappingId });
const reading = { permission: permissionOf("read_imports") };
const writing = { permission: permissionOf("write_imports"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "importMappings">;

/** How a vendor's files are read, kept under a name. */
export function importMappingRoutes(app: FastifyInstance, parts: Parts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { importMappings }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_import_mappings",
        summary: "One's own company's mappings, newest first; for staff all",
        params,
        querystring: ImportMappingQuery,
        response: { 200: pageOf(ImportMappingRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await importMappings.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:mappingId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_import_mapping",
        summary: "A saved mapping; its version is the entity tag",
        params: ofMapping,
        response: { 200: ImportMappingRecord },
      },
    },
    async ({ actor, params: { mappingId } }, reply) => {
      const found = await importMappings.find(actor, mappingId);
      if (found === undefined) throw new Refusal("import_mapping_unknown");
      return tagged(reply, found);
    },
  );
}

function writingRoutes(app: FastifyInstance, { importMappings }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_import_mapping",
        summary: "Keep a mapping under a name",
        params,
        body: ImportMappingInput,
        response: { 201: ImportMappingRecord },
      },
    },
    async (request, reply) => {
      const saved = { mappingId: idOfKey(request), input: request.body };
      const made = answerOrRefusal(await importMappings.create(request.actor, saved));
      return tagged(reply.code(201), made);
    },
  );

  routes.put(
    `${base}/:mappingId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_import_mapping",
        summary: "Another mapping under the name, for imports that begin from now on",
        params: ofMapping,
        headers: VersionHeaders,
        body: ImportMappingInput,
        response: { 200: ImportMappingRecord },
      },
    },
    async (request, reply) => {
      const { mappingId } = request.params;
      const changed = { mappingId, input: request.body, expectedVersion: versionOf(request) };
      const made = answerOrRefusal(await importMappings.change(request.actor, changed));
      return tagged(reply, made);
    },
  );

  routes.delete(
    `${base}/:mappingId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_import_mapping",
        summary: "Forget a mapping; imports that used it keep theirs",
        params: ofMapping,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params: { mappingId } }, reply) => {
      answerOrRefusal(await importMappings.remove(actor, mappingId));
      return reply.code(204).send(null);
    },
  );
}
