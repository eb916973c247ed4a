/** Control characters for which JSON has an escape of two characters. */
const shortEscapes = new Set(["\b", "\t", "\n", "\f", "\r", '"', "\\"]);
/** `\u001f`, and half of a surrogate pair likewise. */
const longEscape = 6;

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (shortEscapes.has(character)) return 2;
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return longEscape;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Bytes that a text takes inside a JSON document in UTF-8, its quotes not counted. */
export function jsonBytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character);
  return bytes;
}
