import type { Database, JournalStore } from "@kontor/db";
import { createProjectionStore } from "@kontor/db";
import { applyJournal } from "./apply-journal.ts";

export type RebuildOptions = {
  readonly db: Database;
  readonly journal: Pick<JournalStore, "readSegments" | "listShards">;
  /** These shards only; all of them when absent, and then rows without a shard go too. */
  readonly shards?: readonly string[];
  readonly onShard?: (shard: string, entries: number) => void;
};

export type Rebuilt = { readonly shards: number; readonly entries: number; readonly strays: number };

/**
 * Makes the read models anew from the journal, shard by shard, each in one transaction: readers see the old rows until
 * the new ones are whole, and a running worker waits its turn. No notice is published again.
 */
export async function rebuild({ db, journal, shards, onShard }: RebuildOptions): Promise<Rebuilt> {
  const store = createProjectionStore(db);
  const strays = shards === undefined ? await store.removeStrays() : [];
  const chosen = new Set(shards);
  let entries = 0;
  let count = 0;
  for (const { shard } of await journal.listShards()) {
    if (shards !== undefined && !chosen.has(shard)) continue;
    const applied = await store.reproject(shard, (tx) => applyJournal(tx, { journal, shard, whole: true }));
    onShard?.(shard, applied.entries);
    entries += applied.entries;
    count += 1;
  }
  return { shards: count, entries, strays: strays.length };
}
