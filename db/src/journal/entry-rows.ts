import type { Micros } from "@kontor/kernel";
import { invariant } from "@kontor/kernel";
import type { Cell } from "./text-column.ts";
import { TextColumnReader, TextColumnWriter } from "./text-column.ts";

/*
 * The entries of a segment as text: a first line that names the format and the first entry's number, then a row for
 * each entry, its columns parted by tabs:
 *   stamp       microseconds since the row before, the first since 1970
 *   actor       +JSON when it is new, else its number among those that were new
 *   key         empty where there is none; so is the
 *   fingerprint
 *   command     see text-column.ts
 *   outcome     "e" for events or "r" for a rejection, then as the command
 *   entropy     on a shard's first entry alone
 */
const format = "kontor.rows.1 ";
const tab = "\t";
const lineFeed = "\n";
const fresh = "+";
const isEvents = "e";
const isRejection = "r";

export type Outcome = "events" | "rejection";

/** An entry as its texts. JSON must be without blanks between its members, as `JSON.stringify` writes it. */
export type EntryTexts = {
  readonly at: Micros;
  /** JSON. */
  readonly actor: string;
  /** Without tabs and line feeds, as are fingerprint and entropy. */
  readonly key: string | null;
  readonly fingerprint: string | null;
  readonly entropy: string | null;
  /** JSON. */
  readonly command: string;
  readonly outcome: Outcome;
  /** JSON of the events or of the rejection. */
  readonly outcomeText: string;
};

/** Writes the rows of one segment. */
export class EntryRowsWriter {
  #text: string;
  #at: Micros = 0;
  #seq: number;
  readonly #actors = new Map<string, number>();
  readonly #commands = new TextColumnWriter();
  readonly #outcomes = new TextColumnWriter();

  constructor(firstSeq: number) {
    this.#text = `${format}${firstSeq}${lineFeed}`;
    this.#seq = firstSeq;
  }

  get text(): string {
    return this.#text;
  }

  add({ at, actor, key, fingerprint, entropy, command, outcome, outcomeText }: EntryTexts): void {
    const cells = [
      at - this.#at,
      this.#actorCell(actor),
      key ?? "",
      fingerprint ?? "",
      this.#commands.cellOf(command),
      (outcome === "events" ? isEvents : isRejection) + this.#outcomes.cellOf(outcomeText),
    ];
    invariant(entropy === null || this.#seq === 1, "a shard's first entry alone has entropy");
    if (entropy !== null) cells.push(entropy);
    this.#seq += 1;
    this.#text += cells.join(tab) + lineFeed;
    this.#at = at;
  }

  #actorCell(actor: string): string {
    const known = this.#actors.get(actor);
    if (known !== undefined) return String(known);
    this.#actors.set(actor, this.#actors.size);
    return fresh + actor;
  }
}

export type ReadOptions = {
  /** Whoever does not want to know the commands gets the rest sooner. */
  readonly commands: boolean;
};

/**
 * Goes through the rows of a segment; what it says is of the row that `next` has found.
 *
 * @throws RangeError from `next` and the constructor when the text is none of `EntryRowsWriter`
 */
export class EntryRowsReader {
  seq: number;
  at: Micros = 0;
  /** JSON; the same string for the same actor. */
  actor = "";
  /** Of the actor, among those of this segment. */
  actorNumber = 0;
  key: string | null = null;
  fingerprint: string | null = null;
  entropy: string | null = null;
  /** Null when commands are not read. */
  command: Cell | null = null;
  outcome: Outcome = "events";
  outcomeCell: Cell = { form: null, values: null, text: "" };
  readonly #text: string;
  readonly #withCommands: boolean;
  readonly #actors: string[] = [];
  readonly #commands = new TextColumnReader();
  readonly #outcomes = new TextColumnReader();
  #place: number;

  constructor(text: string, { commands }: ReadOptions) {
    const end = text.indexOf(lineFeed);
    const firstSeq = Number(text.slice(format.length, end));
    const isKnown = text.startsWith(format) && Number.isSafeInteger(firstSeq) && firstSeq > 0;
    if (!isKnown) throw new RangeError("a segment of an unknown format");
    this.#text = text;
    this.#withCommands = commands;
    this.#place = end + 1;
    this.seq = firstSeq - 1;
  }

  /** False at the end. */
  next(): boolean {
    const text = this.#text;
    if (this.#place === text.length) return false;
    const end = text.indexOf(lineFeed, this.#place);
    if (end < 0) throw new RangeError("the last row is cut off");
    const at = this.at + Number(this.#cell());
    if (!Number.isSafeInteger(at)) throw new RangeError("a stamp that is no number");
    this.#readActor(this.#cell());
    const key = this.#cell();
    const fingerprint = this.#cell();
    this.#readCommand();
    this.#readOutcome(end);
    this.seq += 1;
    this.at = at;
    this.key = key === "" ? null : key;
    this.fingerprint = fingerprint === "" ? null : fingerprint;
    return true;
  }

  #cell(): string {
    const from = this.#place;
    return this.#text.slice(from, this.#nextTab());
  }

  /** Where the cell ends; the next one begins behind it. */
  #nextTab(): number {
    const end = this.#text.indexOf(tab, this.#place);
    if (end < 0) throw new RangeError("a row with too few cells");
    this.#place = end + 1;
    return end;
  }

  #readActor(cell: string): void {
    const isNew = cell.startsWith(fresh);
    const number = isNew ? this.#actors.push(cell.slice(1)) - 1 : Number(cell);
    const actor = this.#actors[number];
    if (actor === undefined) throw new RangeError("an actor that was not told");
    this.actor = actor;
    this.actorNumber = number;
  }

  #readCommand(): void {
    const from = this.#place;
    const end = this.#nextTab();
    if (this.#withCommands) this.command = this.#commands.read(this.#text, from, end);
  }

  #readOutcome(end: number): void {
    const from = this.#place;
    const text = this.#text;
    const parted = this.seq === 0 ? text.indexOf(tab, from) : -1;
    const hasEntropy = parted >= 0 && parted < end;
    const kind = text[from];
    if (kind !== isEvents && kind !== isRejection) throw new RangeError("an outcome of no kind");
    this.outcome = kind === isEvents ? "events" : "rejection";
    this.outcomeCell = this.#outcomes.read(text, from + 1, hasEntropy ? parted : end);
    this.entropy = hasEntropy ? text.slice(parted + 1, end) : null;
    this.#place = end + 1;
  }
}
