import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { tableLimits } from "../table-limits.ts";
import { unescapedText } from "./cell-text.ts";
import { tooLarge } from "./workbook.ts";
import { XmlEvents } from "./xml-events.ts";
import type { ZipPart } from "./zip-archive.ts";

const chunkBytes = 1_048_576;

/**
 * The texts that a workbook's cells refer to by number. As bytes, and from a size on in a file: as strings a million of
 * them would fill the memory that the whole import has.
 */
export class SharedTexts {
  readonly #file: string;
  /** Where each text begins, and at last where the last ends. */
  #starts = new Float64Array(1_024);
  #count = 0;
  readonly #chunks: Buffer[] = [];
  #chunk = Buffer.alloc(chunkBytes);
  #filled = 0;
  #descriptor: number | null = null;
  #inFile = 0;

  readonly #bytesInMemory: number;

  constructor(folder: string, bytesInMemory: number = tableLimits.sharedTextBytesInMemory) {
    this.#bytesInMemory = bytesInMemory;
    this.#file = join(folder, "shared-texts");
  }

  add(text: string): void {
    if (this.#count >= tableLimits.sharedTextsMax) throw tooLarge();
    if (this.#count + 2 > this.#starts.length) {
      const grown = new Float64Array(this.#starts.length * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    const bytes = Buffer.from(text, "utf8");
    const start = this.#starts[this.#count] ?? 0;
    this.#count++;
    this.#starts[this.#count] = start + bytes.length;
    for (let from = 0; from < bytes.length; ) {
      const taken = bytes.copy(this.#chunk, this.#filled, from);
      this.#filled += taken;
      from += taken;
      if (this.#filled === chunkBytes) this.#keepChunk();
    }
  }

  /** The text of a number; null where there is none. */
  at(index: number): string | null {
    if (!(index >= 0 && index < this.#count)) return null;
    const [start, end] = [this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0];
    const first = Math.floor(start / chunkBytes);
    if (first === Math.floor(end / chunkBytes)) {
      const chunk = this.#chunkInMemory(first);
      if (chunk !== null) return chunk.toString("utf8", start % chunkBytes, end % chunkBytes);
    }
    const bytes = Buffer.alloc(end - start);
    for (let done = 0; done < bytes.length; ) done += this.#copy(bytes.subarray(done), start + done);
    return bytes.toString("utf8");
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #keepChunk(): void {
    const inMemory = this.#chunks.length * chunkBytes;
    if (inMemory < this.#bytesInMemory) {
      this.#chunks.push(this.#chunk);
      this.#chunk = Buffer.alloc(chunkBytes);
    } else {
      this.#descriptor ??= openSync(this.#file, "wx+", 0o600);
      writeSync(this.#descriptor, this.#chunk, 0, chunkBytes, this.#inFile);
      this.#inFile += chunkBytes;
    }
    this.#filled = 0;
  }

  #chunkInMemory(number: number): Buffer | null {
    const kept = this.#chunks[number];
    if (kept !== undefined) return kept;
    return number * chunkBytes === this.#chunks.length * chunkBytes + this.#inFile ? this.#chunk : null;
  }

  #copy(target: Buffer, position: number): number {
    const number = Math.floor(position / chunkBytes);
    const chunk = this.#chunkInMemory(number);
    const from = position % chunkBytes;
    if (chunk !== null) return chunk.copy(target, 0, from, chunkBytes);
    const inFile = position - this.#chunks.length * chunkBytes;
    return readSync(this.#descriptor ?? -1, target, 0, Math.min(target.length, chunkBytes - from), inFile);
  }
}

/** Reads the part with the shared texts. What is shown above Japanese characters is not part of them. */
export async function readSharedTexts(part: ZipPart, texts: SharedTexts, signal?: AbortSignal): Promise<void> {
  let value = "";
  let inText = false;
  let phonetic = 0;
  const events = new XmlEvents({
    open: (name) => {
      if (name === "si") value = "";
      else if (name === "t") inText = phonetic === 0;
      else if (name === "rPh") phonetic++;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "rPh") phonetic--;
      else if (name === "si") texts.add(unescapedText(value));
    },
    text: (text) => {
      if (inText) value += text;
    },
  });
  for await (const piece of part.stream(signal)) events.write(piece);
  events.end();
}
