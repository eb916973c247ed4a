import type { Segment } from "@kontor/db";
import { decodeEntries } from "@kontor/db";
import { Fault } from "@kontor/kernel";
import type { TradingEntry } from "./mechanism.ts";

/**
 * All of a segment's entries, whole.
 *
 * @throws Fault journal_corrupt when they are not exactly the entries that the segment's numbers promise
 */
export function readEntries({ shard, firstSeq, lastSeq, entries }: Segment): readonly TradingEntry[] {
  const list = decodeEntries<TradingEntry>(entries); // In ascending order, so that ends and length tell of all.
  const count = lastSeq - firstSeq + 1;
  if (list.length !== count || list[0]?.seq !== firstSeq || list.at(-1)?.seq !== lastSeq) {
    throw new Fault("journal_corrupt", { shard, seq: firstSeq, reason: "entries_unreadable" });
  }
  return list;
}
