import { ShardCondition, ShardQuery, TenderId } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { TradingClient } from "../../trading/trading-client.ts";
import { foundOrRefusal } from "../answers.ts";

const tags = ["operations"];

/** What the people who run the installation do about tenders that a trading host had to freeze. */
export function shardRecoveryRoutes(app: FastifyInstance, trading: TradingClient): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/operations/shards",
    {
      config: { permission: permissionOf("list_shards") },
      schema: {
        tags,
        operationId: "list_shards",
        summary: "Tenders that a trading host had to freeze",
        querystring: ShardQuery,
        response: { 200: z.object({ data: z.array(ShardCondition) }) },
      },
    },
    async () => ({ data: [...(await trading.frozenShards())] }),
  );

  routes.post(
    "/v1/operations/shards/:shard/recovery",
    {
      config: { permission: permissionOf("recover_shard"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "recover_shard",
        summary: "Read a frozen tender from the journal again; one that is not frozen stays as it is",
        params: z.strictObject({ shard: TenderId }),
        response: { 200: ShardCondition },
      },
    },
    async ({ params }) => foundOrRefusal(await trading.recoverShard(params.shard)),
  );
}
