import type { Database } from "../connect.ts";
import type { NoticeRow } from "./projection-rows.ts";

/** What a shard had before it was cleared: its notices, with the marks of what was read, by id. */
export type Cleared = { readonly notices: ReadonlyMap<string, string | null> };

/** Rows that projections read before they take in a batch of events. */
export type Loading<Wanted, Found> = { readonly load: (tx: Database, wanted: Wanted) => Promise<Found> };

/** Rows that they write after it, by key. Returns the notices that were not there yet. */
export type Saving<Changed> = { readonly save: (tx: Database, changed: Changed) => Promise<readonly NoticeRow[]> };

/** The read models of one kind of shard, as far as the store of projections must know them. */
export type Clearing = {
  /** Removes all rows of the shard; null when there were none. */
  readonly clear: (tx: Database, shard: string) => Promise<Cleared | null>;
  /** Shards that have rows and no journal. */
  readonly strays: (tx: Database) => Promise<readonly string[]>;
};
