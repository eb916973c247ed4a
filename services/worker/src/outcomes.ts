import type { Outcome } from "@kontor/db";
import { outcomeOf } from "@kontor/db";
import type { Batch } from "./entries.ts";

/** Where the first outcome of every key stands, for the time when the shard no longer keeps it in memory. */
export function outcomesOf({ shard, entries }: Batch): Outcome[] {
  return entries.flatMap(({ entry }) => outcomeOf(entry, shard) ?? []);
}
