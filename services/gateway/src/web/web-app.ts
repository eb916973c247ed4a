import { randomBytes } from "node:crypto";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { permissionOf } from "../access/declarations.ts";
import type { DemoAccount } from "./shell-page.ts";
import { readShellPage, unbuiltPage } from "./shell-page.ts";

export type WebAppOptions = {
  /** Where the build is or will be. */
  readonly folder: string;
  readonly demoAccounts?: readonly DemoAccount[];
};

const assetsFor = "365d";
/** Addresses of programs; what is missing there is a problem document, never the page. */
const ofPrograms = /^\/(?:v1|docs|assets|livez|readyz|metrics)(?:\/|$)/;

/** Scripts of our own files alone, no text that becomes a script, styles of ours or with this answer's nonce. */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");

/** The web app: files under `/assets/` for a year, a missing one 404; the page at every other address of a browser. */
export const webApp = fastifyPlugin(
  async (app: FastifyInstance, { folder, demoAccounts = [] }: WebAppOptions) => {
    await app.register(fastifyStatic, {
      root: join(folder, "assets"),
      prefix: "/assets/",
      decorateReply: false,
      index: false,
      redirect: false,
      preCompressed: true,
      immutable: true,
      maxAge: assetsFor,
      // Without a build there are no files, which is said where the page would be.
      suppressWarning: true,
    });
    const route = {
      config: { permission: permissionOf("read_app") },
      schema: { hide: true },
      logLevel: "warn",
    } as const;
    app.get("/*", route, (request, reply) => sendPage(request, reply, { folder, demoAccounts }));
  },
  { name: "web-app" },
);

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { folder, demoAccounts }: Required<WebAppOptions>,
): Promise<FastifyReply> {
  const [path = ""] = request.url.split("?", 1);
  if (ofPrograms.test(path) || !wantsPage(request)) {
    reply.callNotFound();
    return reply;
  }
  const page = await readShellPage(folder, demoAccounts);
  reply.type("text/html; charset=utf-8").header("cache-control", "no-cache");
  if (page === null) return reply.code(503).send(unbuiltPage);
  reply.header("etag", page.etag);
  if (request.headers["if-none-match"] === page.etag) {
    // The page that the browser has goes with the policy that it came with, whose nonce is in it.
    reply.removeHeader("content-security-policy");
    return reply.code(304).send();
  }
  const nonce = randomBytes(16).toString("base64url");
  return reply.header("content-security-policy", policyWith(nonce)).send(page.withNonce(nonce));
}

function wantsPage({ headers }: FastifyRequest): boolean {
  const { accept } = headers;
  return accept === undefined || accept.includes("text/html") || accept.includes("*/*");
}
