import type { Door } from "./raw-socket.ts";
import { openMany, RawSocket } from "./raw-socket.ts";

export type GalleryOptions = {
  /** One per watcher. */
  readonly doors: readonly Door[];
  readonly stream: string;
};

/** When the last of all watchers had a frame. `at` is the server's stamp of the newest bid in it. */
export type Arrival = { readonly at: string; readonly lastAtMs: number };

const seqMark = Buffer.from('"seq":');
const streamMark = Buffer.from('{"stream":');
const snapshotMark = '"snapshot":';
const atMark = '"event":{"type":"changed","at":"';
const digit0 = 48;
const digit9 = 57;

/** Everyone who watches one stream. Frames carry dense numbers, so a watcher's last number tells all he has. */
export class Gallery {
  readonly #sockets: RawSocket[] = [];
  readonly #size: number;
  /** By frame number: its stamp, how many have it, and since when all do. */
  readonly #stamps = new Map<number, string>();
  readonly #counts = new Map<number, number>();
  readonly #lastAt = new Map<number, number>();
  readonly #stream: string;
  #newest = 0;
  #completeAt = "";
  #frames = 0;
  #bytes = 0;
  #waiting: { readonly at: string; readonly done: () => void } | null = null;

  private constructor({ doors, stream }: GalleryOptions) {
    this.#size = doors.length;
    this.#stream = stream;
  }

  static async open(options: GalleryOptions): Promise<Gallery> {
    const gallery = new Gallery(options);
    await openMany(options.doors, (door) => gallery.#enter(door));
    return gallery;
  }

  /** Frames that reached a watcher, and what a frame measures on average. */
  get traffic(): { readonly frames: number; readonly bytesPerFrame: number } {
    return { frames: this.#frames, bytesPerFrame: this.#frames === 0 ? 0 : this.#bytes / this.#frames };
  }

  /** Resolves when every watcher has a frame with this stamp or a later one. */
  heardOf(at: string): Promise<void> {
    if (this.#completeAt >= at) return Promise.resolve();
    return new Promise((done) => {
      this.#waiting = { at, done };
    });
  }

  /** All frames that every watcher has, in order; they are forgotten here. */
  takeArrivals(): readonly Arrival[] {
    const arrivals = [...this.#lastAt].map(([seq, lastAtMs]) => ({ at: this.#stamps.get(seq) ?? "", lastAtMs }));
    this.#lastAt.clear();
    this.#stamps.clear();
    return arrivals;
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  async #enter(door: Door): Promise<void> {
    const socket = await RawSocket.open(door);
    this.#sockets.push(socket);
    let last: number | null = null;
    await new Promise<void>((entered) => {
      socket.onText((chunk, { start, end }) => {
        if (chunk.compare(streamMark, 0, streamMark.length, start, start + streamMark.length) !== 0) return;
        const seq = this.#seqIn(chunk, start, end);
        if (last === null) {
          last = seq;
          entered();
          return;
        }
        if (seq > this.#newest) this.#open(seq, chunk.toString("latin1", start, end));
        if (seq <= last) return;
        this.#frames += 1;
        this.#bytes += end - start;
        for (let missing = last + 1; missing <= seq; missing++) this.#arrived(missing);
        last = seq;
      });
      socket.send(JSON.stringify({ id: "watch", op: "subscribe", stream: this.#stream }));
    });
  }

  /** Seen for the first time by anybody. A snapshot, sent to who read too slowly, stands for all before it. */
  #open(seq: number, text: string): void {
    if (text.includes(snapshotMark)) throw new Error("a watcher was too slow and was sent the whole state");
    const from = text.indexOf(atMark) + atMark.length;
    this.#stamps.set(seq, text.slice(from, text.indexOf('"', from)));
    this.#newest = seq;
  }

  #arrived(seq: number): void {
    const count = (this.#counts.get(seq) ?? 0) + 1;
    if (count < this.#size) {
      this.#counts.set(seq, count);
      return;
    }
    this.#counts.delete(seq);
    this.#lastAt.set(seq, performance.now());
    this.#completeAt = this.#stamps.get(seq) ?? "";
    if (this.#waiting !== null && this.#completeAt >= this.#waiting.at) {
      this.#waiting.done();
      this.#waiting = null;
    }
  }

  #seqIn(chunk: Buffer, start: number, end: number): number {
    let at = chunk.indexOf(seqMark, start) + seqMark.length;
    let seq = 0;
    for (; at < end; at++) {
      const digit = chunk[at] ?? 0;
      if (digit < digit0 || digit > digit9) break;
      seq = seq * 10 + digit - digit0;
    }
    return seq;
  }
}
