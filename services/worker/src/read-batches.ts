import { setImmediate } from "node:timers/promises";
import type { JournalStore } from "@kontor/db";
import { decodeEntries } from "@kontor/db";
import type { Batch } from "./entries.ts";

/** A batch ends with the segment that brings it to this many entries. */
const entriesPerBatch = 4_000;
const segmentsPerQuery = 64;
/** So many entries are read in one go; then whoever waits for an answer of the database has a turn. */
const entriesAtOnce = 200;

/** What the shard's journal holds after its position, batch by batch. */
export async function* readBatches(
  journal: Pick<JournalStore, "readSegments">,
  { shard, mechanism, position }: { readonly shard: string; readonly mechanism: string; readonly position: number },
): AsyncGenerator<Batch> {
  let entries: Batch["entries"][number][] = [];
  let lastSeq = position;
  let pausedAt = position;
  for await (const segment of journal.readSegments(shard, position, { batch: segmentsPerQuery })) {
    const { epoch } = segment;
    for (const entry of decodeEntries(segment.entries, { commands: false })) {
      if (entry.seq > position) entries.push({ entry, epoch });
    }
    lastSeq = segment.lastSeq;
    if (entries.length >= entriesPerBatch) {
      yield { shard, mechanism, entries, lastSeq };
      entries = [];
    }
    if (lastSeq < pausedAt + entriesAtOnce) continue;
    await setImmediate();
    pausedAt = lastSeq;
  }
  if (lastSeq > position && entries.length > 0) yield { shard, mechanism, entries, lastSeq };
}
