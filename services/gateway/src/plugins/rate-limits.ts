import type { RateClass } from "@kontor/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { addressGroupOf } from "../address-group.ts";
import { Refusal } from "../refusal.ts";
import { weightOf } from "./body-limits.ts";
import type { Budget, RateStore, Spending } from "./rate-budget.ts";

const minute = 60_000;

/** Per actor (company and user, or key; the address for the anonymous) and class. */
const rateBudgets: Readonly<Record<RateClass, Budget>> = {
  open: { max: 600, windowMs: minute },
  read: { max: 1_200, windowMs: minute },
  write: { max: 300, windowMs: minute },
  trade: { max: 1_200, windowMs: minute },
  sign_in: { max: 60, windowMs: minute },
  account: { max: 120, windowMs: minute },
};

/** Before anyone is known: what one address, or one IPv6 network, may send in all. */
const addressBudget: Budget = { max: 6_000, windowMs: minute };

export type RateLimitOptions = { readonly store: RateStore; readonly enabled: boolean };

/** The first hook of all: a flood is turned away before a credential is looked up. */
export const addressLimit = fastifyPlugin(
  (app: FastifyInstance, { store, enabled }: RateLimitOptions, done: () => void) => {
    app.addHook("onRequest", async (request) => {
      if (!enabled) return;
      const spending = await store.spend(`address ${addressGroupOf(request.ip)}`, addressBudget, weightOf(request));
      if (!spending.allowed) throw limited("address", addressBudget, spending);
    });
    done();
  },
  { name: "address-limit" },
);

/** After authentication: each class of requests has a budget of its own for each actor. */
export const classLimits = fastifyPlugin(
  (app: FastifyInstance, { store, enabled }: RateLimitOptions, done: () => void) => {
    app.addHook("onRequest", async (request, reply) => {
      const permission = request.routeOptions.config.permission;
      if (!enabled || permission === undefined) return;
      const { rateClass } = permission;
      const budget = rateBudgets[rateClass];
      const spending = await store.spend(`${rateClass} ${spenderOf(request)}`, budget, weightOf(request));
      announce(reply, { name: rateClass, budget, spending });
      if (!spending.allowed) throw limited(rateClass, budget, spending);
    });
    done();
  },
  { name: "class-limits", dependencies: ["identities"] },
);

function spenderOf({ identity, ip }: FastifyRequest): string {
  if (identity === null) return `address ${addressGroupOf(ip)}`;
  return identity.kind === "key" ? `key ${identity.id}` : `user ${identity.userId} ${identity.companyId ?? ""}`;
}

type Announcement = { readonly name: string; readonly budget: Budget; readonly spending: Spending };

/** The two fields of the IETF's RateLimit draft. */
function announce(reply: FastifyReply, { name, budget, spending }: Announcement): void {
  reply.header("ratelimit-policy", `"${name}";q=${budget.max};w=${budget.windowMs / 1000}`);
  reply.header("ratelimit", `"${name}";r=${spending.remaining};t=${Math.ceil(spending.resetMs / 1000)}`);
}

function limited(policy: string, { max, windowMs }: Budget, { resetMs }: Spending): Refusal {
  return new Refusal("rate_limited", { policy, limit: max, windowMs, retryAfterMs: Math.max(1, resetMs) });
}
