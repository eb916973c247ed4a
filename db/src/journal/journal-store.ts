import type { Micros } from "@kontor/kernel";
import type { ChainPoint, SegmentHeader } from "./hash-chain.ts";

/** One batch of one shard to append. `prevHash` and `hash` are 32 bytes; `entries` is opaque here. */
export type SegmentWrite = SegmentHeader & {
  readonly entries: Uint8Array;
  readonly prevHash: Uint8Array;
  readonly hash: Uint8Array;
};

/** A stored batch. `committedAt` is the database clock in µs UTC, for display: no decision may rest on it. */
export type Segment = SegmentWrite & { readonly committedAt: Micros };

/** What an owner holds after a claim: the only epoch that may append now, and the final tail of all earlier ones. */
export type Claim = {
  readonly epoch: number;
  readonly headSeq: number;
  readonly headHash: Uint8Array;
  readonly mechanism: string;
};

/** Times in µs UTC by the database clock. */
export type ShardHead = Claim & {
  readonly shard: string;
  readonly owner: string | null;
  readonly createdAt: Micros;
  readonly closedAt: Micros | null;
};

export type Snapshot = {
  readonly shard: string;
  readonly seq: number;
  readonly epoch: number;
  readonly schemaVersion: number;
  readonly state: Uint8Array;
  readonly stateHash: Uint8Array;
};

/** Which entry a key has led to; what that was, the entry says. */
export type Outcome = {
  readonly shard: string;
  readonly scope: string;
  readonly commandKey: string;
  readonly seq: number;
};

/** Times in µs UTC by the database clock. */
export type HostRow = {
  readonly hostId: string;
  readonly address: string;
  readonly startedAt: Micros;
  readonly renewedAt: Micros;
  /** Since the renewal, by the same clock. */
  readonly silentMs: number;
};

export type SnapshotStore = {
  /** The newest snapshot; with `schemaVersion`, the newest of that version. */
  readonly latest: (shard: string, schemaVersion?: number) => Promise<Snapshot | undefined>;
  /** As `latest`, for many shards in one query; shards without one are absent. */
  readonly latestOf: (shards: readonly string[], schemaVersion?: number) => Promise<ReadonlyMap<string, Snapshot>>;
  /** Stores a snapshot; of older ones of its shard the newest stay, `limits.snapshotsKept` in all. */
  readonly put: (snapshot: Snapshot) => Promise<void>;
};

export type OutcomeStore = {
  /** The number of the entry. Whether it is that of this key has to be seen in the entry. */
  readonly find: (key: Pick<Outcome, "shard" | "scope" | "commandKey">) => Promise<number | undefined>;
  /** A shard's first entry of a key stays: a later one is ignored. Returns how many were new. */
  readonly putMany: (outcomes: readonly Outcome[]) => Promise<number>;
};

export type HostStore = {
  readonly renew: (hostId: string, address: string) => Promise<void>;
  /** Hosts renewed within the last `withinMs` by the database clock. */
  readonly list: (options: { readonly withinMs: number }) => Promise<readonly HostRow[]>;
  readonly remove: (hostId: string) => Promise<void>;
};

export type CursorStore = {
  /** Last sequence number that a projection has applied, by shard. */
  readonly read: (projection: string) => Promise<ReadonlyMap<string, number>>;
  /** Moves forward only: an older number than the stored one changes nothing. */
  readonly advance: (projection: string, positions: ReadonlyMap<string, number>) => Promise<void>;
  /** Forgets where a projection stands, so that it starts again from the first segment. */
  readonly reset: (projection: string) => Promise<void>;
};

export type ReadOptions = {
  /** Segments per query. */
  readonly batch?: number;
};

export type ReadAllOptions = ReadOptions & {
  /** Which shards to read and after which sequence number each; every shard from its start when absent. */
  readonly after?: ReadonlyMap<string, number>;
};

/** The journal of record. All of it is safe to call from many processes at once. */
export type JournalStore = {
  /** Creates the shard with its genesis hash; an existing shard is left as it is. */
  readonly createShard: (shard: string, mechanism: string) => Promise<void>;
  /**
   * Takes the shard: raises its epoch by one, so that no append of an earlier epoch can succeed any more.
   * Waits for appends of the old epoch that are already running, so the head it returns is final.
   *
   * @throws Fault shard_not_found
   */
  readonly claim: (shard: string, owner: string) => Promise<Claim>;
  /**
   * Appends the batches of many shards, in one statement. A shard advances when epoch, sequence and hash all follow
   * its stored head; the others write nothing and do not hurt those that do.
   *
   * @returns the shards that advanced
   * @throws JournalWriteError `NOT_APPLIED`: nothing was written. `UNKNOWN`: claim again and read the tail.
   */
  readonly append: (segments: readonly SegmentWrite[]) => Promise<ReadonlySet<string>>;
  /** Segments that hold anything after `afterSeq`, in order. */
  readonly readSegments: (shard: string, afterSeq: number, options?: ReadOptions) => AsyncIterable<Segment>;
  /** Segments of many shards in one pass: shard by shard, each in order. */
  readonly readAll: (options?: ReadAllOptions) => AsyncIterable<Segment>;
  /** Heads of the given shards; unknown ones are absent. */
  readonly heads: (shards: readonly string[]) => Promise<ReadonlyMap<string, ShardHead>>;
  /** All shards by name; `open` true leaves out closed ones, false leaves out the others. */
  readonly listShards: (filter?: {
    readonly mechanism?: string;
    readonly open?: boolean;
  }) => Promise<readonly ShardHead[]>;
  /** Ends the shard for good: nothing can be appended after. False when `epoch` is not the shard's. */
  readonly closeShard: (shard: string, epoch: number) => Promise<boolean>;
  readonly snapshots: SnapshotStore;
  readonly outcomes: OutcomeStore;
  readonly hosts: HostStore;
  readonly cursors: CursorStore;
  /** Waits up to 5 s for running statements, then cuts them off. */
  readonly close: () => Promise<void>;
};

/** The point of the chain that a claim or head stands for. */
export function chainPointOf({ headSeq, headHash }: Pick<Claim, "headSeq" | "headHash">): ChainPoint {
  return { seq: headSeq, hash: headHash };
}
