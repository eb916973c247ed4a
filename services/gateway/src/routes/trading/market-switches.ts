import { CompanyId, MarketplaceId, SwitchOrder, SwitchOutcomes } from "@kontor/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { MarketSwitch } from "../../trading/market-switch.ts";
import { keyOf } from "../idempotency-key.ts";

const base = "/v1/marketplaces/:marketplaceId";
const tags = ["instruments"];

/** The operator's switches over all instruments of a marketplace. */
export function marketSwitchRoutes(app: FastifyInstance, switches: MarketSwitch): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { permission: permissionOf("switch_market"), idempotency: "answers" } as const;
  const response = { 200: SwitchOutcomes };

  routes.post(
    `${base}/trading-halt`,
    {
      config,
      schema: {
        tags,
        operationId: "halt_market",
        summary: "Halt every listed instrument; each is reopened on its own",
        params: z.strictObject({ marketplaceId: MarketplaceId }),
        body: SwitchOrder,
        response,
      },
    },
    async (request) => ({ data: [...(await switches.halt(orderOf(request, request.body.reason)))] }),
  );

  for (const [name, operationId, summary, act] of [
    ["blocking", "block_trader_everywhere", "Cancel a company's orders in all instruments; take no more", "block"],
    ["unblocking", "unblock_trader_everywhere", "Take a company's orders in all instruments again", "unblock"],
  ] as const) {
    routes.post(
      `${base}/traders/:companyId/${name}`,
      {
        config,
        schema: {
          tags,
          operationId,
          summary,
          params: z.strictObject({ marketplaceId: MarketplaceId, companyId: CompanyId }),
          body: SwitchOrder,
          response,
        },
      },
      async (request) => {
        const order = orderOf(request, request.body.reason);
        return { data: [...(await switches[act](order, request.params.companyId))] };
      },
    );
  }
}

function orderOf(request: FastifyRequest, reason: string) {
  return { actor: request.actor, key: keyOf(request), reason };
}
