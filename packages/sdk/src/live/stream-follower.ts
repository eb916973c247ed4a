import type { JsonObject } from "@kontor/kernel";
import type { Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { EventFrame, SnapshotFrame, StreamState, StreamStep } from "./stream-state.ts";
import { takeEvent, takeSnapshot } from "./stream-state.ts";

/** A subscribe request without an answer is repeated after this. */
const resyncPatienceMs = 4_000;

export type StreamChange =
  /** The whole state came anew: at first, and after a gap that patches could not fill. */
  | { readonly kind: "snapshot" }
  | { readonly kind: "patch"; readonly at: string | undefined; readonly patch: unknown; readonly own: unknown };

export type StreamListener = {
  readonly onChange?: ((view: JsonObject, own: JsonObject | undefined, change: StreamChange) => void) | undefined;
  /** Something is missing, or the link is down: what is held is not known to be the present state until `onChange`. */
  readonly onStale?: (() => void) | undefined;
  /** What was held is the present state after all; nothing was missed. */
  readonly onFresh?: (() => void) | undefined;
  /** A message on `me`. */
  readonly onNotice?: ((notice: JsonObject) => void) | undefined;
  /** The stream is over for this subscriber; nothing follows. */
  readonly onEnd?: ((problem: Problem) => void) | undefined;
};

/** Keeps one stream's state equal to the server's, for all who listen to it. Says when it must ask the server again. */
export class StreamFollower {
  readonly stream: string;
  readonly listeners = new Set<StreamListener>();
  #state: StreamState | null = null;
  #ended: Problem | null = null;
  #stale = true;
  /** A frame that came too early, or is known to have been sent. */
  #awaited: { readonly epoch: string | undefined; readonly seq: number } | null = null;
  #askedAt: number | null = null;

  constructor(stream: string) {
    this.stream = stream;
  }

  get state(): StreamState | null {
    return this.#state;
  }

  /** Whether something is known to be missing, or may be because the link was down. */
  get isStale(): boolean {
    return this.#stale;
  }

  /** Why the stream ended; null while it goes on. */
  get ended(): Problem | null {
    return this.#ended;
  }

  /**
   * The request to send now: from where we are, so that the server may send only what is missing. When a frame of
   * another run came, from nowhere: then a snapshot must follow, and tells which run is the present one.
   */
  request(id: string, now: number): JsonObject {
    this.#askedAt = now;
    const whole = this.#state === null || this.#awaitsAnother();
    const from = whole ? {} : { from: { epoch: this.#state?.epoch, seq: this.#state?.seq } };
    return { id, op: "subscribe", stream: this.stream, ...from };
  }

  /** The link went down; whatever was asked on it has no answer. */
  disconnect(): void {
    this.#askedAt = null;
    this.#miss(null);
  }

  /** What is held turned out to be wrong: it is asked for anew, and until it comes nothing is held. */
  discard(): void {
    this.#state = null;
    this.#askedAt = null;
    this.#miss(null);
  }

  /** True when the server must be asked again. */
  snapshot(frame: SnapshotFrame): boolean {
    const step = takeSnapshot(this.#state, frame);
    if (step.kind !== "applied") return false;
    if (this.#awaited?.epoch !== frame.epoch) this.#awaited = null;
    this.#settle(step.state);
    this.#tell({ kind: "snapshot" });
    return false;
  }

  /** True when the server must be asked again. */
  event(frame: EventFrame & { readonly event: { readonly at?: string } }, now: number): boolean {
    const step: StreamStep = takeEvent(this.#state, frame);
    if (step.kind === "repeated") return false;
    if (step.kind === "gap") {
      this.#miss(frame);
      return this.#mayAsk(now);
    }
    this.#settle(step.state);
    const { event } = frame;
    if (event.type === "changed") this.#tell({ kind: "patch", at: event.at, patch: event.patch, own: event.own });
    else for (const listener of this.listeners) call(() => listener.onNotice?.(event as JsonObject));
    return false;
  }

  /**
   * `seq` is the last one that the server sent of this stream, undefined when it knows of no subscription.
   * Everything sent before the heartbeat has arrived before it, so another number than ours means loss.
   * True when the server must be asked again.
   */
  heartbeat(seq: number | undefined, now: number): boolean {
    if (this.#ended !== null) return false;
    // The same number may be of another run, whose beginning was lost.
    if (this.#state === null || this.#state.seq !== seq || this.#awaitsAnother()) {
      if (!this.#awaitsAnother()) this.#miss({ epoch: this.#state?.epoch, seq: seq ?? Number.POSITIVE_INFINITY });
      return this.#mayAsk(now);
    }
    this.#askedAt = null;
    this.#awaited = null;
    if (this.#stale) {
      this.#stale = false;
      for (const listener of this.listeners) call(() => listener.onFresh?.());
    }
    return false;
  }

  end(problem: Problem): void {
    if (this.#ended !== null) return;
    this.#ended = problem;
    for (const listener of this.listeners) call(() => listener.onEnd?.(problem));
  }

  #settle(state: StreamState): void {
    this.#state = state;
    this.#askedAt = null;
    const { epoch, seq } = state;
    if (this.#awaited !== null && (this.#awaited.epoch !== epoch || seq < this.#awaited.seq)) return;
    this.#awaited = null;
    this.#stale = false;
  }

  #awaitsAnother(): boolean {
    return this.#awaited !== null && this.#awaited.epoch !== this.#state?.epoch;
  }

  #miss(awaited: { readonly epoch: string | undefined; readonly seq: number } | null): void {
    this.#awaited = awaited === null ? null : { epoch: awaited.epoch, seq: awaited.seq };
    if (this.#stale) return;
    this.#stale = true;
    for (const listener of this.listeners) call(() => listener.onStale?.());
  }

  #mayAsk(now: number): boolean {
    return this.#askedAt === null || now - this.#askedAt >= resyncPatienceMs;
  }

  #tell(change: StreamChange): void {
    const state = this.#state;
    if (state === null) return;
    for (const listener of this.listeners) call(() => listener.onChange?.(state.view, state.own, change));
  }
}

export function endedProblem(reason: string): Problem {
  return problemOf("not_found", { detail: `The stream ended: ${reason}.`, reason });
}

/** A listener's mistake must not stop the others; it surfaces as an uncaught error of its own. */
function call(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
