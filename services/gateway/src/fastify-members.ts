import type { Actor } from "@kontor/kernel";
import type { DeclaredPermission } from "./access/declarations.ts";
import type { MatrixEntry } from "./access/matrix.ts";
import type { Identity } from "./auth/identity.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call the route. A route without it stops the boot. */
    permission?: DeclaredPermission;
  }

  interface FastifyRequest {
    /** Null for the anonymous. */
    identity: Identity | null;
    /** Set before any handler runs. */
    actor: Actor;
  }

  interface FastifyInstance {
    /** What the routes registered so far and the live messages declare. */
    permissionMatrix: () => readonly MatrixEntry[];
  }
}
