import type { CommandAnswer, CommandRequest, ViewAnswer, ViewRequest } from "@kontor/bus";
import type { EntryRowsWriter, SegmentHeader, SegmentWrite } from "@kontor/db";
import type { Fault, Micros } from "@kontor/kernel";
import { Fifo } from "./fifo.ts";
import type { KeyWindow } from "./key-window.ts";
import type { Mechanism, MechanismState, TradingEvent } from "./mechanism.ts";
import type { Gap } from "./service-gaps.ts";
import type { PreparedUpdate, ShardViews } from "./views.ts";

export type Settle = (answer: CommandAnswer) => void;

/** A command on its way from ingress to its answer. */
export type CommandItem = {
  readonly kind: "command";
  /** Ingress stamp; only ever raised, when the journal turns out to be ahead of it. */
  at: Micros;
  readonly request: CommandRequest;
  /** Scope and key, see `keyIdOf`. */
  readonly id: string;
  readonly fingerprint: string;
  /** Canonical JSON of the command. */
  readonly text: string;
  readonly settle: Settle;
  /** Further callers that sent the same command meanwhile. */
  also: Settle[] | null;
  /** Decided, and held until its batch is committed. */
  answer: CommandAnswer | null;
  /** The outcome store is being asked for this key; the command and all behind it wait. */
  asking: boolean;
  /** Answered while it stood in the queue; skipped there. */
  done: boolean;
  /** Sent to the journal without a definite reply; only the journal can tell. */
  inDoubt: boolean;
};

/** Asks for every tick that is due by `at`. */
export type ProbeItem = { readonly kind: "probe"; at: Micros };
/** Reports a gap in service to the engine; stands before everything else. */
export type OutageItem = { readonly kind: "outage"; at: Micros; readonly gap: Gap };
export type Item = CommandItem | ProbeItem | OutageItem;

/** `seq` is the decided position after the report. */
export type ReportedGap = { readonly gap: Gap; readonly seq: number };

export type ViewWaiter = { readonly request: ViewRequest; readonly settle: (answer: ViewAnswer) => void };

/** Entries decided but not yet sent. */
export type OpenBatch = {
  readonly firstSeq: number;
  lastSeq: number;
  at: Micros;
  readonly rows: EntryRowsWriter;
  readonly events: TradingEvent[];
  /** In the order decided; also commands that wrote no entry but saw this batch's state. */
  readonly items: CommandItem[];
};

/** One segment on its way into the journal, with everything that may go out once it is there. */
export type Batch = {
  readonly shard: Shard;
  readonly core: Core;
  readonly header: SegmentHeader;
  /** What `append` takes; see `packBatch`. */
  segment: SegmentWrite | null;
  /** The entries as text, empty once they are packed. */
  text: string;
  readonly entries: number;
  /** Length of the entries before packing. */
  readonly plainBytes: number;
  readonly at: Micros;
  readonly events: readonly TradingEvent[];
  readonly items: CommandItem[];
  readonly views: ViewWaiter[];
  update: PreparedUpdate | null;
  /** Hash of the state after this batch, when a snapshot is due here. */
  stateHash: string | null;
};

/** What the journal says about a shard, in memory. Dropped whole whenever the journal may say something else. */
export type Core = {
  readonly mechanism: Mechanism;
  /** `unborn`: the journal has no such shard yet. `closed`: nothing can be appended any more. */
  mode: "owned" | "unborn" | "closed";
  epoch: number;
  state: MechanismState;
  /** Committed position. */
  seq: number;
  hash: Uint8Array;
  at: Micros;
  /** Decided position; ahead of the committed one by what is held. */
  decidedSeq: number;
  decidedAt: Micros;
  /** Of the decided state. */
  wakeAt: Micros | null;
  /** A wake-up for which the engine had nothing to do; ignored until it names another. */
  idleWake: Micros | null;
  finished: boolean;
  closing: boolean;
  /** For the first command of an unborn shard. */
  readonly entropy: string | null;
  /** Nobody was here before this instant, so that no tick can have happened before it. */
  servingFrom: Micros;
  readonly keys: KeyWindow;
  /** Outcomes of keys up to here are in the outcome store. */
  storedThrough: number;
  evicting: boolean;
  open: OpenBatch | null;
  inFlight: Batch | null;
  readonly views: ShardViews;
  readonly viewWaiters: ViewWaiter[];
  /** Gaps the engine has heard of, until that is committed. */
  reported: ReportedGap[];
  snapshotSeq: number;
  /** Characters of the state at the last snapshot. */
  snapshotLength: number;
};

export type Shard = {
  readonly id: string;
  /**
   * `loading` covers start, fail-over and recovery: `core` is null and commands wait. `founding`: the shard is being
   * created in the journal. `gone`: no longer in the host's list; the next command makes another.
   */
  phase: "loading" | "founding" | "serving" | "frozen" | "gone";
  core: Core | null;
  /** Why it was frozen, the last time that it was. */
  fault: Fault | null;
  readonly queue: Fifo<Item>;
  /** Commands not answered yet, by scope and key. */
  readonly pending: Map<string, CommandItem>;
  /** Views asked for while loading. */
  readonly viewWaiters: ViewWaiter[];
  /** Gaps of before the memory was dropped: to be reported, unless the journal reaches up to their `seq`. */
  gaps: ReportedGap[];
  lastStamp: Micros;
  /** A probe stands in the queue. */
  probing: boolean;
  /** Waiting takes too long: refuse instead. */
  shedding: boolean;
  /** How often in a row the engine failed while changing the state, but for failures that one command is to blame for. */
  failures: number;
  /** Fingerprints of those commands. */
  readonly unfit: Set<string>;
  /** Monotonic milliseconds of the last request. */
  usedAt: number;
};

export function createShard(id: string, usedAt: number): Shard {
  return {
    id,
    phase: "loading",
    core: null,
    fault: null,
    queue: new Fifo(),
    pending: new Map(),
    viewWaiters: [],
    gaps: [],
    lastStamp: 0,
    probing: false,
    shedding: false,
    failures: 0,
    unfit: new Set(),
    usedAt,
  };
}

/** Strictly increasing per shard, whatever the wall clock does. */
export function stamp(shard: Shard, now: Micros): Micros {
  shard.lastStamp = now > shard.lastStamp ? now : shard.lastStamp + 1;
  return shard.lastStamp;
}

/** Whether the shard holds nothing that has to be decided, committed or answered. */
export function isQuiet({ phase, core, queue, pending, viewWaiters }: Shard): boolean {
  if (phase === "loading" || phase === "founding" || queue.length > 0 || pending.size > 0 || viewWaiters.length > 0)
    return false;
  return core === null || (core.open === null && core.inFlight === null && !core.evicting && !core.closing);
}
