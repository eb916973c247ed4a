import { bytesOf, Column } from "../memory/columns.ts";
import { StringPool } from "../memory/string-pool.ts";
import { fold, isDigitUnit, isWordUnit } from "./folding.ts";

/** A number as it is compared: without case, spaces, dashes and other signs. */
export function plainIdentifier(text: string): string {
  let plain = "";
  for (const character of fold(text)) if (isWordUnit(character.charCodeAt(0))) plain += character;
  return plain;
}

/** A GTIN of 8 to 14 digits, as printed, in 14 digits; null for another text. A mark keeps it apart from part numbers. */
export function gtinKey(text: string): string | null {
  const digits = plainIdentifier(text);
  if (digits.length < 8 || digits.length > 14) return null;
  for (let at = 0; at < digits.length; at++) if (!isDigitUnit(digits.charCodeAt(at))) return null;
  return `#${digits.padStart(14, "0")}`;
}

/** What a text could be the key of. */
export function identifierKeys(text: string): string[] {
  const plain = plainIdentifier(text);
  if (plain === "") return [];
  const gtin = gtinKey(text);
  return gtin === null ? [plain] : [plain, gtin];
}

const NONE = 0;

/** Which owners (numbers) go by a key. Other keys for an owner are a new identity of it; the old one's entries are dead. */
export class Identifiers {
  private readonly keys = new StringPool();
  private readonly heads = new Column(new Uint32Array(64));
  private readonly entries = new Column(new Uint32Array(64));
  private readonly nexts = new Column(new Uint32Array(64));
  /** Identity + 1 by owner; owner and number of keys by identity. */
  private readonly identities = new Column(new Uint32Array(64));
  private readonly owners = new Column(new Uint32Array(64));
  private readonly keyCounts = new Column(new Uint8Array(64));

  constructor() {
    this.entries.push(0);
    this.nexts.push(0);
  }

  get bytes(): number {
    const { keys, heads, entries, nexts, identities, owners, keyCounts } = this;
    return keys.byteLength + bytesOf([heads, entries, nexts, identities, owners, keyCounts]);
  }

  /** At most 255 keys; further ones are not kept. */
  write(owner: number, keys: readonly string[]): void {
    const wanted = [...new Set(keys)].filter((key) => key !== "").slice(0, 255);
    this.identities.reach(owner + 1);
    const known = this.identities.values[owner] as number;
    if (known !== NONE && this.keyCounts.values[known - 1] === wanted.length) {
      if (wanted.every((key) => this.ownersOf(key).includes(owner))) return;
    }
    const identity = this.owners.push(owner);
    this.keyCounts.push(wanted.length);
    this.identities.values[owner] = identity + 1;
    for (const key of wanted) {
      const id = this.keys.intern(key);
      this.heads.reach(id + 1);
      const entry = this.entries.push(identity);
      this.nexts.push(this.heads.values[id] as number);
      this.heads.values[id] = entry;
    }
  }

  remove(owner: number): void {
    if (owner < this.identities.length) this.identities.values[owner] = NONE;
  }

  /** In no order. */
  ownersOf(key: string): number[] {
    const id = this.keys.find(key);
    const found: number[] = [];
    if (id === -1) return found;
    for (let entry = this.heads.values[id] as number; entry !== 0; entry = this.nexts.values[entry] as number) {
      const identity = this.entries.values[entry] as number;
      const owner = this.owners.values[identity] as number;
      if (this.identities.values[owner] === identity + 1) found.push(owner);
    }
    return found;
  }
}
