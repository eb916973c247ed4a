import type { ByteSource } from "../../files/byte-source.ts";
import type { RawTable } from "../raw-table.ts";
import type { TableOptions, TextEncoding } from "../table.ts";
import { tableLimits } from "../table-limits.ts";
import { encodingOf, TextDecoding } from "../text-decoding.ts";
import { csvDialectOf, separatorLine } from "./csv-dialect.ts";
import type { CsvDialect } from "./csv-splitter.ts";
import { CsvSplitter } from "./csv-splitter.ts";

/** Opens a CSV file: its encoding and separator are told by its first bytes, unless the caller tells them. */
export async function openCsv(source: ByteSource, options: TableOptions): Promise<RawTable> {
  const head = await source.peek(tableLimits.sampleBytes);
  const encoding = options.encoding ?? encodingOf(head);
  const sample = new TextDecoding(encoding).next(head).replace(/^\ufeff/, "");
  const dialect = csvDialectOf(sample, options.separator);
  return {
    format: "csv",
    encoding: encoding ?? "utf-8",
    separator: dialect.separator,
    sheet: null,
    sheets: [],
    namedRows: false,
    batches: batches(source, encoding, dialect),
  };
}

async function* batches(source: ByteSource, encoding: TextEncoding | null, dialect: CsvDialect): RawTable["batches"] {
  const decoding = new TextDecoding(encoding);
  const splitter = new CsvSplitter(dialect);
  let number = 0;
  const numbered = (records: ReturnType<CsvSplitter["push"]>) =>
    records.map((record) => ({ number: ++number, ...record }));
  let begun = false;
  for await (const piece of source.pieces()) {
    let text = decoding.next(piece);
    if (!begun && text !== "") {
      begun = true;
      text = text.replace(/^\ufeff/, "");
      // Excel's own line counts as one, though it holds nothing.
      if (separatorLine.test(text)) number++;
      text = text.replace(separatorLine, "");
    }
    yield numbered(splitter.push(text));
  }
  yield numbered([...splitter.push(decoding.end()), ...splitter.end()]);
}
