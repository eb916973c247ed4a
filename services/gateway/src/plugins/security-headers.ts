import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";

/** Answers are data: nothing in them may run, be framed or load anything. */
const forData = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } as const;

/** What the reference page's own script needs: its styles are made as it runs, and it asks this server alone. */
const forReference = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const securityHeaders = fastifyPlugin(
  async (app: FastifyInstance, { secure }: { readonly secure: boolean }) => {
    await app.register(helmet, {
      contentSecurityPolicy: forData,
      strictTransportSecurity: secure,
      referrerPolicy: { policy: "no-referrer" },
    });
    app.addHook("onSend", (request, reply, payload) => {
      if (request.routeOptions.url?.startsWith("/docs") === true) {
        reply.header("content-security-policy", forReference);
      }
      return Promise.resolve(payload);
    });
  },
  { name: "security-headers" },
);
