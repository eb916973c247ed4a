import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { Writable } from "node:stream";
import type { Actor } from "@kontor/kernel";
import type { WebSocket } from "ws";
import type { Identity } from "../src/auth/identity.ts";
import { LiveConnection } from "../src/live/live-connection.ts";
import type { LiveLimits } from "../src/live/live-limits.ts";
import { liveLimits } from "../src/live/live-limits.ts";
import { StreamSubscription } from "../src/live/stream-subscription.ts";

export type Message = Readonly<Record<string, unknown>>;

/** A connection whose line a test can hold up. */
export class FakeClient {
  readonly connection: LiveConnection;
  readonly closes: string[] = [];
  readonly #line: Writable;
  #bytes = Buffer.alloc(0);
  #held: (() => void)[] | null = null;
  #read: Message[] = [];

  constructor(limits: Partial<LiveLimits> = {}) {
    this.#line = new Writable({
      highWaterMark: 1_024,
      write: (chunk: Buffer, _encoding, done) => {
        this.#bytes = Buffer.concat([this.#bytes, chunk]);
        if (this.#held === null) done();
        else this.#held.push(done);
      },
    });
    const socket = Object.assign(new EventEmitter(), {
      readyState: 1,
      close: () => {},
      terminate: () => {},
      ping: () => {},
    });
    this.connection = new LiveConnection({
      socket: socket as unknown as WebSocket,
      line: this.#line as unknown as Socket,
      identity: { kind: "session", companyId: null } as unknown as Identity,
      company: undefined,
      limits: { ...liveLimits, ...limits },
      nowMs: 0,
      wrote: () => {},
      closing: (reason) => this.closes.push(reason),
    });
  }

  subscription(stream: string, actor: Actor, announce: () => void = () => {}): StreamSubscription {
    const subscription = new StreamSubscription(this.connection, { stream, actor }, announce);
    this.connection.subscriptions.set(stream, subscription);
    return subscription;
  }

  /** From now on nothing is taken off the line. */
  hold(): void {
    this.#held = [];
  }

  /** Takes everything, and again from now on. */
  async release(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const done of held) done();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Everything that was read so far. */
  messages(): readonly Message[] {
    for (let frame = frameIn(this.#bytes); frame !== null; frame = frameIn(this.#bytes)) {
      this.#read.push(JSON.parse(this.#bytes.toString("utf8", frame.from, frame.to)) as Message);
      this.#bytes = this.#bytes.subarray(frame.to);
    }
    return this.#read;
  }

  /** What came since the last call. */
  take(): readonly Message[] {
    const taken = this.messages();
    this.#read = [];
    return taken;
  }
}

export function member(companyId: string): Actor {
  return { kind: "member", userId: `user-${companyId}`, companyId, marketplaceId: "m1" };
}

export const operator: Actor = { kind: "operator", userId: "op", companyId: null, marketplaceId: "m1" };

/** Where the first frame's text lies; null when it is not whole yet. */
function frameIn(bytes: Buffer): { from: number; to: number } | null {
  if (bytes.length < 10) return bytes.length >= 2 ? shortFrame(bytes) : null;
  const short = (bytes[1] ?? 0) & 127;
  if (short < 126) return shortFrame(bytes);
  const from = short === 126 ? 4 : 10;
  const to = from + (short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)));
  return bytes.length < to ? null : { from, to };
}

function shortFrame(bytes: Buffer): { from: number; to: number } | null {
  const to = 2 + ((bytes[1] ?? 0) & 127);
  return bytes.length < to ? null : { from: 2, to };
}
