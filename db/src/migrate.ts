import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

export const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/** Names the lock that lets one process migrate while the others wait; any constant will do. */
const lockKey = 4_207_849_484;

/**
 * Brings the database to the newest schema; a database that is up to date is left alone.
 * Safe to call from many processes at once: one migrates, the others wait for it, at most `lockTimeoutMs`.
 *
 * @throws the driver's error when the server cannot be reached, a migration fails, or the wait is too long.
 */
export async function migrate(url: string, { lockTimeoutMs = 60_000 } = {}): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "kontor-migrate" } });
  try {
    await sql`select set_config('lock_timeout', ${String(lockTimeoutMs)}, false)`;
    await sql`select pg_advisory_lock(${lockKey}::bigint)`; // Ends with this session, also when the process dies.
    await applyMigrations(drizzle(sql), { migrationsFolder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
