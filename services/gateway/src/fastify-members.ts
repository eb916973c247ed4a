import type { RequestMark } from "@kontor/db/auth";
import type { Actor } from "@kontor/kernel";
import type { DeclaredPermission } from "./access/declarations.ts";
import type { MatrixEntry } from "./access/matrix.ts";
import type { Identity } from "./auth/identity.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call the route. A route without it stops the boot. */
    permission?: DeclaredPermission;
    /** What the account library says of a body, for the reference. */
    accountBody?: unknown;
    /** A mutation that gives its first answer again when it is repeated under one Idempotency-Key. */
    repeatable?: true;
  }

  interface FastifyRequest {
    /** Null for the anonymous. */
    identity: Identity | null;
    /** Set before any handler runs. */
    actor: Actor;
    /** Under which key the answer is to be kept; null when the caller sent none. */
    outcome: RequestMark | null;
  }

  interface FastifyInstance {
    /** What the routes registered so far and the live messages declare. */
    permissionMatrix: () => readonly MatrixEntry[];
  }
}
