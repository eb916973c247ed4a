import { limits } from "@kontor/kernel";
import type { FastifyInstance, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { z } from "zod";
import { jsonBytesMax } from "../json-bound.ts";

/**
 * Every body that fits its schema is taken: where the schema allows more than the usual limit, the route's own limit is
 * so much larger. The usual one remains as room for white space.
 */
export const bodyLimits = fastifyPlugin(
  (app: FastifyInstance, _options: object, done: () => void) => {
    app.addHook("onRoute", (route) => {
      const body = route.schema?.body;
      const bytes = body instanceof z.ZodType ? jsonBytesMax(body) : 0;
      if (bytes > limits.bodyBytesMax && Number.isFinite(bytes)) route.bodyLimit = bytes + limits.bodyBytesMax;
    });
    done();
  },
  { name: "body-limits" },
);

/** How many usual requests a body is worth to the limits of rate; one of unknown length as much as the longest taken. */
export function weightOf({ headers, routeOptions }: FastifyRequest): number {
  const { bodyLimit = limits.bodyBytesMax } = routeOptions;
  const told = headers["transfer-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : bodyLimit;
  return Math.max(1, Math.ceil(Math.min(told, bodyLimit) / limits.bodyBytesMax));
}
