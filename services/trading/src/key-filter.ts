/** Keys that one page takes before it says "perhaps" to more than one stranger in a hundred. */
const keysPerPage = 65_536;
const bitsPerPage = keysPerPage * 10;
const probes = 7;

/**
 * Remembers which keys it was given in ten bits each, so that only keys that were possibly used before cost a look
 * into the outcome store. It may take a stranger for a known key, never a known one for a stranger.
 */
export class KeyFilter {
  readonly #pages: Uint8Array[] = [];
  #count = 0;

  get size(): number {
    return this.#count;
  }

  /** @param start see `KeyStart`; the key is then what follows it */
  add(key: string, start: KeyStart = emptyStart): void {
    if (this.#count % keysPerPage === 0) this.#pages.push(new Uint8Array(bitsPerPage / 8));
    this.#count++;
    const page = this.#pages.at(-1);
    if (page === undefined) return;
    let [bit, step] = placesOf(hashedOn(start, key));
    for (let probe = 0; probe < probes; probe++) {
      page[bit >>> 3] = (page[bit >>> 3] ?? 0) | (1 << (bit & 7));
      bit = (bit + step) % bitsPerPage;
      step = (step + probe) % bitsPerPage;
    }
  }

  mayHold(key: string): boolean {
    if (this.#count === 0) return false;
    const [first, second] = placesOf(hashedOn(emptyStart, key));
    return this.#pages.some((page) => {
      let bit = first;
      let step = second;
      for (let probe = 0; probe < probes; probe++) {
        if (((page[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
        bit = (bit + step) % bitsPerPage;
        step = (step + probe) % bitsPerPage;
      }
      return true;
    });
  }

  encode(): { readonly count: number; readonly pages: readonly string[] } {
    return { count: this.#count, pages: this.#pages.map((page) => Buffer.from(page).toString("base64")) };
  }

  static decode({ count, pages }: { readonly count: number; readonly pages: readonly string[] }): KeyFilter {
    const filter = new KeyFilter();
    filter.#count = count;
    for (const page of pages) filter.#pages.push(new Uint8Array(Buffer.from(page, "base64")));
    return filter;
  }
}

/** Two FNV-1a hashes of different offsets, of a text that many keys begin with: it need not be read for each of them. */
export type KeyStart = { readonly left: number; readonly right: number };

const emptyStart: KeyStart = { left: 0x811c9dc5, right: 0x01000193 };

export function keyStartOf(text: string): KeyStart {
  return hashedOn(emptyStart, text);
}

function hashedOn({ left, right }: KeyStart, text: string): KeyStart {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    left = Math.imul(left ^ unit, 0x01000193);
    right = Math.imul(right ^ unit, 0x85ebca6b);
  }
  return { left, right };
}

/** Two independent places in a page. */
function placesOf({ left, right }: KeyStart): [first: number, step: number] {
  const mixed = right ^ (right >>> 15);
  return [(left >>> 0) % bitsPerPage, ((mixed >>> 0) % (bitsPerPage - 1)) + 1];
}
