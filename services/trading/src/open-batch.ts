import type { Micros } from "@kontor/kernel";
import type { TradingEvent } from "./mechanism.ts";
import type { Core, OpenBatch } from "./shard.ts";

/** Writes the next entry of a shard into its open batch; `line` is the entry's text with this sequence number. */
export function addEntry(core: Core, { line, at }: { readonly line: string; readonly at: Micros }): OpenBatch {
  const seq = core.decidedSeq + 1;
  core.open ??= { firstSeq: seq, lastSeq: seq, at, text: "", events: [], items: [] };
  core.open.lastSeq = seq;
  core.open.at = at;
  core.open.text += line;
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
