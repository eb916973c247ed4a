import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";

/**
 * One line per request, by the route's pattern: addresses hold ids, queries and tokens. What only reads, and health
 * checks most of all, is for whoever looks closely.
 */
export const requestLog = fastifyPlugin(
  (app: FastifyInstance, _options: object, done: () => void) => {
    app.addHook("onResponse", (request, reply, next) => {
      const { method, routeOptions, identity, log } = request;
      const line = {
        method,
        route: routeOptions.url ?? "unknown",
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(identity === null ? {} : { userId: identity.userId }),
      };
      const quiet = method === "GET" || method === "HEAD";
      if (quiet) log.debug(line, "request");
      else log.info(line, "request");
      next();
    });
    done();
  },
  { name: "request-log" },
);
