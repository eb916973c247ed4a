import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** A database of one test's own. `await using` drops it at the end of the scope. */
export type TestDatabase = AsyncDisposable & {
  readonly url: string;
  readonly name: string;
  /** Drops the database and cuts off whoever is still connected. */
  readonly drop: () => Promise<void>;
};

/**
 * Clones the migrated template. The test project must name `@kontor/db/testing/global-setup` in `globalSetup`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await onServer(server.url, `create database ${name} template ${server.template} strategy file_copy`);
  // As superuser: one of the server's own workers may be at it, and nobody else may end those.
  const drop = () => onServer(server.adminUrl, `drop database if exists ${name} with (force)`);
  const address = new URL(server.url);
  address.pathname = `/${name}`;
  return { url: address.href, name, drop, [Symbol.asyncDispose]: drop };
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
