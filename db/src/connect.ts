import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Notice, Sql } from "postgres";
import postgres from "postgres";
import { reconnectDelay } from "./backoff.ts";

/** The query builder that repositories use: the pool, or a transaction on it. */
export type Database = PgDatabase<PostgresJsQueryResultHKT>;

/** A pool of connections and the query builder on top of it. */
export type Connection = {
  readonly sql: Sql;
  readonly db: Database;
  /** Waits up to 5 s for running statements, then cuts them off. */
  readonly close: () => Promise<void>;
};

export type ConnectOptions = {
  /** Connections at most. */
  readonly max?: number;
  /** Told of warnings by the server. The failure of a statement goes to its caller alone. */
  readonly onError?: (error: Error) => void;
  /** Shown by the server in its list of sessions. */
  readonly applicationName?: string;
  /** The server cancels a statement that takes longer. */
  readonly statementTimeoutMs?: number;
};

/**
 * Opens a pool for repositories and projections. It connects on first use.
 * Statements and idle transactions have a time limit here: nothing on this pool is the journal's writer, which must
 * not have one, because a cancelled wait for a standby counts as a commit.
 */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const { max = 10, onError, applicationName = "kontor", statementTimeoutMs = 30_000 } = options;
  const sql = postgres(url, {
    max,
    onnotice: (notice) => {
      if (notice["severity"] === "WARNING") onError?.(warningOf(notice));
    },
    connect_timeout: 10,
    backoff: reconnectDelay,
    connection: {
      application_name: applicationName,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  return { sql, db: drizzle(sql), close: () => sql.end({ timeout: 5 }) };
}

function warningOf(notice: Notice): Error {
  return new Error(`${notice["code"] ?? "warning"}: ${notice["message"] ?? ""}`);
}
