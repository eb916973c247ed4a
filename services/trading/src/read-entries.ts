import type { Segment } from "@kontor/db";
import { decodeEntries, EntryRowsReader, unpackText } from "@kontor/db";
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

/**
 * The same row by row, without their commands, for recovery, which spends most of its time here.
 *
 * @throws Fault journal_corrupt as `readEntries`, and whatever `each` throws
 */
export function readRows(segment: Segment, each: (row: EntryRowsReader) => void): void {
  const { firstSeq, lastSeq, entries } = segment;
  const rows = readable(segment, () => {
    const opened = new EntryRowsReader(unpackText(entries), { commands: false });
    if (opened.seq !== firstSeq - 1) throw new RangeError(`entries from ${opened.seq + 1}`);
    return opened;
  });
  const next = () => rows.next();
  while (readable(segment, next)) each(rows);
  readable(segment, () => {
    if (rows.seq !== lastSeq) throw new RangeError(`entries to ${rows.seq}`);
  });
}

function readable<Value>({ shard, firstSeq }: Segment, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new Fault("journal_corrupt", { shard, seq: firstSeq, reason: "entries_unreadable" }, { cause });
  }
}
