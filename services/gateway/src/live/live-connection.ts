import type { Socket } from "node:net";
import { closeCodes } from "@kontor/protocol";
import type { WebSocket } from "ws";
import type { Identity } from "../auth/identity.ts";
import type { LiveLimits } from "./live-limits.ts";
import type { StreamSubscription } from "./stream-subscription.ts";
import { TokenBucket } from "./token-bucket.ts";
import { wireFrameOf } from "./wire-frame.ts";

/** Time between a close and cutting the line. */
const farewellMs = 1_000;

export type CloseReason = keyof typeof closeCodes;

export type ConnectionParts = {
  readonly socket: WebSocket;
  /** The line below the websocket; frames that many share are written to it directly. */
  readonly line: Socket;
  readonly identity: Identity;
  /** The company that was asked for at the handshake. */
  readonly company: string | undefined;
  readonly limits: LiveLimits;
  readonly nowMs: number;
  readonly wrote: (frames: number) => void;
  readonly closing: (reason: CloseReason) => void;
};

/** One open live connection: what it follows, what it may send, and how much it has not read yet. */
export class LiveConnection {
  identity: Identity;
  readonly company: string | undefined;
  readonly subscriptions = new Map<string, StreamSubscription>();
  /** Streams whose frames, or whose first state, are left out until the reader has caught up. */
  readonly conflated = new Set<StreamSubscription>();
  readonly bucket: TokenBucket;
  /** Commands that wait for their answer. */
  pending = 0;
  spoken = false;
  refusedInARow = 0;
  answeredPing = true;
  #closed = false;
  #fullSince: number | null = null;
  /** Size of the last write to a reader who was not behind: that it is large is not his fault. */
  #granted = 0;
  readonly #parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.identity = parts.identity;
    this.company = parts.company;
    const { limits, identity, nowMs } = parts;
    const perSecond = identity.kind === "key" ? limits.messagesPerSecondKey : limits.messagesPerSecondSession;
    this.bucket = new TokenBucket({ perSecond, burst: limits.messageBurst, nowMs });
    parts.line.on("drain", () => this.#drained());
  }

  get isOpen(): boolean {
    return !this.#closed && this.#parts.socket.readyState === 1;
  }

  /** Bytes that the other side has not taken yet. */
  get unsentBytes(): number {
    return this.#parts.line.writableLength;
  }

  isSlow(): boolean {
    return this.unsentBytes > this.#parts.limits.conflateAboveBytes;
  }

  /** Writes whole websocket frames. What may wait for a reader is what came after he fell behind. */
  write(bytes: Buffer, frames: number): void {
    if (!this.isOpen) return;
    this.#parts.wrote(frames);
    if (!this.isSlow()) this.#granted = bytes.length;
    if (this.#parts.line.write(bytes)) return;
    this.#fullSince ??= performance.now();
    if (this.unsentBytes - this.#granted > this.#parts.limits.closeAboveBytes) this.close("slow_consumer");
  }

  send(message: unknown): void {
    this.write(wireFrameOf(JSON.stringify(message)), 1);
  }

  /** True when what was written has not been taken for too long; a large message may take longer in proportion. */
  isStuck(nowMs: number): boolean {
    if (this.#fullSince === null) return false;
    const { undrainedMsMax, closeAboveBytes } = this.#parts.limits;
    return nowMs - this.#fullSince > undrainedMsMax * (1 + this.#granted / closeAboveBytes);
  }

  ping(): void {
    this.answeredPing = false;
    if (this.isOpen) this.#parts.socket.ping();
  }

  close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#parts.closing(reason);
    this.#parts.socket.close(closeCodes[reason], reason);
    this.#closed = true;
    setTimeout(() => this.#parts.socket.terminate(), farewellMs).unref();
  }

  /** The line is gone; nothing is written any more. */
  ended(): void {
    this.#closed = true;
  }

  #drained(): void {
    this.#fullSince = null;
    for (const subscription of [...this.conflated]) {
      if (this.isSlow()) return; // The line drains again, and then come the others.
      this.conflated.delete(subscription);
      subscription.catchUp();
    }
  }
}
