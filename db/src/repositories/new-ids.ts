import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";

/** Ids that sort by when they were made, for rows that are written many at a time. */
export async function newIds(tx: Database, count: number): Promise<readonly string[]> {
  if (count === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`select uuidv7() as id from generate_series(1, ${count}::int)`);
  return rows.map(({ id }) => id);
}
