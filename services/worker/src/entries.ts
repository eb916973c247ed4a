import type { JournalEntry } from "@kontor/db";

/** Entries of one shard that follow each other, and the epoch that wrote each. */
export type Batch = {
  readonly shard: string;
  readonly mechanism: string;
  readonly entries: readonly { readonly entry: JournalEntry; readonly epoch: number }[];
  readonly lastSeq: number;
};
