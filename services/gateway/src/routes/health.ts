import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { permissionOf } from "../access/declarations.ts";
import type { ReadinessCheck } from "../dependencies.ts";

const Ready = z
  .object({
    ready: z.boolean(),
    checks: z.record(z.string(), z.boolean()),
    reasons: z.record(z.string(), z.string()).optional().meta({ description: "What is wrong, by check." }),
    warnings: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "What an operator must look at although the installation serves, by service." }),
  })
  .meta({ id: "Readiness" });

const noAnswer = "It does not answer.";
/** A check that has not answered by then counts as failed. */
const patienceMs = 5_000;

export type HealthOptions = {
  readonly checks: readonly ReadinessCheck[];
  /** Sentences by service. They leave the answer at 200: what works must still be sent its callers. */
  readonly warnings: () => Readonly<Record<string, string>>;
};

/** `/livez`: this process answers. `/readyz`: everything it needs answers too. */
export function healthRoutes(app: FastifyInstance, options: HealthOptions): void {
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
      const faults = await Promise.all(options.checks.map(async (one) => [one.name, await faultOf(one)] as const));
      const checks = Object.fromEntries(faults.map(([name, fault]) => [name, fault === null]));
      const reasons = Object.fromEntries(faults.filter(([, fault]) => fault !== null));
      const ready = Object.keys(reasons).length === 0;
      const warnings = options.warnings();
      const warned = Object.keys(warnings).length === 0 ? {} : { warnings };
      return reply.code(ready ? 200 : 503).send({ ready, checks, ...(ready ? {} : { reasons }), ...warned });
    },
  });
}

/** Null when all is well. What the check threw stays inside: it may name hosts and users. */
async function faultOf({ check }: ReadinessCheck): Promise<string | null> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), patienceMs);
  const outcome = await Promise.race([check(), late.promise]).catch(() => false);
  clearTimeout(timer);
  if (outcome === true) return null;
  return typeof outcome === "string" ? outcome : noAnswer;
}
