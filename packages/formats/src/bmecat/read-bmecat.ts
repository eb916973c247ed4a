import type { Progress } from "../files/byte-source.ts";
import { ByteSource } from "../files/byte-source.ts";
import { UnreadableFile } from "../files/unreadable-file.ts";
import { encodingOf } from "../table/text-decoding.ts";
import type { BmecatItem } from "./bmecat-item.ts";
import { RecordParser } from "./record-parser.ts";
import { RecordTranslator } from "./record-translator.ts";

export type BmecatOptions = {
  /** Types of prices that are taken; of those that an article has, the first in this order. */
  readonly priceTypes?: readonly string[];
  /** Size of the source in bytes, for the progress; its rows are articles. */
  readonly bytesTotal?: number;
  readonly signal?: AbortSignal;
};

export type BmecatReading = {
  /**
   * What the file holds, in its order: the catalogue first, then groups, classes, articles as rows and what stands in
   * which group, with warnings in between. To be read once; whoever leaves the loop ends the source.
   *
   * @throws UnreadableFile where it is no BMEcat or cannot be read on; the signal's reason once aborted.
   */
  readonly items: AsyncIterable<BmecatItem>;
  readonly progress: () => Progress;
};

/** What buyers pay, and where a file has no such prices what the list says. */
const usualPriceTypes = ["net_customer", "net_list"];

/** Reads BMEcat 1.2, 2005 and 2005.1 as real files write them, in bounded memory. Document types are not read. */
export function readBmecat(bytes: AsyncIterable<Uint8Array>, options: BmecatOptions = {}): BmecatReading {
  const source = new ByteSource(bytes, options.signal);
  const state = { rows: 0 };
  async function* items(): AsyncGenerator<BmecatItem> {
    try {
      const decoder = new TextDecoder(await encodingOfXml(source));
      const parser = new RecordParser();
      const translator = new RecordTranslator(options.priceTypes ?? usualPriceTypes);
      for await (const piece of source.pieces()) {
        for (const parsed of parser.write(decoder.decode(piece, { stream: true }))) {
          for (const item of translator.next(parsed)) {
            if (item.kind === "row") state.rows++;
            yield item;
          }
        }
      }
      for (const parsed of parser.write(decoder.decode())) yield* translator.next(parsed);
      for (const parsed of parser.end()) yield* translator.next(parsed);
      yield* translator.end();
    } finally {
      await source.close();
    }
  }
  const progress = (): Progress => ({
    bytesRead: source.bytesRead,
    bytesTotal: options.bytesTotal ?? null,
    rows: state.rows,
  });
  return { items: { [Symbol.asyncIterator]: items }, progress };
}

/** The encoding that the file declares, or shows. @throws UnreadableFile where it is no XML. */
async function encodingOfXml(source: ByteSource): Promise<string> {
  const head = await source.peek(1_024);
  const shown = encodingOf(head);
  const text = new TextDecoder(shown?.startsWith("utf-16") === true ? shown : "latin1").decode(head);
  if (text.trim() === "") throw new UnreadableFile("file_empty", "The file is empty.", { hint: "Send a BMEcat file." });
  if (!/^(\u00ef\u00bb\u00bf|\ufeff)?\s*</.test(text)) {
    throw new UnreadableFile("file_not_bmecat", "The file is no XML.", { hint: "Import it as a table." });
  }
  if (shown?.startsWith("utf-16") === true) return shown;
  const declared = /^[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1];
  try {
    return new TextDecoder(declared ?? "utf-8").encoding;
  } catch {
    return shown ?? "utf-8";
  }
}
