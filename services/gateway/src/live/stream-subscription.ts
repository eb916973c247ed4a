import type { Actor } from "@kontor/kernel";
import type { Audience } from "./audience.ts";
import type { LiveConnection } from "./live-connection.ts";

/** The last frame that a client holds of a stream. */
export type StreamPlace = { readonly epoch: string; readonly seq: number };

/** One stream that one connection follows, from its opening until it is cancelled or ends. */
export class StreamSubscription {
  readonly stream: string;
  readonly connection: LiveConnection;
  readonly actor: Actor;
  #audience: Audience | null = null;
  /** Frames are left out until the reader has caught up; `sentSeq` is the last that was sent before, if any was. */
  #behind: { readonly sentSeq: number | null } | null = null;
  #over = false;
  readonly #whenOver: (() => void)[] = [];
  /** Says yes to who asked, before the first frame. */
  #announce: (() => void) | null;

  constructor(connection: LiveConnection, order: Pick<StreamSubscription, "stream" | "actor">, announce: () => void) {
    this.connection = connection;
    this.stream = order.stream;
    this.actor = order.actor;
    this.#announce = announce;
  }

  /** The last number that was sent; null before the first. */
  get sentSeq(): number | null {
    return this.#behind === null ? (this.#audience?.sentSeq ?? null) : this.#behind.sentSeq;
  }

  /** False once nobody waits for frames any more. */
  isWanted(): boolean {
    return !this.#over && this.connection.isOpen;
  }

  onOver(handler: () => void): void {
    this.#whenOver.push(handler);
  }

  enter(audience: Audience, from?: StreamPlace): void {
    this.leave();
    this.#announce?.();
    this.#announce = null;
    this.#audience = audience;
    audience.join(this, from);
  }

  /** Sends again what lies after `from`, or everything; nothing while the stream is being opened. */
  resume(from: StreamPlace | undefined): void {
    const audience = this.#audience;
    if (audience !== null) this.enter(audience, from);
  }

  leave(): void {
    this.#audience?.leave(this);
    this.#audience = null;
    this.#behind = null;
  }

  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.leave();
    this.connection.conflated.delete(this);
    if (this.connection.subscriptions.get(this.stream) === this) this.connection.subscriptions.delete(this.stream);
    for (const handler of this.#whenOver) handler();
  }

  /** The stream is none of the subscriber's business any more. */
  end(reason: string): void {
    if (this.isWanted()) this.connection.send({ stream: this.stream, ended: reason });
    this.cancel();
  }

  /** Public frames are left out while the reader is slow; the latest state follows when he has caught up. */
  deliver(bytes: Buffer, frames: number): void {
    const audience = this.#audience;
    if (audience === null || this.#behind !== null) return;
    if (audience.isPublic && this.connection.isSlow()) this.#fallBehind(audience.sentSeq - frames);
    else this.connection.write(bytes, frames);
  }

  /** The whole state, when the reader has room for it. Notices are no state, so their beginning is not put off. */
  deliverState(): void {
    const audience = this.#audience;
    if (audience === null) return;
    if (this.stream !== "me" && this.connection.isSlow()) this.#fallBehind(null);
    else this.connection.write(audience.snapshotFrame(), 1);
  }

  catchUp(): void {
    if (this.#behind === null || this.#audience === null) return;
    this.#audience.flush();
    this.#behind = null;
    this.connection.write(this.#audience.snapshotFrame(), 1);
  }

  #fallBehind(sentSeq: number | null): void {
    this.#behind = { sentSeq };
    this.connection.conflated.add(this);
  }
}
