/*
 * The command record: 24 words, so that a flow of commands is one Int32Array. Numbers past 32 bits take two words, low
 * then high. Words that a command has no use for are not read.
 *
 *   0 type      1 order    2 account  3 price     4 quantity  5 traits     6 members  7 ownerGroup, newOrder
 *   8-9 at     10 session 11 stop    12 display  13 minimum  14 link      15 distance or offset
 *  16 step     18-19 expiresAt       20-21 cash, trade       22-23 goods
 *
 *  phase, uncross: 3 phase, 4 purpose. set_bands: 10-11 entry, 12-13 dynamic, 14-15 static (low, high; down, up).
 */

export const RECORD_WORDS = 24;
export const R_TYPE = 0;
export const R_ORDER = 1;
export const R_ACCOUNT = 2;
export const R_PRICE = 3;
export const R_QUANTITY = 4;
export const R_TRAITS = 5;
export const R_MEMBERS = 6;
export const R_GROUP = 7;
export const R_NEW_ORDER = 7;
export const R_AT = 8;
export const R_SESSION = 10;
export const R_STOP = 11;
export const R_DISPLAY = 12;
export const R_MINIMUM = 13;
export const R_LINK = 14;
export const R_DISTANCE = 15;
export const R_STEP = 16;
export const R_EXPIRES = 18;
export const R_CASH = 20;
export const R_TRADE = 20;
export const R_GOODS = 22;
export const R_PHASE = 3;
export const R_PURPOSE = 4;
export const R_ENTRY = 10;
export const R_DYNAMIC = 12;
export const R_STATIC = 14;

export const commandTypes = [
  "new",
  "cancel",
  "amend",
  "replace",
  "mass_cancel",
  "block",
  "unblock",
  "phase",
  "uncross",
  "indicative",
  "set_bands",
  "set_reference",
  "bust",
  "correct",
  "allocate",
  "clock",
] as const;
export const C_NEW = 0;
export const C_CANCEL = 1;
export const C_AMEND = 2;
export const C_REPLACE = 3;
export const C_MASS_CANCEL = 4;
export const C_BLOCK = 5;
export const C_UNBLOCK = 6;
export const C_PHASE = 7;
export const C_UNCROSS = 8;
export const C_INDICATIVE = 9;
export const C_SET_BANDS = 10;
export const C_SET_REFERENCE = 11;
export const C_BUST = 12;
export const C_CORRECT = 13;
export const C_ALLOCATE = 14;
export const C_CLOCK = 15;

/** Which members a record gives. */
export const M_PRICE = 1;
export const M_STOP = 2;
export const M_TRAIL = 4;
export const M_PEG = 8;
export const M_EXPIRES = 16;
export const M_DISPLAY = 32;
export const M_MINIMUM = 64;
export const M_LINK = 128;
export const M_SELF_TRADE = 256;
export const M_GROUP = 512;
export const M_SESSION = 1024;
export const M_QUANTITY = 2048;
export const M_SIDE = 4096;
export const M_ACCOUNT = 8192;
export const M_ON_DISCONNECT = 16384;
export const M_PURPOSE = 32768;
export const M_NEXT = 65536;
export const M_FINAL = 131072;
export const M_ENTRY = 1 << 18;
export const M_DYNAMIC = 1 << 19;
export const M_STATIC = 1 << 20;

const TWO_32 = 4294967296;

/** Low then high; the high word carries the sign. */
export function writePair(words: Int32Array, at: number, value: number): void {
  const low = value % TWO_32;
  words[at] = low | 0;
  words[at + 1] = ((value - low) / TWO_32 + (low < 0 ? -1 : 0)) | 0;
}

export function readPair(words: Int32Array, at: number): number {
  return (words[at + 1] as number) * TWO_32 + ((words[at] as number) >>> 0);
}
