import type { Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { Change } from "./conflation.ts";
import { Conflation } from "./conflation.ts";
import { FrameRing } from "./frame-ring.ts";
import type { LiveLimits } from "./live-limits.ts";
import type { LiveView } from "./live-view.ts";
import type { StreamSubscription } from "./stream-subscription.ts";
import { wireFrameOf } from "./wire-frame.ts";

export type AudienceParts = {
  readonly stream: string;
  /** Names this run of sequence numbers; another run, or another gateway, has another. */
  readonly epoch: string;
  /** Public frames may be skipped for who reads too slowly; private ones never. */
  readonly isPublic: boolean;
  /** Shared changes that come within this many milliseconds go out as one frame; 0: each by itself. */
  readonly everyMs?: number;
  readonly limits: Pick<LiveLimits, "ringMessagesMax" | "ringBytesMax">;
  readonly view: LiveView;
  /** The private part, where the audience is one company. */
  readonly own: LiveView | null;
  readonly seq: number;
};

/**
 * All who see the same of one stream. Frames are numbered without gaps, built once and sent to everyone as the same
 * bytes; those of one turn go out in one write, and when a round of writes takes long the next one waits as long.
 */
export class Audience {
  readonly epoch: string;
  readonly isPublic: boolean;
  readonly view: LiveView;
  readonly own: LiveView | null;
  readonly subscriptions = new Set<StreamSubscription>();
  readonly #stream: string;
  readonly #head: string;
  readonly #ring: FrameRing;
  #seq: number;
  #sentSeq: number;
  #unsent: Buffer[] = [];
  #scheduled = false;
  #restUntil = 0;
  readonly #conflation: Conflation | null;

  constructor(parts: AudienceParts) {
    this.epoch = parts.epoch;
    this.isPublic = parts.isPublic;
    this.view = parts.view;
    this.own = parts.own;
    this.#stream = parts.stream;
    this.#head = `{"stream":${JSON.stringify(parts.stream)},"epoch":${JSON.stringify(parts.epoch)},"seq":`;
    const { ringMessagesMax, ringBytesMax } = parts.limits;
    this.#ring = new FrameRing({ framesMax: ringMessagesMax, bytesMax: ringBytesMax });
    this.#seq = parts.seq;
    this.#sentSeq = parts.seq;
    const { everyMs = 0, view } = parts;
    this.#conflation = everyMs === 0 ? null : new Conflation({ view, everyMs, emit: (change) => this.#tell(change) });
  }

  get stream(): string {
    return this.#stream;
  }

  get seq(): number {
    return this.#seq;
  }

  /** The last number that subscribers have been sent. */
  get sentSeq(): number {
    return this.#sentSeq;
  }

  /** The frame that follows now: patches as JSON text, null for a part that did not change. */
  nextFrame(at: Micros, patch: string | null, own: string | null): Buffer {
    const shared = patch === null ? "" : `,"patch":${patch}`;
    const mine = own === null ? "" : `,"own":${own}`;
    return this.nextFrameOf(`{"type":"changed","at":"${instantOfMicros(at)}"${shared}${mine}}`);
  }

  nextFrameOf(event: string): Buffer {
    return wireFrameOf(`${this.#head}${this.#seq + 1},"prev":${this.#seq},"event":${event}}`);
  }

  /** A change of what all of the audience see, who have no parts of their own. */
  change(change: Change): void {
    if (this.#conflation !== null) this.#conflation.add(change);
    else if (this.view.apply(change.patch, change.seq)) this.#tell(change);
  }

  #tell({ patch, at }: Change): void {
    this.push(this.nextFrame(at, JSON.stringify(patch), null));
  }

  /** Takes the frame that follows into the run; it leaves with the others of this turn. */
  push(frame: Buffer): void {
    this.#seq += 1;
    this.#ring.push(this.#seq, frame);
    if (this.subscriptions.size === 0) {
      this.#sentSeq = this.#seq;
      return;
    }
    this.#unsent.push(frame);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const restMs = this.#restUntil - performance.now();
    if (restMs < 1) setImmediate(() => this.flush());
    else setTimeout(() => this.flush(), restMs);
  }

  flush(): void {
    this.#scheduled = false;
    const frames = this.#unsent;
    const [first] = frames;
    if (first === undefined) return;
    this.#unsent = [];
    this.#sentSeq = this.#seq;
    const startedAt = performance.now();
    const bytes = frames.length === 1 ? first : Buffer.concat(frames);
    for (const subscription of this.subscriptions) subscription.deliver(bytes, frames.length);
    const endedAt = performance.now();
    this.#restUntil = endedAt + (endedAt - startedAt);
  }

  snapshotFrame(): Buffer {
    const own = this.own === null ? "" : `,"own":${this.own.json()}`;
    return wireFrameOf(`${this.#head}${this.#sentSeq},"snapshot":${this.view.json()}${own}}`);
  }

  /**
   * Brings a subscription up to now: with the frames it lacks when it can name its place in this run, else with the
   * whole state. Everyone else is brought up to now first, so that the state and its number agree.
   */
  join(subscription: StreamSubscription, from: { readonly epoch: string; readonly seq: number } | undefined): void {
    this.flush();
    this.subscriptions.add(subscription);
    const resumes = from !== undefined && from.epoch === this.epoch && from.seq <= this.#seq;
    const missed = resumes ? this.#missedSince(from.seq) : null;
    if (missed === null) subscription.deliverState();
    else if (missed.length > 0) subscription.deliver(Buffer.concat(missed), missed.length);
  }

  leave(subscription: StreamSubscription): void {
    this.subscriptions.delete(subscription);
  }

  #missedSince(seq: number): readonly Buffer[] | null {
    return seq === this.#seq ? [] : this.#ring.after(seq);
  }
}
