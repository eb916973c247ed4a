import type { Actor } from "@kontor/kernel";
import type { ApiKey } from "@kontor/protocol";
import { KeyRole } from "@kontor/protocol";
import { and, count, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { apiKeys } from "../schema/auth.ts";
import type { ApiKeyRepository } from "./account-records.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, ofOwnCompany } from "./scope.ts";

/** The account library reads its instants as dates, which drop the microseconds that an order needs. */
const micros = (column: typeof apiKeys.createdAt | typeof apiKeys.expiresAt) =>
  sql<number>`(extract(epoch from ${column}) * 1000000)::bigint`.mapWith(Number);
const newest: Order = {
  name: "created",
  by: micros(apiKeys.createdAt),
  id: apiKeys.id,
  direction: "desc",
  accepts: isInstant,
};

const columns = {
  id: apiKeys.id,
  name: apiKeys.name,
  start: apiKeys.start,
  metadata: apiKeys.metadata,
  createdAt: micros(apiKeys.createdAt),
  expiresAt: sql<number | null>`${micros(apiKeys.expiresAt)}`.mapWith((value) =>
    value === null ? null : Number(value),
  ),
};

export function createApiKeyRepository(db: Database): ApiKeyRepository {
  const ofOwn = (actor: Actor) => ofOwnCompany(actor, apiKeys.referenceId);

  return {
    list: (actor, query) =>
      pageFrom(query, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(columns)
            .from(apiKeys)
            .where(allOf(ofOwn(actor), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: recordOf,
      }),

    async find(actor, keyId) {
      const [row] = await db
        .select(columns)
        .from(apiKeys)
        .where(and(ofOwn(actor), eq(apiKeys.id, keyId)));
      return row && recordOf(row);
    },

    async countValid(actor) {
      const isValid = anyOf(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`));
      const [row] = await db
        .select({ keys: count() })
        .from(apiKeys)
        .where(and(ofOwn(actor), isValid));
      return row?.keys ?? 0;
    },

    async remove(actor, keyId) {
      const rows = await db
        .delete(apiKeys)
        .where(and(ofOwn(actor), eq(apiKeys.id, keyId)))
        .returning({ id: apiKeys.id });
      return rows.length === 1;
    },
  };
}

type Row = {
  readonly id: string;
  readonly name: string | null;
  readonly start: string | null;
  readonly metadata: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
};

function recordOf({ id, name, start, metadata, createdAt, expiresAt }: Row): ApiKey {
  return {
    keyId: id,
    name: name ?? "",
    start: start ?? "",
    roles: rolesIn(metadata),
    createdAt: instantOf(createdAt),
    ...present({ expiresAt: instantOf(expiresAt) }),
  };
}

/** The account library stores a key's metadata as JSON text. */
function rolesIn(metadata: string | null): KeyRole[] {
  const { roles } = JSON.parse(metadata ?? "{}") as { roles?: unknown };
  return Array.isArray(roles) ? KeyRole.options.filter((role) => roles.includes(role)) : [];
}
