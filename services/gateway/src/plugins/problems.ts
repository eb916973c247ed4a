import type { Problem, ProblemCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { problemOfError } from "../refusal.ts";
import type { KnownRoute } from "./known-routes.ts";
import { methodsAt } from "./known-routes.ts";

/** Fastify's own refusals of bodies. */
const frameworkProblems: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "media_type_unsupported",
  FST_ERR_CTP_EMPTY_JSON_BODY: "body_unreadable",
  FST_ERR_CTP_INVALID_JSON_BODY: "body_unreadable",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "body_unreadable",
};

/** Every answer that is not a success leaves as a problem document with a permanent code. */
export const problems = fastifyPlugin(
  (app: FastifyInstance, _options: object, done: () => void) => {
    const known: KnownRoute[] = [];
    app.addHook("onRoute", ({ method, url }) => {
      known.push({ methods: [method].flat(), url });
    });
    app.setErrorHandler((error, request, reply) => sendProblem(reply, problemFor(error, request)));
    app.setNotFoundHandler((request, reply) => {
      const methods = methodsAt(known, request.url);
      if (methods.length === 0) return sendProblem(reply, problemOf("not_found"));
      reply.header("allow", methods.join(", "));
      return sendProblem(reply, problemOf("method_not_allowed", { allowed: methods }));
    });
    done();
  },
  { name: "problems" },
);

/** Writes the problem out; the request's id becomes its `instance`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, retryAfterMs } = problem;
  if (retryAfterMs !== undefined) reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfterMs / 1000))));
  if (status === 401) reply.header("www-authenticate", "Bearer");
  return reply
    .code(status)
    .type("application/problem+json")
    .header("cache-control", "no-store")
    .serializer(JSON.stringify)
    .send({ ...problem, instance: reply.request.id });
}

function problemFor(error: unknown, request: FastifyRequest): Problem {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const framework = typeof code === "string" ? frameworkProblems[code] : undefined;
  if (framework === "body_too_large") return problemOf(framework, { limit: request.routeOptions.bodyLimit });
  if (framework !== undefined) return problemOf(framework);
  const problem = problemOfError(error);
  if (problem.code !== "internal") return problem;
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) return problemOf("body_unreadable");
  request.log.error({ err: error }, "request failed");
  return problem;
}
