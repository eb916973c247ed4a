import type { SegmentWrite } from "@kontor/db";
import { packText, packTextAside, segmentHash } from "@kontor/db";
import { invariant } from "@kontor/kernel";
import type { HostSettings } from "./settings.ts";
import type { Batch, CommandItem, Core, Shard } from "./shard.ts";
import { stateTextOf } from "./state-hash.ts";

export type SnapshotSettings = Pick<HostSettings, "snapshotEveryCommands" | "snapshotCharsPerCommand">;

/** A snapshot takes time with the size of the state: the larger that is, the more commands come before the next. */
function snapshotSpacing(stateLength: number, settings: SnapshotSettings): number {
  return Math.max(settings.snapshotEveryCommands, stateLength / settings.snapshotCharsPerCommand);
}

/** Packing as much takes longer than handing it to another thread. */
const packedAsideFrom = 32_768;

/** Closes the open batch: its entries and their place in the chain are final. Null when nothing is open. */
export function sealBatch(shard: Shard, core: Core): Batch | null {
  const { open } = core;
  if (open === null) return null;
  core.open = null;
  const { firstSeq, lastSeq, at, rows, events, items } = open;
  const header = { shard: shard.id, epoch: core.epoch, firstSeq, lastSeq };
  for (const item of items) item.inDoubt = true;
  const batch: Batch = {
    shard,
    core,
    header,
    segment: null,
    text: rows.text,
    entries: lastSeq - firstSeq + 1,
    plainBytes: rows.text.length,
    at,
    events,
    items,
    views: [],
    update: null,
    stateHash: null,
  };
  core.inFlight = batch;
  return batch;
}

/** Makes the bytes of a batch and links them to the chain, a long one's on another thread. */
export function packBatch(batch: Batch): SegmentWrite | Promise<SegmentWrite> {
  if (batch.text.length < packedAsideFrom) return link(batch, packText(batch.text));
  return packTextAside(batch.text).then((entries) => link(batch, entries));
}

function link(batch: Batch, entries: Uint8Array): SegmentWrite {
  const { header, core } = batch;
  const prevHash = core.hash;
  batch.segment = { ...header, entries, prevHash, hash: segmentHash(prevHash, header, entries) };
  batch.text = "";
  return batch.segment;
}

/** The bytes of a batch that was appended. */
export function segmentOf({ segment }: Batch): SegmentWrite {
  invariant(segment !== null, "a batch is packed before it is appended");
  return segment;
}

/**
 * Takes from the state what goes out with the batch: changed views, views that were asked for meanwhile, the hash for
 * a snapshot. Must run before anything further is decided.
 */
export function prepareOutputs(batch: Batch, settings: SnapshotSettings): void {
  const { core, header, at, events } = batch;
  const { epoch, lastSeq: seq } = header;
  batch.views.push(...core.viewWaiters.splice(0));
  const asked = batch.views.map(({ request }) => request);
  batch.update = core.views.prepare(core.state, { events, position: { epoch, seq, at }, asked });
  core.finished = core.mechanism.isFinished(core.state);
  if (seq - core.snapshotSeq < snapshotSpacing(core.snapshotLength, settings)) return;
  const { stateHash, text } = stateTextOf(core.mechanism, core.state);
  batch.stateHash = stateHash;
  core.snapshotLength = text.length;
}

/** The items of what was decided but is not committed, in order; the core is of no use afterwards. */
export function heldItems({ inFlight, open }: Core): CommandItem[] {
  return [...(inFlight?.items ?? []), ...(open?.items ?? [])];
}
