const textFrame = 0x81;
const maskBit = 0x80;

/**
 * A text frame as a client must send it. Its mask is all zeros, which the protocol allows: the generator then spends no
 * time on hiding what both sides are measured by.
 */
export function maskedFrameOf(text: string): Buffer {
  return frameOf(text, maskBit);
}

/** A pong for a ping's content. */
export function pongOf(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x8a, maskBit | content.length, 0, 0, 0, 0]), content]);
}

function frameOf(text: string, mask: number): Buffer {
  const length = Buffer.byteLength(text);
  if (length >= 65_536) throw new RangeError("a message of the bench is short");
  const header = length < 126 ? 2 : 4;
  const frame = Buffer.alloc(header + 4 + length);
  frame[0] = textFrame;
  frame[1] = mask | Math.min(length, 126);
  if (header === 4) frame.writeUInt16BE(length, 2);
  frame.write(text, header + 4, "utf8");
  return frame;
}

/** Opcodes that the servers use. */
export const opcodes = { text: 1, close: 8, ping: 9 } as const;

/** Told of each whole frame: its content lies in `chunk` from `start` to `end` and is not copied. */
export type OnFrame = (opcode: number, chunk: Buffer, place: { readonly start: number; readonly end: number }) => void;

/** Cuts the bytes of a server into its frames, which are neither masked nor split. */
export class FrameReader {
  readonly #onFrame: OnFrame;
  #rest: Buffer | null = null;
  readonly #place = { start: 0, end: 0 };

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  take(chunk: Buffer): void {
    const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (at + 2 <= bytes.length) {
      const opcode = (bytes[at] ?? 0) & 0x0f;
      let length = bytes[at + 1] ?? 0;
      let start = at + 2;
      if (length === 126) {
        if (start + 2 > bytes.length) break;
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (length === 127) {
        if (start + 8 > bytes.length) break;
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      if (start + length > bytes.length) break;
      this.#place.start = start;
      this.#place.end = start + length;
      this.#onFrame(opcode, bytes, this.#place);
      at = start + length;
    }
    // What is left is copied: the chunk's memory is used again.
    this.#rest = at === bytes.length ? null : Buffer.from(bytes.subarray(at));
  }
}
