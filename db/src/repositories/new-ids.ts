import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";

/** Ids that sort by when they were made, for rows that are written many at a time. */
export async function newIds(tx: Database, count: number): Promise<readonly string[]> {
  if (count === 0) return [];
  const [made] = await runPrepared<{ ids: string }>(
    tx,
    sql`select string_agg(uuidv7()::text, ' ') as ids from generate_series(1, ${count}::int)`,
  );
  return made?.ids.split(" ") ?? [];
}
