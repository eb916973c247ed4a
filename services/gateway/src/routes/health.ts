import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { permissionOf } from "../access/declarations.ts";
import type { ReadinessCheck } from "../dependencies.ts";

const Ready = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.boolean()) }).meta({ id: "Readiness" });

/** `/livez`: this process answers. `/readyz`: everything it needs answers too. */
export function healthRoutes(app: FastifyInstance, options: { readonly checks: readonly ReadinessCheck[] }): void {
  const config = { permission: permissionOf("read_health") };
  const schema = { tags: ["health"], summary: "Whether the process answers" };
  app.get("/livez", { config, schema, logLevel: "warn" }, () => ({ live: true }));

  app.route({
    method: "GET",
    url: "/readyz",
    config,
    logLevel: "warn",
    schema: {
      tags: ["health"],
      summary: "Whether the database, its migrations and a trading host answer",
      response: { 200: Ready, 503: Ready },
    },
    handler: async (_request, reply) => {
      const results = await Promise.all(
        options.checks.map(async ({ name, check }) => [name, await works(check)] as const),
      );
      const ready = results.every(([, works]) => works);
      return reply.code(ready ? 200 : 503).send({ ready, checks: Object.fromEntries(results) });
    },
  });
}

function works(check: () => Promise<boolean>): Promise<boolean> {
  return check().catch(() => false);
}
