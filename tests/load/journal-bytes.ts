import type { JournalStore } from "@kontor/db";

/** Reads all segments without looking into them; answers their bytes. */
export async function readBytes(journal: JournalStore): Promise<number> {
  let bytes = 0;
  for await (const { entries } of journal.readAll()) bytes += entries.length;
  return bytes;
}
