import type { Actor } from "@kontor/kernel";
import { shardIn, shardOfPart } from "@kontor/kernel";
import type { FastifyInstance, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import type { Gate, Target } from "../access/gate.ts";
import type { Identify } from "../auth/identify.ts";
import { isMutation } from "../mutations.ts";
import type { OriginRule } from "../origins.ts";
import { Refusal } from "../refusal.ts";

export type IdentityOptions = { readonly identify: Identify; readonly origins: OriginRule };

const nobody: Actor = { kind: "member", userId: "", companyId: null, marketplaceId: null };

/**
 * Finds out who calls before the body is read. An endpoint open to everyone ignores a credential that is no good,
 * so that whoever holds one can still sign in or out.
 */
export const identities = fastifyPlugin(
  (app: FastifyInstance, { identify, origins }: IdentityOptions, done: () => void) => {
    app.decorateRequest("identity", null);
    app.decorateRequest("actor");
    app.addHook("onRequest", async (request) => {
      request.actor = nobody;
      const permission = request.routeOptions.config.permission;
      if (permission === undefined) return;
      if (permission.rateClass === "open" && permission.everyone === "anonymous") return;
      const open = permission.everyone === "anonymous";
      request.identity = await identify.of(request.headers).catch((error: unknown) => {
        if (open && error instanceof Refusal) return null;
        throw error;
      });
      if (request.identity === null && !open) throw new Refusal("unauthenticated");
      refuseForeignOrigin(request, origins);
    });
    done();
  },
  { name: "identities" },
);

/** A browser attaches the cookie to whatever page asks; only pages of ours may. */
function refuseForeignOrigin({ identity, method, headers, ws }: FastifyRequest, origins: OriginRule): void {
  const cookieSpeaks = identity?.kind === "session" && (isMutation(method) || ws);
  if (!cookieSpeaks) return;
  const { origin } = headers;
  if (origin !== undefined && !origins.allows(origin)) throw new Refusal("origin_refused");
}

/** Turns the identity into an actor once the parameters are known to be well-formed. */
export const actors = fastifyPlugin(
  (app: FastifyInstance, { gate }: { readonly gate: Gate }, done: () => void) => {
    app.addHook("preHandler", async (request) => {
      const permission = request.routeOptions.config.permission;
      if (permission === undefined) return;
      request.actor = await gate.actorFor(request.identity, permission, targetOf(request));
    });
    done();
  },
  { name: "actors", dependencies: ["identities"] },
);

function targetOf({ params, body, headers }: FastifyRequest): Target {
  const named = params as Readonly<Record<string, string | undefined>>;
  const { marketplaceId, tenderId } = named;
  // The id of an order is its instrument's with a suffix.
  const orderId = named["orderId"];
  const instrumentId = named["instrumentId"] ?? (orderId === undefined ? undefined : shardIn(orderId));
  // The id of what is in a lot is the lot's with a suffix.
  const record = named["bidId"] ?? named["awardId"] ?? named["contractId"];
  const lotId = named["lotId"] ?? record?.replace(/-[a-z]\d+$/, "");
  const company = headers["kontor-company"];
  const given = body as { terms?: { direction?: unknown }; side?: unknown } | null | undefined;
  const direction = given?.terms?.direction ?? given?.side;
  const shard = tenderId ?? (lotId === undefined ? undefined : (shardOfPart(lotId) ?? undefined));
  return {
    ...(marketplaceId === undefined ? {} : { marketplaceId }),
    ...(shard === undefined ? {} : { tenderId: shard }),
    ...(instrumentId === undefined ? {} : { instrumentId }),
    ...(direction === "buy" || direction === "sell" ? { direction } : {}),
    ...(typeof company === "string" ? { company } : {}),
  };
}
