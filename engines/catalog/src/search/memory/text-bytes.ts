const UUID_LENGTH = 36;
const UUID_BYTES = 17;
/** No other text begins with it. */
export const UUID_MARK = 0xff;
const DASH = 45;

const isDash = (at: number): boolean => at === 8 || at === 13 || at === 18 || at === 23;

/** The value of a small hexadecimal digit, or -1. */
function digitOf(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  return unit >= 97 && unit <= 102 ? unit - 87 : -1;
}

/** A text as bytes: UTF-8 of each code unit by itself, so that any text comes back; a UUID as its sixteen. */
export class TextBytes {
  bytes = new Uint8Array(256);
  length = 0;

  write(text: string): void {
    if (text.length === UUID_LENGTH && this.writeUuid(text)) return;
    if (text.length * 3 > this.bytes.length) this.bytes = new Uint8Array(text.length * 3);
    this.length = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit < 0x80) this.bytes[this.length++] = unit;
      else if (unit < 0x800) {
        this.bytes[this.length++] = 0xc0 | (unit >> 6);
        this.bytes[this.length++] = 0x80 | (unit & 0x3f);
      } else {
        this.bytes[this.length++] = 0xe0 | (unit >> 12);
        this.bytes[this.length++] = 0x80 | ((unit >> 6) & 0x3f);
        this.bytes[this.length++] = 0x80 | (unit & 0x3f);
      }
    }
  }

  private writeUuid(text: string): boolean {
    let digits = 0;
    for (let at = 0; at < UUID_LENGTH; at++) {
      const unit = text.charCodeAt(at);
      if (isDash(at)) {
        if (unit !== DASH) return false;
        continue;
      }
      const digit = digitOf(unit);
      if (digit === -1) return false;
      const place = 1 + (digits >> 1);
      this.bytes[place] = (digits & 1) === 0 ? digit << 4 : (this.bytes[place] as number) | digit;
      digits++;
    }
    this.bytes[0] = UUID_MARK;
    this.length = UUID_BYTES;
    return true;
  }
}

/** The text between two places. */
export function readText(bytes: Uint8Array, start: number, end: number): string {
  if (bytes[start] === UUID_MARK && start < end) return readUuid(bytes, start + 1);
  let text = "";
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    const more = (byte < 0x80 ? 0 : 1) + (byte < 0xe0 ? 0 : 1);
    let unit = more === 0 ? byte : byte & (more === 1 ? 0x1f : 0x0f);
    for (let next = 1; next <= more; next++) unit = (unit << 6) | ((bytes[at + next] as number) & 0x3f);
    text += String.fromCharCode(unit);
    at += more + 1;
  }
  return text;
}

function readUuid(bytes: Uint8Array, start: number): string {
  let text = "";
  for (let at = 0; at < 16; at++) {
    if (at === 4 || at === 6 || at === 8 || at === 10) text += "-";
    const byte = bytes[start + at] as number;
    text += (byte < 16 ? "0" : "") + byte.toString(16);
  }
  return text;
}
