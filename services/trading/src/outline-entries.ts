import type { Segment } from "@kontor/db";
import { keyScopeOf, unpackLines } from "@kontor/db";
import type { Actor, Micros } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import type { TradingEntry, TradingEvent } from "./mechanism.ts";

/** What recovery needs of an entry; the rest stays where it is until somebody asks. */
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
      const place = { text, start, end, seq: firstSeq + outlines.length };
      outlines.push(cut(place, scopes) ?? parsed(place, scopes));
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

/** One line of a segment's text, without its line feed. */
type Place = { readonly text: string; readonly start: number; readonly end: number; readonly seq: number };

/** An entry whose fingerprint and line are cut out only when they are asked for: those of old keys never are. */
class CutEntry implements EntryOutline {
  readonly at: Micros;
  readonly id: string | null;
  readonly events: string | null;
  readonly #place: Place;
  readonly #printFrom: number;

  constructor(place: Place, members: Pick<EntryOutline, "at" | "id" | "events"> & { readonly printFrom: number }) {
    this.#place = place;
    this.at = members.at;
    this.id = members.id;
    this.events = members.events;
    this.#printFrom = members.printFrom;
  }

  get fingerprint(): string {
    if (this.id === null) return "";
    const { text } = this.#place;
    return text.slice(this.#printFrom + 1, text.indexOf(",", this.#printFrom) - 1);
  }

  get line(): string {
    const { text, start, end } = this.#place;
    return text.slice(start, end);
  }
}

const begin = '{"seq":';
const quote = '"'.charCodeAt(0);

/**
 * Cuts a line where its members begin: inside a JSON string a quote is escaped, so that a mark is always the name of a
 * member. Null when the line must be parsed whole.
 */
function cut(place: Place, scopes: ScopeCache): EntryOutline | null {
  const { text, start, end } = place;
  const seq = String(place.seq);
  const atFrom = start + begin.length + seq.length;
  if (!text.startsWith(seq, start + begin.length) || !text.startsWith(marks.at, atFrom)) return null;
  const actorFrom = text.indexOf(marks.actor, atFrom);
  const keyFrom = text.indexOf(marks.key, actorFrom);
  const printFrom = text.indexOf(marks.fingerprint, keyFrom) + marks.fingerprint.length;
  if (actorFrom < 0 || keyFrom < 0 || printFrom < keyFrom || printFrom > end) return null;
  const mark = text.indexOf(marks.events, printFrom);
  const events = mark < 0 || mark > end ? null : text.slice(mark + marks.events.length, end - 1);
  const at = Number(text.slice(atFrom + marks.at.length, actorFrom));
  const key = text.slice(keyFrom + marks.key.length, printFrom - marks.fingerprint.length);
  if (key.charCodeAt(0) !== quote) return new CutEntry(place, { at, id: null, events, printFrom });
  if (key.includes("\\")) return null;
  const scope = scopes.of(text.slice(actorFrom + marks.actor.length, keyFrom));
  return new CutEntry(place, { at, id: `${scope} ${key.slice(1, -1)}`, events, printFrom });
}

function parsed({ text, start, end, seq: expected }: Place, scopes: ScopeCache): EntryOutline {
  const line = text.slice(start, end);
  const entry: TradingEntry = JSON.parse(line);
  const { seq, at, actor, key, fingerprint } = entry;
  if (seq !== expected) throw new RangeError(`seq ${seq} instead of ${expected}`);
  const events = entry.events === undefined ? null : JSON.stringify(entry.events);
  const id = key === null ? null : `${scopes.of(JSON.stringify(actor))} ${key}`;
  return { at, id, fingerprint: fingerprint ?? "", events, line };
}
