import type { JournalStore, NoticeRow, ProjectionTransaction } from "@kontor/db";
import type { Batch } from "./entries.ts";

export type Source = { readonly journal: Pick<JournalStore, "readSegments">; readonly batch: Batch };

/** The read models of one mechanism. */
export type ReadModels = {
  /** Writes what follows from a batch, in the transaction given. Returns the notices that are new. */
  readonly project: (tx: ProjectionTransaction, source: Source) => Promise<readonly NoticeRow[]>;
};
