import type { Outcome } from "@kontor/db";
import { decodeEntries, keyScopeOf } from "@kontor/db";
import type { Actor, Micros } from "@kontor/kernel";
import { invariant } from "@kontor/kernel";
import type { PlacedAnswer, Position } from "./answers.ts";
import { answerOf } from "./answers.ts";
import type { KeyStart } from "./key-filter.ts";
import { KeyFilter } from "./key-filter.ts";
import type { Mechanism, TradingEntry } from "./mechanism.ts";

/** The first outcome of an idempotency key. Its answer is null where only the journal has it. */
export type KeyRecord = {
  readonly fingerprint: string;
  readonly place: Position;
  readonly answer: PlacedAnswer | null;
};

type WrittenOptions = Position & {
  readonly mechanism: Mechanism;
  readonly fingerprint: string;
  /** Of the segment that holds the entry. */
  readonly entries: Uint8Array;
};

/** The outcome of a key as the journal has it: few are asked for again, so that the answer is made when one is. */
export class WrittenRecord implements KeyRecord, Position {
  readonly fingerprint: string;
  readonly epoch: number;
  readonly seq: number;
  readonly at: Micros;
  readonly #mechanism: Mechanism;
  readonly #entries: Uint8Array;

  constructor({ mechanism, fingerprint, epoch, seq, at, entries }: WrittenOptions) {
    this.fingerprint = fingerprint;
    this.epoch = epoch;
    this.seq = seq;
    this.at = at;
    this.#mechanism = mechanism;
    this.#entries = entries;
  }

  get place(): Position {
    return this;
  }

  get answer(): PlacedAnswer {
    const entry = decodeEntries<TradingEntry>(this.#entries).find(({ seq }) => seq === this.seq);
    invariant(entry !== undefined, "a segment holds the entries that were read from it");
    return answerOf(this.#mechanism, entry, this.epoch);
  }
}

type EncodedRecord = readonly [id: string, fingerprint: string, epoch: number, seq: number, at: Micros];

export type EncodedKeyWindow = {
  readonly records: readonly EncodedRecord[];
  readonly older: { readonly count: number; readonly pages: readonly string[] };
};

/** Scope and key as one text; keys hold no blank. */
export function keyIdOf(actor: Actor, key: string): string {
  return `${keyScopeOf(actor)} ${key}`;
}

/** The opposite of `keyIdOf`. */
export function keyPartsOf(id: string): Pick<Outcome, "scope" | "commandKey"> {
  const blank = id.lastIndexOf(" ");
  return { scope: id.slice(0, blank), commandKey: id.slice(blank + 1) };
}

/**
 * The committed keys of a shard: the newest with their answers, older ones as a filter that says whether the outcome
 * store must be asked. A key leaves memory only after that store holds it.
 */
export class KeyWindow {
  readonly #records = new Map<string, KeyRecord>();
  #older = new KeyFilter();

  get size(): number {
    return this.#records.size;
  }

  /** Of the keys in memory, the oldest first. */
  ids(): Iterable<string> {
    return this.#records.keys();
  }

  get(id: string): KeyRecord | undefined {
    return this.#records.get(id);
  }

  /** Whether the key may be one whose answer has to be looked up. */
  mustAsk(id: string): boolean {
    return this.#records.get(id)?.answer === null || this.#older.mayHold(id);
  }

  /** Keys are added in order of their sequence numbers. */
  add(id: string, record: KeyRecord): void {
    this.#records.set(id, record);
  }

  /** The oldest `count` keys for the outcome store. */
  oldest(shard: string, count: number): Outcome[] {
    const outcomes: Outcome[] = [];
    for (const [id, { place }] of this.#records) {
      if (outcomes.length === count) break;
      outcomes.push({ ...keyPartsOf(id), shard, seq: place.seq });
    }
    return outcomes;
  }

  /** Puts keys away whose outcomes are stored, up to `seq`, while more than `max` are in memory. */
  forget({ seq, max }: { readonly seq: number; readonly max: number }): void {
    for (const [id, record] of this.#records) {
      if (this.#records.size <= max || record.place.seq > seq) return;
      this.#records.delete(id);
      this.#older.add(id);
    }
  }

  /** Adds a key that is older than the window, by what its id begins with. */
  addOlder(key: string, start: KeyStart): void {
    this.#older.add(key, start);
  }

  /** Without the answers, which the journal has. */
  encode(): EncodedKeyWindow {
    const records: EncodedRecord[] = [];
    for (const [id, { fingerprint, place }] of this.#records) {
      records.push([id, fingerprint, place.epoch, place.seq, place.at]);
    }
    return { records, older: this.#older.encode() };
  }

  static decode({ records, older }: EncodedKeyWindow): KeyWindow {
    const window = new KeyWindow();
    for (const [id, fingerprint, epoch, seq, at] of records) {
      window.add(id, { fingerprint, place: { epoch, seq, at }, answer: null });
    }
    window.#older = KeyFilter.decode(older);
    return window;
  }
}
