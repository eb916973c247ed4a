import {
  MarketplaceId,
  pageOf,
  RequisitionListId,
  RequisitionListInput,
  RequisitionListQuery,
  RequisitionListRecord,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["carts"];
const base = "/v1/marketplaces/:marketplaceId/requisition-lists";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofList = params.extend({ listId: RequisitionListId });
const reading = { permission: permissionOf("list_requisition_lists") };
const writing = { permission: permissionOf("write_requisition_lists"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "requisitionLists">;

/** Lines that are ordered again and again. */
export function requisitionListRoutes(app: FastifyInstance, parts: Parts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { requisitionLists }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_requisition_lists",
        summary: "One's own requisition lists and those that colleagues share, without their lines; oldest first",
        params,
        querystring: RequisitionListQuery,
        response: { 200: pageOf(RequisitionListRecord.omit({ lines: true })) },
      },
    },
    async (request, reply) => pageOrRefusal(await requisitionLists.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:listId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_requisition_list",
        summary: "A requisition list",
        params: ofList,
        response: { 200: RequisitionListRecord },
      },
    },
    async ({ actor, params: { listId } }, reply) => {
      const list = await requisitionLists.find(actor, listId);
      if (list === undefined) throw new Refusal("requisition_list_unknown");
      return tagged(reply, list);
    },
  );
}

function writingRoutes(app: FastifyInstance, { requisitionLists }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_requisition_list",
        summary: "Make a requisition list",
        params,
        body: RequisitionListInput,
        response: { 201: RequisitionListRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const list = answerOrRefusal(await requisitionLists.create(actor, body));
      return tagged(reply.code(201), list);
    },
  );

  routes.put(
    `${base}/:listId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_requisition_list",
        summary: "Write a requisition list anew",
        params: ofList,
        headers: VersionHeaders,
        body: RequisitionListInput,
        response: { 200: RequisitionListRecord },
      },
    },
    async (request, reply) => {
      const change = { input: request.body, version: versionOf(request) };
      const list = answerOrRefusal(await requisitionLists.change(request.actor, request.params.listId, change));
      return tagged(reply, list);
    },
  );

  routes.delete(
    `${base}/:listId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_requisition_list",
        summary: "Remove a requisition list",
        params: ofList,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      answerOrRefusal(await requisitionLists.remove(request.actor, request.params.listId, versionOf(request)));
      return reply.code(204).send(null);
    },
  );
}
