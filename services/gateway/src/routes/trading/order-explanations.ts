import { shardIn } from "@kontor/kernel";
import { OrderExplanationView, OrderId } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { Refusal } from "../../refusal.ts";
import type { TradingClient } from "../../trading/trading-client.ts";

/** Why a live order has not traded, from the book itself. */
export function orderExplanationRoutes(app: FastifyInstance, trading: Pick<TradingClient, "viewOnce">): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    "/v1/orders/:orderId/explanation",
    {
      config: { permission: permissionOf("explain_order") },
      schema: {
        tags: ["instruments"],
        operationId: "explain_order",
        summary: "Why a live order of one's own stands where it stands and has not traded more",
        params: z.strictObject({ orderId: OrderId }),
        response: { 200: OrderExplanationView },
      },
    },
    async ({ actor, params: { orderId } }) => {
      const answer = await trading.viewOnce(actor, shardIn(orderId), `order:${orderId}`);
      if (answer === null) throw new Refusal("not_found");
      return (actor.companyId === null ? answer.view : answer.own) as unknown as OrderExplanationView;
    },
  );
}
