import type { Actor, Micros } from "@kontor/kernel";
import { Fault, invariant } from "@kontor/kernel";
import type { ReadOptions } from "./entry-rows.ts";
import { EntryRowsReader, EntryRowsWriter } from "./entry-rows.ts";
import type { JournalStore, Outcome } from "./journal-store.ts";
import { packText, unpackText } from "./packing.ts";
import { textOf } from "./text-column.ts";

/**
 * One decided command. The entries of a segment are numbered without gaps.
 *
 * Units   `at` is the host's ingress stamp, UTC microseconds.
 * Shape   `key` and `fingerprint` are null on the host's own commands; `entropy` is present on a shard's first entry
 *         alone; an entry has either `events`, which may be empty, or a `rejection`.
 */
export type JournalEntry<Command = unknown, Event = unknown, Rejection = unknown> = {
  readonly seq: number;
  readonly at: Micros;
  readonly actor: Actor;
  readonly key: string | null;
  readonly fingerprint: string | null;
  readonly entropy?: string;
  readonly command: Command;
} & (
  | { readonly events: readonly Event[]; readonly rejection?: never }
  | { readonly rejection: Rejection; readonly events?: never }
);

/** The bytes of a segment, see entry-rows.ts. */
export function encodeEntries(entries: readonly JournalEntry[]): Uint8Array {
  const [first] = entries;
  if (first === undefined) return new Uint8Array();
  const rows = new EntryRowsWriter(first.seq);
  for (const [index, entry] of entries.entries()) {
    const { seq, at, key, fingerprint, entropy = null } = entry;
    invariant(seq === first.seq + index, "entries of a segment are numbered without gaps");
    const actor = JSON.stringify(entry.actor);
    const command = JSON.stringify(entry.command);
    const outcome = entry.events === undefined ? "rejection" : "events";
    const outcomeText = JSON.stringify(entry.events ?? entry.rejection);
    rows.add({ at, actor, key, fingerprint, entropy, command, outcome, outcomeText });
  }
  return packText(rows.text);
}

/**
 * The opposite of `encodeEntries`. The hash chain vouches for the content, so that only the form is looked at here;
 * the caller names the commands and events that the shard's mechanism journals. Where commands are not read, they are
 * null. Entries of one actor share it.
 *
 * @throws Fault journal_corrupt when the bytes are no entries
 */
export function decodeEntries<Entry extends JournalEntry = JournalEntry>(
  bytes: Uint8Array,
  options: ReadOptions = { commands: true },
): readonly Entry[] {
  const entries: Entry[] = [];
  if (bytes.length === 0) return entries;
  try {
    const rows = new EntryRowsReader(unpackText(bytes), options);
    const actors = new Map<number, Actor>();
    while (rows.next()) {
      const actor: Actor = actors.get(rows.actorNumber) ?? JSON.parse(rows.actor);
      actors.set(rows.actorNumber, actor);
      entries.push(entryOf(rows, actor));
    }
  } catch (cause) {
    throw new Fault("journal_corrupt", { afterSeq: entries.at(-1)?.seq ?? 0 }, { cause });
  }
  return entries;
}

function entryOf<Entry extends JournalEntry>(row: EntryRowsReader, actor: Actor): Entry {
  const { seq, at, key, fingerprint, entropy, command, outcome } = row;
  const head = { seq, at, actor, key, fingerprint, ...(entropy === null ? {} : { entropy }) };
  return {
    ...head,
    command: command === null ? null : JSON.parse(textOf(command)),
    [outcome]: JSON.parse(textOf(row.outcomeCell)),
  } as unknown as Entry;
}

/** Keys are the client's own: they belong to the company, or else the person, that sent them. */
export function keyScopeOf({ companyId, userId }: Actor): string {
  return companyId === null ? `u/${userId}` : `c/${companyId}`;
}

/** The outcome of an entry; undefined for the host's own commands, which nobody repeats. */
export function outcomeOf({ seq, key, actor }: JournalEntry, shard: string): Outcome | undefined {
  return key === null ? undefined : { shard, scope: keyScopeOf(actor), commandKey: key, seq };
}

/** One entry of a shard and the epoch that wrote it; undefined when the shard does not reach that far. */
export async function findEntry<Entry extends JournalEntry = JournalEntry>(
  journal: Pick<JournalStore, "readSegments">,
  shard: string,
  seq: number,
): Promise<{ readonly entry: Entry; readonly epoch: number } | undefined> {
  for await (const { entries, epoch } of journal.readSegments(shard, seq - 1, { batch: 1 })) {
    const entry = decodeEntries<Entry>(entries).find((candidate) => candidate.seq === seq);
    return entry && { entry, epoch };
  }
  return undefined;
}
