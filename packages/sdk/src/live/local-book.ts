import type { JsonObject } from "@kontor/kernel";
import { crc32 } from "@kontor/kernel";
import type { BookView, LevelView, MarketPhase, Problem } from "@kontor/protocol";
import { bookChecksumText } from "@kontor/protocol";
import type { ClientClock } from "../clock.ts";
import type { BookLevel } from "./book-side.ts";
import { BookSide } from "./book-side.ts";
import type { StreamChange, StreamFollower, StreamListener } from "./stream-follower.ts";

export type BookStream = `${"book-10" | "book" | "book-full" | "book-raw"}:${string}`;

/** `missing`: something was lost or the link is down; `mismatch`: the levels are not those of the checksum. */
export type Doubt = "missing" | "mismatch";

export type BookListener = {
  /** After each frame that leaves the book valid, and when it becomes so again. */
  readonly onChange?: (book: LocalBook) => void;
  /** The book must not be relied on until the next `onChange`. */
  readonly onInvalid?: (book: LocalBook, doubt: Doubt) => void;
  readonly onEnd?: (problem: Problem) => void;
};

type LocalBookParts = {
  readonly stream: BookStream;
  readonly follower: StreamFollower;
  readonly clock: ClientClock;
  /** Has the whole book sent anew. */
  readonly renew: () => void;
  readonly leave: (listener: StreamListener) => void;
};

/** Levels of each side that a checksum is of. */
const checked = 10;
/** After one book that was wrong the next is asked for at once, after more of them later and later. */
const renewal = { firstDelayMs: 500, delayMaxMs: 30_000 };

/** An instrument's book on this side of the wire: sorted, and held against the server's checksum after every frame. */
export class LocalBook {
  readonly stream: BookStream;
  readonly #parts: LocalBookParts;
  readonly #listener: BookListener;
  readonly #bids = new BookSide(true);
  readonly #asks = new BookSide(false);
  readonly #own: StreamListener;
  #phase: MarketPhase | null = null;
  #isValid = false;
  #mismatches = 0;
  /** Of them those since the last book that was right. */
  #inARow = 0;
  #stopTimer: () => void = () => {};

  constructor(parts: LocalBookParts, listener: BookListener) {
    this.stream = parts.stream;
    this.#parts = parts;
    this.#listener = listener;
    this.#own = {
      onChange: (view, _own, change) => this.#take(view, change),
      onStale: () => this.#doubt("missing"),
      onFresh: () => this.#trust(),
      onEnd: (problem) => {
        this.#doubt("missing");
        listener.onEnd?.(problem);
      },
    };
    const { follower } = parts;
    follower.listeners.add(this.#own);
    if (follower.state !== null) this.#take(follower.state.view, { kind: "snapshot" });
  }

  /** Best first; empty during a call. */
  get bids(): readonly BookLevel[] {
    return this.#bids.levels;
  }

  get asks(): readonly BookLevel[] {
    return this.#asks.levels;
  }

  /** Null before the first snapshot. */
  get phase(): MarketPhase | null {
    return this.#phase;
  }

  /** Whether this is the server's book: false before the first snapshot, while something is missing, and when it is wrong. */
  get isValid(): boolean {
    return this.#isValid;
  }

  /** How often the levels were not those of the checksum. */
  get mismatches(): number {
    return this.#mismatches;
  }

  close(): void {
    this.#stopTimer();
    this.#isValid = false;
    this.#parts.leave(this.#own);
  }

  #take(view: JsonObject, change: StreamChange): void {
    const book = view as unknown as BookView;
    this.#phase = book.phase;
    if (change.kind === "snapshot") {
      this.#bids.replace(book.bids ?? {});
      this.#asks.replace(book.asks ?? {});
    } else {
      const patch = change.patch as { readonly bids?: SidePatch; readonly asks?: SidePatch } | undefined;
      patchSide(this.#bids, patch?.bids);
      patchSide(this.#asks, patch?.asks);
    }
    if (book.checksum === undefined || book.checksum === this.#checksum()) this.#trust();
    else this.#refuse();
  }

  #checksum(): number {
    const side = (levels: BookSide) => levels.best(checked).map(({ price, quantity }) => [price, quantity] as const);
    return crc32(bookChecksumText(side(this.#bids), side(this.#asks)));
  }

  #trust(): void {
    const { follower } = this.#parts;
    if (follower.isStale || follower.state === null) return;
    this.#inARow = 0;
    this.#isValid = true;
    this.#listener.onChange?.(this);
  }

  #doubt(doubt: Doubt): void {
    if (!this.#isValid) return;
    this.#isValid = false;
    this.#listener.onInvalid?.(this, doubt);
  }

  #refuse(): void {
    this.#mismatches += 1;
    this.#inARow += 1;
    this.#doubt("mismatch");
    this.#stopTimer();
    if (this.#inARow === 1) return this.#parts.renew();
    const delayMs = Math.min(renewal.delayMaxMs, renewal.firstDelayMs * 2 ** (this.#inARow - 2));
    this.#stopTimer = this.#parts.clock.after(delayMs, () => this.#parts.renew());
  }
}

type SidePatch = Readonly<Record<string, Partial<LevelView> | null>> | null;

function patchSide(side: BookSide, patch: SidePatch | undefined): void {
  if (patch === undefined) return;
  if (patch === null) return side.replace({});
  for (const [price, change] of Object.entries(patch)) side.set(price, change);
}
