import { createHash } from "node:crypto";
import type { RequestAnswer, RequestOutcomeStore } from "@kontor/db/auth";
import { canonicalJson } from "@kontor/kernel";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { z } from "zod";
import { isMutation } from "../mutations.ts";
import { Refusal } from "../refusal.ts";
import { keyOf } from "../routes/idempotency-key.ts";
import { invalid } from "./validation.ts";

/**
 * `answers`: the first answer is kept under the Idempotency-Key and given again. `journal`: a trading host looks the key
 * up. `library`: an endpoint of the account library about sessions, passwords or codes, which takes no key. `place`: bytes
 * that say where in a file they belong, so that they are there once; they pass by without being kept here.
 */
export type Idempotency = "answers" | "journal" | "library" | "place";

/**
 * Mutations that no trading host journals: under the same Idempotency-Key the same request gets its first answer again,
 * and another one is refused. Answers that decide nothing (no such request, too many requests, our own faults) are not
 * kept. Register before the routes: a mutation that does not say how it is repeated stops the boot.
 */
export const repeatableRequests = fastifyPlugin(
  (app: FastifyInstance, { outcomes }: { readonly outcomes: RequestOutcomeStore }, done: () => void) => {
    app.decorateRequest("outcome", null);
    app.decorateRequest("answerToRepeats", null);
    app.addHook("onRoute", requireDeclaration);

    app.addHook("preValidation", (request, _reply, next) => next(faultOfUnaskedBody(request)));

    app.addHook("preHandler", async (request, reply) => {
      if (request.routeOptions.config.idempotency !== "answers") return;
      const mark = { scope: scopeOf(request), key: keyOf(request), fingerprint: fingerprintOf(request) };
      const beginning = await outcomes.begin(mark);
      if (beginning.kind === "reused") throw new Refusal("key_reused");
      if (beginning.kind === "in_progress") throw new Refusal("in_progress", { retryAfterMs: 1_000 });
      if (beginning.kind === "repeated") return sendAgain(reply, beginning.answer);
      request.outcome = mark;
    });

    app.addHook("onSend", async (request, reply, payload) => {
      const { outcome } = request;
      if (outcome === null) return payload;
      if (decidesNothing(reply.statusCode)) await abandon(request, () => outcomes.abandon(outcome));
      else await outcomes.finish(outcome, answerToKeep(request, reply, payload));
      return payload;
    });
    done();
  },
  { name: "repeatable-requests", dependencies: ["actors"] },
);

function requireDeclaration({ method, url, config }: RouteOptions): void {
  const mutations = [method].flat().filter((one) => isMutation(one));
  if (mutations.length === 0 || config?.idempotency !== undefined) return;
  throw new Error(`Route ${mutations.join("|")} ${url} does not say how it is repeated: add config.idempotency to it.`);
}

/** A mutation whose route says nothing of a body takes none: nobody has looked at what is in it. */
function faultOfUnaskedBody({ routeOptions, body }: FastifyRequest): Refusal | undefined {
  const { idempotency, accountBody } = routeOptions.config;
  const isAsked = routeOptions.schema?.body !== undefined || accountBody !== undefined;
  if (idempotency === undefined || idempotency === "library" || idempotency === "place" || isAsked) return;
  if (body === undefined || body === null) return;
  const parsed = z.strictObject({}).safeParse(body);
  return parsed.success ? undefined : invalid(parsed.error.issues);
}

/** Keys of one user for one company never meet those of another; what he does as himself may change his company. */
function scopeOf({ actor, routeOptions }: FastifyRequest): string {
  const isOwn = routeOptions.config.permission?.tenant === "self";
  return `${actor.userId} ${isOwn ? "self" : (actor.companyId ?? actor.kind)}`;
}

function fingerprintOf({ method, url, body, headers }: FastifyRequest): string {
  const versions = [headers["if-match"] ?? "", headers["if-none-match"] ?? ""];
  const content = { method, url, body: body ?? null, versions };
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** The key is free again; at once, or after its time when that could not be written down. */
async function abandon({ log }: FastifyRequest, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    log.warn({ err: error }, "a key could not be set free");
  }
}

/** The request was not understood, lacks a version, or was not taken on: it may come again, corrected or as it is. */
function decidesNothing(status: number): boolean {
  return status >= 500 || status === 429 || status === 428 || status === 400;
}

function answerToKeep({ answerToRepeats, id }: FastifyRequest, reply: FastifyReply, payload: unknown): RequestAnswer {
  const { statusCode } = reply;
  if (answerToRepeats !== null && statusCode < 400) {
    const { status } = answerToRepeats;
    return { status, body: JSON.stringify({ ...answerToRepeats, instance: id }), etag: null };
  }
  const etag = reply.getHeader("etag");
  return {
    status: statusCode,
    body: typeof payload === "string" ? payload : "",
    etag: typeof etag === "string" ? etag : null,
  };
}

function sendAgain(reply: FastifyReply, { status, body, etag }: RequestAnswer): FastifyReply {
  reply.code(status).header("idempotency-replayed", "true");
  if (etag !== null) reply.header("etag", etag);
  if (body === "") return reply.send();
  const type = status >= 400 ? "application/problem+json" : "application/json";
  return reply.type(type).serializer(String).send(body);
}
