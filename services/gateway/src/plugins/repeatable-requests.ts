import { createHash } from "node:crypto";
import type { RequestOutcomeStore } from "@kontor/db/auth";
import { canonicalJson } from "@kontor/kernel";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { Refusal } from "../refusal.ts";
import { keyOf } from "../routes/idempotency-key.ts";

/**
 * Mutations that no trading host journals: under the same Idempotency-Key the same request gets its first answer again,
 * and another one is refused. Answers that decide nothing (too many requests, our own faults) are not kept.
 */
export const repeatableRequests = fastifyPlugin(
  (app: FastifyInstance, { outcomes }: { readonly outcomes: RequestOutcomeStore }, done: () => void) => {
    app.decorateRequest("outcome", null);

    app.addHook("preHandler", async (request, reply) => {
      const wanted = request.routeOptions.config.repeatable === true;
      if (!wanted || request.headers["idempotency-key"] === undefined) return;
      const mark = { scope: scopeOf(request), key: keyOf(request), fingerprint: fingerprintOf(request) };
      const beginning = await outcomes.begin(mark);
      if (beginning.kind === "reused") throw new Refusal("key_reused");
      if (beginning.kind === "in_progress") throw new Refusal("in_progress", { retryAfterMs: 1_000 });
      if (beginning.kind === "repeated") return sendAgain(reply, beginning);
      request.outcome = mark;
    });

    app.addHook("onSend", async ({ outcome }, reply, payload) => {
      if (outcome === null) return payload;
      const { statusCode } = reply;
      const undecided = statusCode >= 500 || statusCode === 429;
      if (undecided) await outcomes.abandon(outcome);
      else await outcomes.finish(outcome, { status: statusCode, body: typeof payload === "string" ? payload : "" });
      return payload;
    });
    done();
  },
  { name: "repeatable-requests", dependencies: ["actors"] },
);

/** Keys of one user for one company never meet those of another. */
function scopeOf({ actor }: FastifyRequest): string {
  return `${actor.userId} ${actor.companyId ?? actor.kind}`;
}

function fingerprintOf({ method, url, body, headers }: FastifyRequest): string {
  const content = { method, url, body: body ?? null, version: headers["if-match"] ?? "" };
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

function sendAgain(reply: FastifyReply, { status, body }: { status: number; body: string }): FastifyReply {
  reply.code(status).header("idempotency-replayed", "true");
  if (body === "") return reply.send();
  const type = status >= 400 ? "application/problem+json" : "application/json";
  return reply.type(type).serializer(String).send(body);
}
