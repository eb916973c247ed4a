import type { EntryTexts } from "@kontor/db";
import { EntryRowsWriter } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { TradingEvent } from "./mechanism.ts";
import type { Core, OpenBatch } from "./shard.ts";

/** Writes the next entry of a shard into its open batch. */
export function addEntry(core: Core, entry: EntryTexts): OpenBatch {
  const { at } = entry;
  const seq = core.decidedSeq + 1;
  core.open ??= { firstSeq: seq, lastSeq: seq, at, rows: new EntryRowsWriter(seq), events: [], items: [] };
  core.open.lastSeq = seq;
  core.open.at = at;
  core.open.rows.add(entry);
  core.decidedSeq = seq;
  core.decidedAt = at;
  return core.open;
}

/** Applies the events of the entry written last. */
export function evolveOpen(core: Core, events: readonly TradingEvent[], at: Micros): void {
  if (events.length === 0) return;
  const { mechanism } = core;
  for (const event of events) {
    core.state = mechanism.evolve(core.state, event, at);
    core.open?.events.push(event);
  }
  core.wakeAt = mechanism.wakeAt(core.state);
}
