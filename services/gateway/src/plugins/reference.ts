import swagger from "@fastify/swagger";
import { CommandKey, Problem } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../access/declarations.ts";
import { keyAdvice } from "../routes/idempotency-key.ts";
import type { Idempotency } from "./repeatable-requests.ts";

const description = `Tenders and live auctions over HTTP and websocket.

Every mutation carries an \`Idempotency-Key\`, but for those under \`/v1/auth\` that are about sessions, passwords and
codes: the same key and the same request give the first answer again (status, body and ETag), so a request without an answer may always be repeated; the same key and
another request are refused with \`key_reused\`. Refusals are problem documents (RFC 9457) with a permanent
\`code\`. Amounts are decimal strings. Live streams and commands over one connection: \`/v1/live\`.`;

/** Two scales of a balance, in the page itself, so that no browser asks for a file. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#357" stroke-width="1.5">' +
    '<path d="M8 2v12M4 14h8M3 4h10M1 9l2-5 2 5a2 2 0 0 1-4 0M11 9l2-5 2 5a2 2 0 0 1-4 0"/></svg>',
)}`;

/** Whatever is no success. */
const problemAnswer = {
  description: "A problem document (RFC 9457).",
  content: { "application/problem+json": { schema: Problem } },
};

/** The library's schemas know things that JSON Schema does not; those parts stay open. */
function bodyOf(schema: unknown): object | null {
  if (!(schema instanceof z.ZodType)) return null;
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return body;
}

const exampleKey = "019a9f3e-4a5c-7c1e-9d57-2f6b8c0d1e3a";

type HeaderSchema = { readonly properties?: object; readonly required?: readonly string[] };

/** The key is required; the schemas that validate leave it out, because its faults have codes of their own. */
function withKey(headers: HeaderSchema | undefined, idempotency: Idempotency | undefined): HeaderSchema | undefined {
  if (idempotency === undefined || idempotency === "library") return headers;
  const { $schema: _dialect, ...key } = z.toJSONSchema(CommandKey);
  return {
    ...headers,
    properties: {
      "idempotency-key": { ...key, description: keyAdvice, examples: [exampleKey] },
      ...headers?.properties,
    },
    required: ["idempotency-key", ...(headers?.required ?? [])],
  };
}

/** Collects the routes registered after it into the document that `referenceRoutes` serves. */
export const openApi = fastifyPlugin(
  async (app: FastifyInstance) => {
    await app.register(swagger, {
      openapi: {
        openapi: "3.1.0",
        info: { title: "Kontor", version: "1", description },
        servers: [{ url: "/" }],
        components: {
          securitySchemes: {
            session: { type: "apiKey", in: "cookie", name: "kontor.session_token" },
            apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
          },
        },
        security: [{ session: [] }, { apiKey: [] }],
      },
      transform: (document) => {
        const { schema, url } = jsonSchemaTransform(document);
        const { accountBody, idempotency } = document.route.config ?? {};
        const body = bodyOf(accountBody);
        const headers = withKey(schema.headers as HeaderSchema | undefined, idempotency);
        return {
          url,
          schema: { ...schema, ...(body === null ? {} : { body }), ...(headers === undefined ? {} : { headers }) },
        };
      },
      transformObject: jsonSchemaTransformObject,
    });
    app.addHook("onRoute", (route) => {
      if (route.schema === undefined || "hide" in route.schema) return;
      const response = (route.schema.response ?? {}) as Readonly<Record<string, unknown>>;
      route.schema.response = { ...response, default: problemAnswer };
    });
  },
  { name: "openapi" },
);

/** `/v1/openapi.json`, and a page at `/docs` that shows it, with all its assets from here; without an app `/` leads there. */
export const referenceRoutes = fastifyPlugin(
  async (app: FastifyInstance, { isHome }: { readonly isHome: boolean }) => {
    const route = { config: { permission: permissionOf("read_reference") }, schema: { hide: true } };
    // Whoever opens the bare address in a browser finds something to read.
    if (isHome) app.get("/", route, (_request, reply) => reply.redirect("/docs"));
    let document: string | null = null;
    app.get("/v1/openapi.json", route, (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.type("application/json").send(document);
    });
    // Loaded late: the page's script is large, and whoever builds a gateway for a test rarely wants it.
    const { default: apiReference } = await import("@scalar/fastify-api-reference");
    await app.register(apiReference, {
      routePrefix: "/docs",
      logLevel: "warn",
      configuration: {
        url: "/v1/openapi.json",
        pageTitle: "Kontor API",
        withDefaultFonts: false,
        favicon: icon,
        // What needs somebody else's service cannot work here, and is not asked for.
        telemetry: false,
        hideClientButton: true,
        showDeveloperTools: "never",
        agent: { disabled: true },
        mcp: { disabled: true },
      },
    });
  },
  { name: "reference", dependencies: ["openapi"] },
);
