import type { JournalStore, NoticeRow, ProjectionTransaction } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { applyBatch } from "./apply-batch.ts";
import { readBatches } from "./read-batches.ts";

export type ApplyJournalOptions = {
  readonly journal: Pick<JournalStore, "readSegments">;
  readonly shard: string;
  /** All that the journal holds, or the next few batches of it. */
  readonly whole: boolean;
};

/** `newest` is the stamp of the last entry applied; null when there was none. `headSeq` is the journal's end. */
export type Applied = {
  readonly notices: readonly NoticeRow[];
  readonly entries: number;
  readonly newest: Micros | null;
  readonly position: number;
  readonly headSeq: number;
};

/** A turn of one shard: while one batch is written, the next is read. */
const batchesPerTurn = 3;

/** Brings what the journal holds after the shard's position into the read models, within the transaction. */
export async function applyJournal(tx: ProjectionTransaction, options: ApplyJournalOptions): Promise<Applied> {
  const { journal, shard, whole } = options;
  const { mechanism, headSeq } = tx;
  const notices: NoticeRow[] = [];
  let entries = 0;
  let newest: Micros | null = null;
  let { position } = tx;
  if (mechanism === null || position >= headSeq) return { notices, entries, newest, position, headSeq };
  const batches = readBatches(journal, { shard, mechanism, position });
  let next = ahead(batches.next());
  try {
    for (let count = 0; whole || count < batchesPerTurn; count++) {
      const { value: batch } = await next;
      if (batch === undefined) break;
      next = ahead(batches.next());
      notices.push(...(await applyBatch(tx, { journal, batch })));
      entries += batch.entries.length;
      newest = batch.entries.at(-1)?.entry.at ?? newest;
      position = batch.lastSeq;
    }
  } finally {
    await next.catch(() => {});
    await batches.return(undefined);
  }
  return { notices, entries, newest, position, headSeq };
}

/** A batch that is wanted later, or never. */
function ahead<Value>(batch: Promise<Value>): Promise<Value> {
  batch.catch(() => {});
  return batch;
}
