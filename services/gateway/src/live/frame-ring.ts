type Kept = { readonly seq: number; readonly frame: Buffer };

/** The latest frames of one audience, for clients that come back. Bounded by count and by bytes. */
export class FrameRing {
  readonly #limits: { readonly framesMax: number; readonly bytesMax: number };
  #kept: Kept[] = [];
  /** Index of the oldest kept frame; what is before it waits to be cut off in one go. */
  #start = 0;
  #bytes = 0;

  constructor(limits: { readonly framesMax: number; readonly bytesMax: number }) {
    this.#limits = limits;
  }

  push(seq: number, frame: Buffer): void {
    this.#kept.push({ seq, frame });
    this.#bytes += frame.length;
    while (this.#kept.length - this.#start > this.#limits.framesMax || this.#bytes > this.#limits.bytesMax) {
      this.#bytes -= this.#kept[this.#start]?.frame.length ?? 0;
      this.#start += 1;
    }
    if (this.#start > 1_024 && this.#start * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#start);
      this.#start = 0;
    }
  }

  /** The frames after `seq`, oldest first; null when some of them are gone. */
  after(seq: number): readonly Buffer[] | null {
    const first = this.#kept[this.#start];
    if (first === undefined || seq + 1 < first.seq) return null;
    return this.#kept.slice(this.#start + (seq + 1 - first.seq)).map((kept) => kept.frame);
  }
}
