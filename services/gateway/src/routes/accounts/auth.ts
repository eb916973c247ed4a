import type { ProblemCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { authBasePath, authEndpointsOf } from "../../auth/auth-endpoints.ts";
import type { Auth } from "../../auth/create-auth.ts";
import { addressHeader } from "../../auth/create-auth.ts";
import { overloaded } from "../../auth/password-hasher.ts";
import type { Revocations } from "../../auth/revocations.ts";
import { sendProblem } from "../../plugins/problems.ts";
import { invalid, unstorableTextIn } from "../../plugins/validation.ts";
import type { Refusal } from "../../refusal.ts";

export type AuthRouteOptions = { readonly auth: Auth; readonly baseUrl: string; readonly revocations: Revocations };

/** The account library's endpoints, each a route of its own with its declared permission. */
export function authRoutes(app: FastifyInstance, options: AuthRouteOptions): void {
  for (const { path, methods, permission, idempotency, body } of authEndpointsOf(options.auth.api)) {
    app.route({
      method: [...methods] as HTTPMethods[],
      url: `${authBasePath}${path}`,
      config: { permission: { ...permission, action: `auth ${path}` }, accountBody: body, idempotency },
      schema: { tags: ["accounts"], summary: `Accounts: ${path.slice(1)}` },
      preValidation: (request, _reply, next) => next(faultOf(request)),
      handler: (request, reply) => passOn(request, reply, options),
    });
  }
}

/** The library validates members; what no database could hold, or is nested without end, comes no further than here. */
function faultOf({ body, query }: FastifyRequest): Refusal | undefined {
  const inBody = unstorableTextIn(body);
  if (inBody !== null) return invalid([inBody]);
  const inQuery = unstorableTextIn(query);
  return inQuery === null ? undefined : invalid([inQuery], "/query");
}

async function passOn(
  request: FastifyRequest,
  reply: FastifyReply,
  { auth, baseUrl, revocations }: AuthRouteOptions,
): Promise<FastifyReply> {
  const response = await auth.handler(webRequestOf(request, baseUrl));
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  const location = response.headers.get("location");
  if (location !== null) reply.header("location", location);
  const text = await response.text();
  if (response.status >= 400) return sendProblem(reply, problemOfResponse(response, text));
  // Not every change of one's own standing has a hook in the library; leaving a company has none.
  const userId = request.identity?.userId;
  if (userId !== undefined && request.method !== "GET") await revocations.announce({ userId });
  reply.code(response.status).header("cache-control", "no-store");
  return text === "" ? reply.send() : reply.type("application/json").serializer(String).send(text);
}

/** The request as the library wants it; the caller's address comes from the connection, never from his headers. */
function webRequestOf(request: FastifyRequest, baseUrl: string): Request {
  const headers = new Headers();
  for (const name of [
    "cookie",
    "origin",
    "referer",
    "user-agent",
    "sec-fetch-site",
    "sec-fetch-mode",
    "sec-fetch-dest",
  ]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  headers.set(addressHeader, request.ip);
  const bodiless = request.method === "GET" || request.method === "HEAD";
  if (!bodiless) headers.set("content-type", "application/json");
  return new Request(new URL(request.url, baseUrl), {
    method: request.method,
    headers,
    ...(bodiless ? {} : { body: JSON.stringify(request.body ?? {}) }),
  });
}

const codes: Readonly<Record<number, ProblemCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  429: "rate_limited",
};

/** The library's refusal as a problem: `reason` is its own code. What failed inside it stays inside. */
function problemOfResponse(response: Response, text: string) {
  const { status, headers } = response;
  const { code: reason, message } = refusalIn(text);
  const detail = { ...(reason === undefined ? {} : { reason }), ...(message === undefined ? {} : { detail: message }) };
  if (reason === overloaded) return problemOf("overloaded", { retryAfterMs: 1_000 });
  if (status >= 500) return problemOf("internal");
  const seconds = Number(headers.get("x-retry-after") ?? Number.NaN);
  const retry = status === 429 ? { retryAfterMs: Number.isNaN(seconds) ? 1_000 : seconds * 1_000 } : {};
  const taken = reason?.includes("ALREADY_EXISTS") === true;
  return problemOf(codes[status] ?? (taken ? "conflict" : "request_invalid"), { ...detail, ...retry });
}

function refusalIn(text: string): { code?: string; message?: string } {
  try {
    const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown };
    return {
      ...(typeof code === "string" ? { code } : {}),
      ...(typeof message === "string" ? { message } : {}),
    };
  } catch {
    return {};
  }
}
