import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Actor, Micros } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import type { JournalStore, Outcome } from "./journal-store.ts";

/**
 * One decided command, as it stands in a segment's bytes: one line of JSON, entries in order of `seq`.
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

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The bytes of a segment: one line per entry, each ending in a line feed, which JSON never holds unescaped. */
export function encodeEntries(entries: readonly JournalEntry[]): Uint8Array {
  let text = "";
  for (const entry of entries) text += `${JSON.stringify(entry)}\n`;
  return packLines(text);
}

/** Shorter segments gain less from packing than it costs. */
const packedFromBytes = 8_192;
/** What a packed segment begins with (RFC 8878); a line begins with a brace. */
const packedMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const packZstd = promisify(zstdCompress);
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** No honest segment is longer: a host's batch ends at a megabyte, give or take its last entry. */
const unpackedBytesMax = 67_108_864;

/**
 * Lines as they are stored: in plain or, from eight kilobytes on, packed by Zstandard, for they repeat each other: to
 * a tenth, in less time than the driver needs to send them in plain.
 */
export function packLines(lines: string): Uint8Array {
  const bytes = Buffer.from(lines, "utf8");
  return bytes.length < packedFromBytes ? bytes : zstdCompressSync(bytes, packing);
}

/** The same as `packLines` of a long text, on another thread; also of one that has no lines. */
export async function packAside(text: string): Promise<Uint8Array> {
  return await packZstd(Buffer.from(text, "utf8"), packing);
}

/** Most segments come out in one piece. */
const chunkSize = 262_144;

function isPacked(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, packedMark.length), packedMark) === 0;
}

/** The opposite of `packLines`. @throws when they are neither packed nor UTF-8, or longer than expected */
export function unpackLines(bytes: Uint8Array, maxOutputLength = unpackedBytesMax): string {
  return decoder.decode(isPacked(bytes) ? zstdDecompressSync(bytes, { maxOutputLength, chunkSize }) : bytes);
}

/**
 * The opposite of `encodeEntries`. The hash chain vouches for the content, so that only the form is looked at here;
 * the caller names the commands and events that the shard's mechanism journals.
 *
 * @throws Fault journal_corrupt when the bytes are not lines of entries in ascending order
 */
export function decodeEntries<Entry extends JournalEntry = JournalEntry>(bytes: Uint8Array): readonly Entry[] {
  const entries: Entry[] = [];
  let last = 0;
  try {
    const text = unpackLines(bytes);
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf("\n", start);
      if (end < 0) throw new RangeError("the last line is cut off");
      const entry: Entry = JSON.parse(text.slice(start, end));
      if (!Number.isSafeInteger(entry.seq) || entry.seq <= last) throw new RangeError(`seq ${entry.seq} after ${last}`);
      last = entry.seq;
      entries.push(entry);
      start = end + 1;
    }
  } catch (error) {
    throw new Fault("journal_corrupt", { afterSeq: last }, { cause: error });
  }
  return entries;
}

/**
 * What an outcome row holds as its answer. The entry itself stays in the journal alone, for it may hold what no read
 * model shows, such as a sealed price; `findEntry` reads it again.
 */
export type OutcomeAnswer = { readonly epoch: number };

/** Keys are the client's own: they belong to the company, or else the person, that sent them. */
export function keyScopeOf({ companyId, userId }: Actor): string {
  return companyId === null ? `u/${userId}` : `c/${companyId}`;
}

/** The outcome row of an entry; undefined for the host's own commands, which nobody repeats. */
export function outcomeOf(
  entry: JournalEntry,
  { shard, epoch }: { readonly shard: string; readonly epoch: number },
): Outcome | undefined {
  const { seq, at, key, fingerprint } = entry;
  if (key === null || fingerprint === null) return undefined;
  const answer: OutcomeAnswer = { epoch };
  const scope = keyScopeOf(entry.actor);
  return { scope, commandKey: key, fingerprint, shard, seq, at, answer };
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
