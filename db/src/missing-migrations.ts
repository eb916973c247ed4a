import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Database } from "./connect.ts";
import { migrationsFolder } from "./migrate.ts";

type Migration = { readonly tag: string; readonly when: number };

let ofRelease: Promise<readonly Migration[]> | null = null;

/**
 * Tags of this release's migrations that the database has not been through; a look at a table of few rows. A
 * database that a later release has migrated lacks none.
 *
 * @throws the driver's error when the server does not answer
 */
export async function missingMigrations(db: Database): Promise<readonly string[]> {
  ofRelease ??= readMigrations();
  const [wanted, done] = await Promise.all([ofRelease, appliedTo(db)]);
  return wanted.filter(({ when }) => !done.has(when)).map(({ tag }) => tag);
}

async function readMigrations(): Promise<readonly Migration[]> {
  const text = await readFile(join(migrationsFolder, "meta", "_journal.json"), "utf8");
  return (JSON.parse(text) as { entries: readonly Migration[] }).entries;
}

/** The migrations' own times, by which the migrator knows them. */
async function appliedTo(db: Database): Promise<ReadonlySet<number>> {
  const found = await db.execute(sql`select 1 where to_regclass('drizzle.__drizzle_migrations') is not null`);
  if (found.length === 0) return new Set();
  const rows = await db.execute<{ created_at: string }>(sql`select created_at from drizzle.__drizzle_migrations`);
  return new Set(rows.map((row) => Number(row.created_at)));
}
