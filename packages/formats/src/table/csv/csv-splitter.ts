import { UnreadableFile } from "../../files/unreadable-file.ts";
import type { RowFault, Separator } from "../table.ts";
import { tableLimits } from "../table-limits.ts";

export type CsvDialect = { readonly separator: Separator; readonly newline: "\n" | "\r" };

/** Cells of one row, and what is wrong with their quotes. An empty line has no cells. */
export type CsvRecord = { readonly cells: readonly string[]; readonly faults?: readonly RowFault[] };

const quote = 34;
const carriageReturn = 13;

/**
 * Splits text that comes in pieces into rows of cells: quotes as in RFC 4180, and what real files do besides. A quote
 * that is never closed would swallow the rest of the file: its row is read again with the quotes as plain characters, and
 * told; rows behind it are read as ever.
 */
export class CsvSplitter {
  readonly #separator: string;
  readonly #newline: string;
  #text = "";
  #at = 0;
  /** Next separator and newline at or behind `#at`, or the length where there is none; found once. */
  #separatorAt = -1;
  #newlineAt = -1;
  #final = false;

  constructor(dialect: CsvDialect) {
    this.#separator = dialect.separator;
    this.#newline = dialect.newline;
  }

  push(piece: string): CsvRecord[] {
    this.#text = this.#text.slice(this.#at) + piece;
    return this.#records();
  }

  end(): CsvRecord[] {
    this.#text = this.#text.slice(this.#at);
    this.#final = true;
    return this.#records();
  }

  #records(): CsvRecord[] {
    this.#at = 0;
    this.#separatorAt = -1;
    this.#newlineAt = -1;
    const records: CsvRecord[] = [];
    while (this.#at < this.#text.length) {
      const from = this.#at;
      const record = this.#record() ?? this.#literalRecord(from);
      if (record === null) {
        this.#at = from;
        break;
      }
      records.push(record);
    }
    return records;
  }

  /** The row at `#at`, which then stands behind it; null where its end is not there yet. */
  #record(): CsvRecord | null {
    const cells: string[] = [];
    let faults: RowFault[] | undefined;
    for (;;) {
      const from = this.#at;
      let head = "";
      if (this.#text.charCodeAt(from) === quote) {
        const quoted = this.#quoted(from + 1);
        if (quoted === null) return null;
        head = quoted;
      }
      const wasQuoted = this.#at > from;
      const [separatorAt, newlineAt] = this.#marks();
      const ended = Math.min(separatorAt, newlineAt);
      if (ended === this.#text.length && !this.#final) return null;
      let tail = this.#text.slice(this.#at, ended);
      if (newlineAt === ended && tail.charCodeAt(tail.length - 1) === carriageReturn) tail = tail.slice(0, -1);
      if (wasQuoted && tail.trim() !== "") faults = ["quote_misplaced"];
      cells.push(wasQuoted && tail.trim() === "" ? head : head + tail);
      this.#at = ended + 1;
      if (ended === separatorAt && ended < this.#text.length) {
        if (cells.length > tableLimits.columnsMax) throw tooLong("columns");
        continue;
      }
      const empty = cells.length === 1 && cells[0] === "" && !wasQuoted;
      return faults === undefined ? { cells: empty ? [] : cells } : { cells, faults };
    }
  }

  /** What stands between quotes; `#at` is then behind the closing one. Null while that is not there, or may be half of two. */
  #quoted(from: number): string | null {
    let value = "";
    let start = from;
    for (;;) {
      const closing = this.#text.indexOf('"', start);
      if (closing < 0 || (closing + 1 === this.#text.length && !this.#final)) return null;
      if (this.#text.charCodeAt(closing + 1) !== quote) {
        this.#at = closing + 1;
        return value + this.#text.slice(start, closing);
      }
      value += this.#text.slice(start, closing + 1);
      start = closing + 2;
    }
  }

  #marks(): readonly [separatorAt: number, newlineAt: number] {
    if (this.#separatorAt < this.#at) this.#separatorAt = this.#find(this.#separator);
    if (this.#newlineAt < this.#at) this.#newlineAt = this.#find(this.#newline);
    return [this.#separatorAt, this.#newlineAt];
  }

  #find(mark: string): number {
    const found = this.#text.indexOf(mark, this.#at);
    return found < 0 ? this.#text.length : found;
  }

  /** A row without end: once it is too long, or the file is over, its line with the quotes as plain characters. */
  #literalRecord(from: number): CsvRecord | null {
    const long = this.#text.length - from > tableLimits.rowCharsMax;
    if (!long && !this.#final) return null;
    this.#at = from;
    const found = this.#text.indexOf(this.#newline, from);
    const lineEnd = found < 0 ? this.#text.length : found;
    if (lineEnd - from > tableLimits.rowCharsMax) throw tooLong("characters");
    this.#at = lineEnd + 1;
    this.#separatorAt = -1;
    this.#newlineAt = -1;
    const line = this.#text.slice(from, lineEnd).replace(/\r$/, "");
    return { cells: line.split(this.#separator), faults: ["quote_unclosed"] };
  }
}

function tooLong(what: "columns" | "characters"): UnreadableFile {
  const hint = "Check the separator, and that every quote is closed.";
  return new UnreadableFile("row_too_long", `A row has too many ${what}.`, { hint });
}
