import type { RequestMark } from "@kontor/db/auth";
import type { Actor } from "@kontor/kernel";
import type { Problem } from "@kontor/protocol";
import type { DeclaredPermission } from "./access/declarations.ts";
import type { MatrixEntry } from "./access/matrix.ts";
import type { Identity } from "./auth/identity.ts";
import type { Idempotency } from "./plugins/repeatable-requests.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call the route. A route without it stops the boot. */
    permission?: DeclaredPermission;
    /** What the account library says of a body, for the reference. */
    accountBody?: unknown;
    /** What keeps a mutation from happening twice. One that does not say so stops the boot. */
    idempotency?: Idempotency;
  }

  interface FastifyRequest {
    /** Null for the anonymous. */
    identity: Identity | null;
    /** Set before any handler runs. */
    actor: Actor;
    /** Under which key the answer is to be kept; null when it is not. */
    outcome: RequestMark | null;
    /** What to answer when the request is repeated, where the answer itself must not be kept. */
    answerToRepeats: Problem | null;
  }

  interface FastifyInstance {
    /** What the routes registered so far and the live messages declare. */
    permissionMatrix: () => readonly MatrixEntry[];
    /** Everything that was counted, in the text format of Prometheus. */
    metricsText: () => Promise<string>;
  }
}
