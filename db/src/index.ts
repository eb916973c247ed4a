export { type Connection, type ConnectOptions, connect, type Database } from "./connect.ts";
export { createJournalStore, type JournalStoreOptions } from "./journal/create-journal-store.ts";
export { createCursorStore } from "./journal/cursors.ts";
export {
  type ChainedSegment,
  type ChainFault,
  type ChainPoint,
  type ChainVerdict,
  genesisHash,
  type SegmentHeader,
  segmentFault,
  segmentHash,
  type VerifyChainOptions,
  verifyChain,
} from "./journal/hash-chain.ts";
export {
  type Claim,
  type CursorStore,
  chainPointOf,
  type HostRow,
  type HostStore,
  type JournalStore,
  type Outcome,
  type OutcomeStore,
  type ReadAllOptions,
  type ReadOptions,
  type Segment,
  type SegmentWrite,
  type ShardHead,
  type Snapshot,
  type SnapshotStore,
} from "./journal/journal-store.ts";
export { classifyWriteError, JournalWriteError, type WriteOutcome } from "./journal/write-error.ts";
export { migrate } from "./migrate.ts";
