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
  /** JSON of the events, see `eventsOf`; null when there are none. */
  readonly events: string | null;
  /** The whole entry as JSON. */
  readonly line: string;
};

/** Key scopes by the text of an actor: a shard has few actors and many entries. */
export type ScopeCache = { readonly of: (actorText: string) => string };

const scopesMax = 10_000;

export function createScopeCache(): ScopeCache {
  const scopes = new Map<string, string>();
  return {
    of(actorText) {
      const known = scopes.get(actorText);
      if (known !== undefined) return known;
      const actor: Actor = JSON.parse(actorText);
      const scope = keyScopeOf(actor);
      if (scopes.size < scopesMax) scopes.set(actorText, scope);
      return scope;
    },
  };
}

/**
 * Reads a segment's lines for recovery, which spends most of its time here: of each line the head is cut out, the rest
 * stays as it is. A line of another form than the host writes is parsed whole.
 *
 * @throws Fault journal_corrupt when the lines are not exactly the entries that the segment's numbers promise
 */
export function outlineEntries(segment: Segment, scopes: ScopeCache): readonly EntryOutline[] {
  const { shard, firstSeq, lastSeq, entries } = segment;
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
    throw new Fault("journal_corrupt", { shard, seq: firstSeq, reason: "entries_unreadable" }, { cause });
  }
}

/**
 * The events of an entry. What was cut out may have been a member of the command or of the rejection; these end with a
 * brace before the line does, so that it is no JSON then, and the whole line is read.
 */
export function eventsOf({ events, line }: Pick<EntryOutline, "events" | "line">): readonly TradingEvent[] {
  if (events === null) return [];
  try {
    return JSON.parse(events);
  } catch {
    const entry: TradingEntry = JSON.parse(line);
    return entry.events ?? [];
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
  const mark = line.indexOf(marks.events, valueFrom);
  const events = mark < 0 ? null : line.slice(mark + marks.events.length, -1);
  const at = Number(line.slice(begin.length, actorFrom));
  const key = line.slice(keyFrom + marks.key.length, printFrom);
  if (key === "null") return { at, id: null, fingerprint: "", events, line };
  const fingerprint = line.slice(valueFrom + 1, line.indexOf(",", valueFrom) - 1);
  if (key.includes("\\") || fingerprint.includes("\\")) return null;
  const scope = scopes.of(line.slice(actorFrom + marks.actor.length, keyFrom));
  return { at, id: `${scope} ${key.slice(1, -1)}`, fingerprint, events, line };
}

function parsed(line: string, expected: number, scopes: ScopeCache): EntryOutline {
  const entry: TradingEntry = JSON.parse(line);
  const { seq, at, actor, key, fingerprint } = entry;
  if (seq !== expected) throw new RangeError(`seq ${seq} instead of ${expected}`);
  const events = entry.events === undefined ? null : JSON.stringify(entry.events);
  const id = key === null ? null : `${scopes.of(JSON.stringify(actor))} ${key}`;
  return { at, id, fingerprint: fingerprint ?? "", events, line };
}
