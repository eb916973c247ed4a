import type { Database, JournalStore } from "@kontor/db";
import { createProjectionStore } from "@kontor/db";
import { applyBatch } from "./apply-batch.ts";
import { readBatches } from "./read-batches.ts";

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
  for (const { shard, mechanism } of await journal.listShards()) {
    if (shards !== undefined && !chosen.has(shard)) continue;
    const applied = await store.reproject(shard, async (tx) => {
      let done = 0;
      for await (const batch of readBatches(journal, { shard, mechanism, position: 0 })) {
        await applyBatch(tx, { journal, batch });
        done += batch.entries.length;
      }
      return done;
    });
    onShard?.(shard, applied);
    entries += applied;
    count += 1;
  }
  return { shards: count, entries, strays: strays.length };
}
