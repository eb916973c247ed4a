import { utf8Of } from "./utf8.ts";

/** The polynomial of IEEE 802.3, its lowest power first. */
const polynomial = 0xedb88320;

const table = /* @__PURE__ */ Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ polynomial;
  return rest;
});

/** CRC-32 of the UTF-8 bytes of a text as zip and Ethernet count it, an unsigned number of 32 bits. */
export function crc32(text: string): number {
  let rest = -1;
  for (const byte of utf8Of(text)) rest = (rest >>> 8) ^ (table[(rest ^ byte) & 255] as number);
  return (rest ^ -1) >>> 0;
}
