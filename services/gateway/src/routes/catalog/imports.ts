import { Readable } from "node:stream";
import type { Bus, ImportHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Clock } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import {
  ImportFileQuery,
  ImportFileReceipt,
  ImportId,
  ImportInput,
  ImportPreview,
  ImportPreviewQuery,
  ImportProblem,
  ImportProblemQuery,
  ImportQuery,
  ImportRecord,
  ImportStart,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { failedRowsTable } from "../../imports/failed-rows-table.ts";
import { piecesOf } from "../../imports/file-pieces.ts";
import { previewOf } from "../../imports/preview.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { keyOf } from "../idempotency-key.ts";
import { idOfKey } from "../ids-of-keys.ts";
import { importMappingRoutes } from "./import-mappings.ts";

const tags = ["imports"];
const base = "/v1/marketplaces/:marketplaceId/imports";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofImport = params.extend({ importId: ImportId });
const reading = { permission: permissionOf("read_imports") };
const writing = { permission: permissionOf("write_imports"), idempotency: "answers" } as const;

export type ImportParts = Pick<Repositories, "imports" | "importMappings"> & {
  readonly clock: Clock;
  readonly bus: Bus;
};

/** Catalogues that vendors bring as files: sent in parts, looked at, started, followed, and their failed rows fetched. */
export function importRoutes(app: FastifyInstance, parts: ImportParts): void {
  importMappingRoutes(app, parts);
  documentRoutes(app, parts);
  fileRoutes(app, parts);
  stepRoutes(app, parts);
  rowRoutes(app, parts);
}

function documentRoutes(app: FastifyInstance, { imports }: ImportParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_imports",
        summary: "One's own company's imports, newest first; for staff all",
        params,
        querystring: ImportQuery,
        response: { 200: pageOf(ImportRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await imports.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:importId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_import",
        summary: "An import with its counts; the stream `import:<id>` follows it",
        params: ofImport,
        response: { 200: ImportRecord },
      },
    },
    async ({ actor, params: { importId } }, reply) => {
      const found = await imports.find(actor, importId);
      if (found === undefined) throw new Refusal("import_unknown");
      return tagged(reply, found);
    },
  );

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_import",
        summary: "An import whose file is sent next",
        params,
        body: ImportInput,
        response: { 201: ImportRecord },
      },
    },
    async (request, reply) => {
      const created = { importId: idOfKey(request), input: request.body };
      const made = answerOrRefusal(await imports.create(request.actor, created));
      return reply.code(201).send(made);
    },
  );
}

function fileRoutes(app: FastifyInstance, { imports }: ImportParts): void {
  // Bytes are handed on as they come; this parser is of these routes alone.
  app.register((scope, _options, done) => {
    scope.addContentTypeParser("application/octet-stream", (_request, payload, parsed) => parsed(null, payload));
    scope.withTypeProvider<ZodTypeProvider>().put(
      `${base}/:importId/file`,
      {
        bodyLimit: limits.importPartBytesMax,
        config: { permission: permissionOf("write_imports"), idempotency: "place" },
        schema: {
          tags,
          operationId: "send_import_file",
          summary:
            "Bytes of the file, as application/octet-stream, behind those received: four mebibytes at most at a time. " +
            "Whole mebibytes of a part that breaks off are kept",
          params: ofImport,
          querystring: ImportFileQuery,
          response: { 200: ImportFileReceipt },
        },
      },
      async (request) => {
        keyOf(request);
        const { actor, body } = request;
        const { importId } = request.params;
        if (!(body instanceof Readable)) throw new Refusal("media_type_unsupported");
        let receivedBytes = request.query.offset;
        for await (const bytes of piecesOf(body, limits.importPartBytesMax)) {
          const part = { importId, offset: receivedBytes, bytes };
          receivedBytes = answerOrRefusal(await imports.append(actor, part));
        }
        if (receivedBytes === request.query.offset) throw new Refusal("import_part_empty");
        return { receivedBytes };
      },
    );
    done();
  });

  app.withTypeProvider<ZodTypeProvider>().get(
    `${base}/:importId/preview`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "preview_import",
        summary: "What the file seems to be, its first rows, and which column seems to tell what",
        params: ofImport,
        querystring: ImportPreviewQuery,
        response: { 200: ImportPreview },
      },
    },
    async ({ actor, params: { importId }, query }) => {
      return await previewOf(answerOrRefusal(await imports.file(actor, importId)), query);
    },
  );
}

function stepRoutes(app: FastifyInstance, { imports, clock, bus }: ImportParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  /** Whoever follows it learns of it at once. */
  const told = (record: ImportRecord): ImportRecord => {
    const hint: ImportHint = { record };
    bus.publish(subjects.imports, hint);
    return record;
  };

  routes.post(
    `${base}/:importId/start`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "start_import",
        summary: "Have the file checked and, unless it is a dry run, applied; one import of a company at a time",
        params: ofImport,
        body: ImportStart,
        response: { 200: ImportRecord },
      },
    },
    async ({ actor, params: { importId }, body }) => told(answerOrRefusal(await imports.start(actor, importId, body))),
  );

  routes.post(
    `${base}/:importId/cancellation`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "cancel_import",
        summary: "Stop it between two batches of rows: of `valid` what was applied stays, of `all` nothing does",
        params: ofImport,
        response: { 200: ImportRecord },
      },
    },
    async ({ actor, params: { importId } }) =>
      told(answerOrRefusal(await imports.cancel(actor, importId, clock.now()))),
  );
}

function rowRoutes(app: FastifyInstance, { imports }: ImportParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/:importId/problems`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_import_problems",
        summary: "What is wrong with which cell, by row: the first ten thousand; the file of failed rows has them all",
        params: ofImport,
        querystring: ImportProblemQuery,
        response: { 200: pageOf(ImportProblem) },
      },
    },
    async (request, reply) => {
      const listed = answerOrRefusal(await imports.problems(request.actor, request.params.importId, request.query));
      return pageOrRefusal(listed, request, reply);
    },
  );

  routes.get(
    `${base}/:importId/failed-rows`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "download_failed_rows",
        summary: "All rows that were not taken, as they were, and what is wrong with them: text/csv",
        params: ofImport,
        response: { 200: z.unknown().meta({ description: "The table.", type: "string" }) },
      },
    },
    async ({ actor, params: { importId } }, reply) => {
      const failed = answerOrRefusal(await imports.failedRows(actor, importId));
      reply.header("content-disposition", `attachment; filename="failed-rows-${importId}.csv"`);
      return reply.type("text/csv; charset=utf-8").send(Readable.from(failedRowsTable(failed)));
    },
  );
}
