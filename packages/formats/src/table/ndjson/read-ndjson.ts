import type { ByteSource } from "../../files/byte-source.ts";
import { UnreadableFile } from "../../files/unreadable-file.ts";
import type { RawRow, RawTable } from "../raw-table.ts";
import type { TableOptions, TextEncoding } from "../table.ts";
import { tableLimits } from "../table-limits.ts";
import { encodingOf, TextDecoding } from "../text-decoding.ts";
import { jsonCellsOf } from "./json-cells.ts";

/** Opens a file of one JSON object per line. */
export async function openNdjson(source: ByteSource, options: TableOptions): Promise<RawTable> {
  const head = await source.peek(tableLimits.sampleBytes);
  const encoding = options.encoding ?? encodingOf(head);
  return {
    format: "ndjson",
    encoding: encoding ?? "utf-8",
    separator: null,
    sheet: null,
    sheets: [],
    namedRows: true,
    batches: batches(source, encoding),
  };
}

async function* batches(source: ByteSource, encoding: TextEncoding | null): RawTable["batches"] {
  const decoding = new TextDecoding(encoding);
  const lines = new JsonLines();
  let rest = "";
  for await (const piece of source.pieces()) {
    const parts = (rest + decoding.next(piece)).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > tableLimits.rowCharsMax) throw tooLong();
    yield parts.flatMap((line) => lines.next(line));
  }
  yield lines.next(rest + decoding.end());
}

/** Gives each line its cells in the order of the columns known so far, to which it adds its own. */
class JsonLines {
  #columns: readonly string[] = [];
  readonly #places = new Map<string, number>();
  #number = 0;

  next(line: string): RawRow[] {
    this.#number++;
    const text = line.replace(/^\ufeff/, "").trim();
    if (text === "") return [];
    if (text.length > tableLimits.rowCharsMax) throw tooLong();
    const read = jsonCellsOf(text);
    if (typeof read === "string")
      return [{ number: this.#number, columns: this.#columns, cells: [text], faults: [read] }];
    const added = [...read.cells.keys()].filter((name) => !this.#places.has(name));
    if (added.length > 0) {
      for (const name of added) this.#places.set(name, this.#places.size);
      if (this.#places.size > tableLimits.columnsMax) throw tooLong();
      this.#columns = [...this.#places.keys()];
    }
    const cells = this.#columns.map((name) => read.cells.get(name) ?? null);
    const row = { number: this.#number, columns: this.#columns, cells };
    if (read.numbers.size === 0) return [row];
    return [{ ...row, numbers: new Set([...read.numbers].map((name) => this.#places.get(name) ?? -1)) }];
  }
}

function tooLong(): UnreadableFile {
  const hint = "Write one object per line, each of at most a million characters.";
  return new UnreadableFile("row_too_long", "A line of JSON is too long or has too many members.", { hint });
}
