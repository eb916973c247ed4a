import { randomBytes } from "node:crypto";
import type { ShardUpdate } from "@kontor/bus";
import type { Claim } from "@kontor/db";
import { genesisHash } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { KeyWindow } from "./key-window.ts";
import type { Loaded } from "./load.ts";
import type { Mechanism } from "./mechanism.ts";
import type { Rebuilt } from "./rebuild.ts";
import type { Gap } from "./service-gaps.ts";
import type { Core, OutageItem, Shard } from "./shard.ts";
import { ShardViews } from "./views.ts";

export type CoreOptions = { readonly now: Micros; readonly reportView: (error: unknown) => void };

type Basis = CoreOptions & {
  readonly mechanism: Mechanism;
  readonly mode: Core["mode"];
  readonly epoch: number;
  readonly rebuilt: Rebuilt;
  readonly storedThrough: number;
  readonly snapshotSeq: number;
  readonly snapshotLength: number;
};

function coreOf(shard: Shard, basis: Basis): Core {
  const { mechanism, mode, epoch, rebuilt, storedThrough, snapshotSeq, snapshotLength, now, reportView } = basis;
  const { state, seq, hash, at, keys } = rebuilt;
  return {
    mechanism,
    mode,
    epoch,
    state,
    seq,
    hash,
    at,
    decidedSeq: seq,
    decidedAt: at,
    wakeAt: mode === "owned" ? mechanism.wakeAt(state) : null,
    idleWake: null,
    finished: mechanism.isFinished(state),
    closing: false,
    entropy: seq === 0 ? randomBytes(32).toString("hex") : null,
    servingFrom: now,
    keys,
    storedThrough,
    evicting: false,
    open: null,
    inFlight: null,
    views: new ShardViews({ shard: shard.id, mechanism, seq, report: reportView }),
    viewWaiters: [],
    reported: [],
    snapshotSeq,
    snapshotLength,
  };
}

/** A shard as the journal has it. */
export function loadedCore(shard: Shard, loaded: Loaded, options: CoreOptions & Pick<Basis, "mode" | "epoch">): Core {
  return coreOf(shard, { ...loaded, ...options });
}

/** A shard of which the journal has nothing; with a claim it may be written at once, else it must be created first. */
export function blankCore(
  shard: Shard,
  options: CoreOptions & { readonly mechanism: Mechanism; readonly claim?: Claim | undefined },
): Core {
  const { mechanism, claim } = options;
  const hash = claim?.headHash ?? genesisHash(shard.id, mechanism.mechanism);
  const rebuilt = { state: mechanism.create(), seq: 0, hash, at: 0, keys: new KeyWindow() };
  const mode = claim ? "owned" : "unborn";
  const nothing = { storedThrough: 0, snapshotSeq: 0, snapshotLength: 0 };
  return coreOf(shard, { ...options, ...nothing, mode, epoch: claim?.epoch ?? 0, rebuilt });
}

/**
 * Reports of gaps, before everything that waits. They are stamped before the waiting commands, which so keep their
 * own stamps: what came in time stays in time.
 */
export function reportGaps(shard: Shard, core: Core, gaps: readonly Gap[]): void {
  if (gaps.length === 0 || core.mode !== "owned" || core.finished || core.decidedSeq === 0) return;
  const first = shard.queue.peek();
  const items = gaps.map((gap): OutageItem => {
    const at = first === undefined ? gap.to : Math.min(gap.to, first.at - 1);
    return { kind: "outage", at, gap };
  });
  core.servingFrom = Math.max(core.servingFrom, ...gaps.map(({ to }) => to));
  shard.queue.unshift(items);
}

/** Says that the shard is served in a new epoch: whoever holds views of an older one reads them again. */
export function epochNotice(shard: Shard, { epoch, seq, at }: Core): ShardUpdate {
  return { shard: shard.id, epoch, prevSeq: seq, seq, at, updates: [] };
}
