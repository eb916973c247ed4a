import type { Segment } from "@kontor/db";
import { keyScopeOf, unpackLines } from "@kontor/db";
import type { Actor, Micros } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import type { TradingEntry, TradingEvent } from "./mechanism.ts";

/** What recovery needs of an entry; the rest stays text until somebody asks. */
export type EntryOutline = {
  readonly at: Micros;
  /** Scope and key, see `keyIdOf`; null on the host's own commands. */
  readonly id: string | null;
  readonly fingerprint: string;
  readonly events: readonly TradingEvent[];
  /** The whole entry as JSON. */
  readonly line: string;
};

/** Key scopes by the text of an actor: a shard has few actors and many entries. */
export type ScopeCache = { readonly of: (actorText: string) => string };

const scopesMax = 10_000;

export function createScopeCache(shard: string): ScopeCache {
  const scopes = new Map<string, string>();
  return {
    of(actorText) {
      const known = scopes.get(actorText);
      if (known !== undefined) return known;
      const actor: Actor = JSON.parse(actorText);
      const scope = keyScopeOf(shard, actor);
      if (scopes.size < scopesMax) scopes.set(actorText, scope);
      return scope;
    },
  };
}

/**
 * Reads a segment for recovery, which spends most of its time here: of each line the head is cut out and the events
 * are parsed, which are half of it. A line of another form than the host writes is parsed whole.
 *
 * @throws Fault journal_corrupt when the lines are not exactly the entries that the segment's numbers promise
 */
export function outlineEntries(segment: Segment, scopes: ScopeCache): readonly EntryOutline[] {
  const { firstSeq, lastSeq, entries } = segment;
  try {
    const text = unpackLines(entries);
    const outlines: EntryOutline[] = [];
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf("\n", start);
      if (end < 0) throw new RangeError("the last line is cut off");
      const line = text.slice(start, end);
      const seq = firstSeq + outlines.length;
      outlines.push(cut(line, seq, scopes) ?? parsed(line, seq, scopes));
      start = end + 1;
    }
    if (outlines.length !== lastSeq - firstSeq + 1) throw new RangeError(`${outlines.length} lines`);
    return outlines;
  } catch (cause) {
    throw new Fault(
      "journal_corrupt",
      { shard: segment.shard, seq: firstSeq, reason: "entries_unreadable" },
      { cause },
    );
  }
}

const marks = {
  at: ',"at":',
  actor: ',"actor":',
  key: ',"key":',
  fingerprint: ',"fingerprint":',
  events: ',"events":',
} as const;

/**
 * Cuts a line where its members begin: inside a JSON string a quote is escaped, so that a mark is always the name of a
 * member. Null when the line must be parsed whole.
 */
function cut(line: string, seq: number, scopes: ScopeCache): EntryOutline | null {
  const begin = `{"seq":${seq}${marks.at}`;
  if (!line.startsWith(begin)) return null;
  const actorFrom = line.indexOf(marks.actor, begin.length);
  const keyFrom = line.indexOf(marks.key, actorFrom);
  const printFrom = line.indexOf(marks.fingerprint, keyFrom);
  if (actorFrom < 0 || keyFrom < 0 || printFrom < 0) return null;
  const valueFrom = printFrom + marks.fingerprint.length;
  const events = eventsOf(line, valueFrom);
  if (events === null) return null;
  const at = Number(line.slice(begin.length, actorFrom));
  const key = line.slice(keyFrom + marks.key.length, printFrom);
  if (key === "null") return { at, id: null, fingerprint: "", events, line };
  const fingerprint = line.slice(valueFrom + 1, line.indexOf(",", valueFrom) - 1);
  if (key.includes("\\") || fingerprint.includes("\\")) return null;
  const scope = scopes.of(line.slice(actorFrom + marks.actor.length, keyFrom));
  return { at, id: `${scope} ${key.slice(1, -1)}`, fingerprint, events, line };
}

/**
 * The events, none for a rejection; null when the mark was a member of the command or the rejection: these end with a
 * brace before the line does, so that what follows the mark is no JSON.
 */
function eventsOf(line: string, from: number): readonly TradingEvent[] | null {
  const mark = line.indexOf(marks.events, from);
  if (mark < 0) return [];
  try {
    return JSON.parse(line.slice(mark + marks.events.length, -1));
  } catch {
    return null;
  }
}

function parsed(line: string, expected: number, scopes: ScopeCache): EntryOutline {
  const { seq, at, actor, key, fingerprint, events = [] }: TradingEntry = JSON.parse(line);
  if (seq !== expected) throw new RangeError(`seq ${seq} instead of ${expected}`);
  const id = key === null ? null : `${scopes.of(JSON.stringify(actor))} ${key}`;
  return { at, id, fingerprint: fingerprint ?? "", events, line };
}
