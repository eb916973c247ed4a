import { DivisionId, DivisionInput, DivisionList, DivisionRecord } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["company"];
const base = "/v1/company/divisions";
const params = z.strictObject({ divisionId: DivisionId });
const writing = { permission: permissionOf("write_divisions"), idempotency: "answers" } as const;

/** The parts of one's own company, for which one may buy. */
export function divisionRoutes(app: FastifyInstance, { divisions }: Pick<Repositories, "divisions">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: { permission: permissionOf("read_divisions") },
      schema: {
        tags,
        operationId: "list_divisions",
        summary: "All divisions of one's own company, each after the one above it",
        response: { 200: DivisionList },
      },
    },
    async ({ actor }) => ({ divisions: [...(await divisions.list(actor))] }),
  );

  routes.get(
    `${base}/:divisionId`,
    {
      config: { permission: permissionOf("read_divisions") },
      schema: { tags, operationId: "read_division", summary: "A division", params, response: { 200: DivisionRecord } },
    },
    async ({ actor, params: { divisionId } }, reply) => {
      const division = foundOrRefusal(await divisions.find(actor, divisionId));
      return tagged(reply, division);
    },
  );

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_division",
        summary: "Add a division below the company or another division; eight deep at most",
        body: DivisionInput,
        response: { 201: DivisionRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const division = answerOrRefusal(await divisions.create(actor, body));
      return tagged(reply.code(201), division);
    },
  );

  routes.put(
    `${base}/:divisionId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_division",
        summary: "Rename a division or put it elsewhere, with all below it",
        params,
        headers: VersionHeaders,
        body: DivisionInput,
        response: { 200: DivisionRecord },
      },
    },
    async (request, reply) => {
      const key = { ...request.params, expectedVersion: versionOf(request) };
      const division = answerOrRefusal(await divisions.change(request.actor, key, request.body));
      return tagged(reply, division);
    },
  );

  routes.delete(
    `${base}/:divisionId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_division",
        summary: "Remove a division with none below it and without agreements",
        params,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const key = { ...request.params, expectedVersion: versionOf(request) };
      return reply.code(204).send(answerOrRefusal(await divisions.remove(request.actor, key)));
    },
  );
}
