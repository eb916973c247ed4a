import type { JournalStore } from "@kontor/db";
import { decodeEntries } from "@kontor/db";
import type { Batch } from "./entries.ts";

/** A batch ends with the segment that brings it to this many entries. */
const entriesPerBatch = 1_000;
const segmentsPerQuery = 32;

/** What the shard's journal holds after its position, batch by batch. */
export async function* readBatches(
  journal: Pick<JournalStore, "readSegments">,
  { shard, mechanism, position }: { readonly shard: string; readonly mechanism: string; readonly position: number },
): AsyncGenerator<Batch> {
  let entries: Batch["entries"][number][] = [];
  let lastSeq = position;
  for await (const segment of journal.readSegments(shard, position, { batch: segmentsPerQuery })) {
    const { epoch } = segment;
    for (const entry of decodeEntries(segment.entries)) if (entry.seq > position) entries.push({ entry, epoch });
    lastSeq = segment.lastSeq;
    if (entries.length < entriesPerBatch) continue;
    yield { shard, mechanism, entries, lastSeq };
    entries = [];
  }
  if (lastSeq > position && entries.length > 0) yield { shard, mechanism, entries, lastSeq };
}
