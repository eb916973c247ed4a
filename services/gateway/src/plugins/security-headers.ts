import { createHash } from "node:crypto";
import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";

/** Answers are data: nothing in them may run, be framed or load anything. */
const forData = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } as const;

/** What the reference page needs: its styles are made as it runs, its script and data come from here alone. */
const forReference = (scripts: string): string =>
  [
    "default-src 'none'",
    `script-src 'self'${scripts}`,
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
    app.addHook("onRequest", (_request, reply, done) => {
      reply.header("cache-control", "no-store");
      done();
    });
    app.addHook("onSend", (request, reply, payload) => {
      if (request.routeOptions.url === "/docs/" && typeof payload === "string") {
        reply.header("content-security-policy", forReference(scriptHashesOf(payload)));
      }
      return Promise.resolve(payload);
    });
  },
  { name: "security-headers" },
);

/** The page's own inline scripts, by what they say, so that no other one runs. */
function scriptHashesOf(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return inline.map(([, text = ""]) => ` 'sha256-${createHash("sha256").update(text).digest("base64")}'`).join("");
}
