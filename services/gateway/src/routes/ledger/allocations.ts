import type { ShardPort } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import {
  AllocationId,
  AllocationInput,
  AllocationQuery,
  AllocationRecord,
  InstrumentId,
  pageOf,
  SweepInput,
  SweepInstruction,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["allocations"];
const base = "/v1/instruments/:instrumentId";
const params = z.strictObject({ instrumentId: InstrumentId });

export type AllocationParts = Pick<Repositories, "allocations" | "sweeps"> & {
  readonly shards: ShardPort;
  readonly clock: Clock;
};

/** Money and receipts on their way between a company's books and an instrument. */
export function allocationRoutes(app: FastifyInstance, parts: AllocationParts): void {
  listRoutes(app, parts);
  sweepRoutes(app, parts);
}

function listRoutes(app: FastifyInstance, { allocations, shards, clock }: AllocationParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const reading = { permission: permissionOf("list_allocations") };

  routes.get(
    `${base}/allocations`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_allocations",
        summary: "One's own company's allocations, for staff all; newest first",
        params,
        querystring: AllocationQuery,
        response: { 200: pageOf(AllocationRecord) },
      },
    },
    async (request, reply) => {
      const { actor, params: of, query } = request;
      return pageOrRefusal(await allocations.list(actor, of.instrumentId, query), request, reply);
    },
  );

  routes.get(
    `${base}/allocations/:allocationId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_allocation",
        summary: "An allocation",
        params: params.extend({ allocationId: AllocationId }),
        response: { 200: AllocationRecord },
      },
    },
    async ({ actor, params: { instrumentId, allocationId } }) => {
      const found = foundOrRefusal(await allocations.find(actor, allocationId));
      return foundOrRefusal(found.instrumentId === instrumentId ? found : null);
    },
  );

  routes.post(
    `${base}/allocations`,
    {
      config: { permission: permissionOf("allocate_assets"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "allocate_assets",
        summary: "Put money and receipts into an instrument, or take them back",
        params,
        body: AllocationInput,
        response: { 201: AllocationRecord },
      },
    },
    async ({ actor, params: { instrumentId }, body: input }, reply) => {
      const asked = await allocations.request(actor, shards, { instrumentId, input, at: clock.now() });
      return reply.code(201).send(answerOrRefusal(asked));
    },
  );
}

function sweepRoutes(app: FastifyInstance, { sweeps, clock }: AllocationParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/sweep`,
    {
      config: { permission: permissionOf("read_sweep") },
      schema: {
        tags,
        operationId: "read_sweep",
        summary: "Whether the company's free money and receipts flow back when the instrument closes",
        params,
        response: { 200: SweepInstruction },
      },
    },
    async ({ actor, params: { instrumentId } }) => await sweeps.instruction(actor, instrumentId),
  );

  routes.put(
    `${base}/sweep`,
    {
      config: { permission: permissionOf("instruct_sweep"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "instruct_sweep",
        summary: "Have what is free flow back whenever the instrument closes, or leave it there",
        params,
        body: SweepInput,
        response: { 200: SweepInstruction },
      },
    },
    async ({ actor, params: { instrumentId }, body: { atClose } }) =>
      answerOrRefusal(await sweeps.instruct(actor, { instrumentId, atClose, at: clock.now() })),
  );
}
