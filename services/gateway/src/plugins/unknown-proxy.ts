import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { comesThroughUnknownProxy } from "../callers.ts";

/**
 * Says once that requests come through a proxy which nobody said is to be trusted: limits then count everybody behind
 * it as one address.
 */
export const unknownProxyNotice = fastifyPlugin(
  (app: FastifyInstance, _options: object, done: () => void) => {
    let said = false;
    app.addHook("onRequest", (request, _reply, next) => {
      if (!said && comesThroughUnknownProxy(request)) {
        said = true;
        app.log.warn(
          { proxy: request.ip },
          "requests come through a proxy that is not trusted, so all its callers share the limits of one address; " +
            "if it is yours, name it in KONTOR_TRUSTED_PROXIES",
        );
      }
      next();
    });
    done();
  },
  { name: "unknown-proxy-notice" },
);
