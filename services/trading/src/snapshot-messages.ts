import type { SnapshotDue, SnapshotOutcome } from "./snapshot-writes.ts";

/** What the thread is started with. */
export type SnapshotThreadData = { readonly databaseUrl: string; readonly keyWindowMax: number };

/** One is asked for at a time. */
export type ToSnapshotThread = { readonly kind: "write"; readonly due: SnapshotDue } | { readonly kind: "stop" };

export type FromSnapshotThread =
  | { readonly kind: "done"; readonly outcome: SnapshotOutcome }
  | { readonly kind: "failed"; readonly message: string }
  /** A snapshot that does not fit its journal; the shard was read from its start instead. */
  | { readonly kind: "bad_snapshot"; readonly shard: string; readonly message: string };
