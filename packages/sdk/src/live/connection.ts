import type { Problem } from "@kontor/protocol";
import { closeCodes, problemOf } from "@kontor/protocol";
import type { RetryPolicy } from "../backoff.ts";
import { backoffMs } from "../backoff.ts";
import type { ClientClock } from "../clock.ts";
import type { Result } from "../result.ts";
import type { Socket, SocketConstructor } from "./socket.ts";
import { openSocket } from "./socket.ts";

/** `waiting` is the pause before the next attempt; `closed` is final. */
export type ConnectionState = "connecting" | "open" | "waiting" | "closed";

export type ConnectionOptions = {
  readonly url: string;
  readonly Socket: SocketConstructor;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly retry: Pick<RetryPolicy, "firstDelayMs" | "delayMaxMs">;
  /** A link on which nothing came for this long is dead; the server sends a heartbeat every second. */
  readonly silenceMaxMs: number;
  /** Headers of the next handshake; `failed` counts attempts since the last good link. A problem ends the connection. */
  readonly identify: (failed: number) => Promise<Result<Readonly<Record<string, string>>>>;
  readonly onUp: () => void;
  readonly onMessage: (message: Readonly<Record<string, unknown>>) => void;
  readonly onDown: () => void;
  readonly onState: (state: ConnectionState, problem: Problem | null) => void;
};

/** A link that lasted this long was a good one: waits begin anew. */
const steadyMs = 2_000;

/** A websocket that comes back: with jitter, after the server's hint when it said goodbye, for ever until closed. */
export class Connection {
  readonly #options: ConnectionOptions;
  #state: ConnectionState = "connecting";
  #socket: Socket | null = null;
  /** Of the newest socket: an older one's late messages are not listened to. */
  #generation = 0;
  #failed = 0;
  #heardAt = 0;
  #openedAt = 0;
  #hintMs: number | null = null;
  #stopTimer: () => void = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** When the last message came, by our clock; null before the first one. */
  get heardAt(): number | null {
    return this.#heardAt === 0 ? null : this.#heardAt;
  }

  start(): void {
    void this.#connect();
  }

  /** False when there is no open link; nothing was sent then. */
  send(message: unknown): boolean {
    if (this.#state !== "open" || this.#socket === null) return false;
    this.#socket.send(message);
    return true;
  }

  /** For tests and for a client that found its link wrong: the next attempt follows at once. */
  drop(): void {
    this.#socket?.drop();
  }

  close(problem: Problem | null = null): void {
    if (this.#state === "closed") return;
    const wasOpen = this.#state === "open";
    this.#enter("closed", problem);
    this.#stopTimer();
    const socket = this.#socket;
    this.#socket = null;
    this.#generation++;
    socket?.drop();
    if (wasOpen) this.#options.onDown();
  }

  async #connect(): Promise<void> {
    this.#enter("connecting");
    const identity = await this.#options.identify(this.#failed);
    if (this.#state !== "connecting") return;
    if (!identity.ok) return this.#refused(identity.problem);
    const generation = ++this.#generation;
    const ifCurrent = (action: () => void): void => {
      if (generation === this.#generation) action();
    };
    this.#socket = openSocket(
      this.#options.Socket,
      { url: this.#options.url, headers: identity.value },
      {
        onOpen: () => ifCurrent(() => this.#opened()),
        onMessage: (message) => ifCurrent(() => this.#heard(message)),
        onDown: (code) => ifCurrent(() => this.#lost(code)),
      },
    );
  }

  #opened(): void {
    this.#hintMs = null;
    this.#openedAt = this.#options.clock.now();
    this.#heardAt = this.#openedAt;
    this.#enter("open");
    this.#superviseSilence();
    this.#options.onUp();
  }

  #heard(message: Readonly<Record<string, unknown>>): void {
    this.#heardAt = this.#options.clock.now();
    if (typeof message["goodbye"] === "string") this.#hintMs = Number(message["reconnectAfterMs"] ?? 0);
    else this.#options.onMessage(message);
  }

  #lost(code: number): void {
    const wasOpen = this.#state === "open";
    this.#generation++;
    this.#socket = null;
    this.#stopTimer();
    if (wasOpen) this.#options.onDown();
    if (this.#state === "closed") return;
    // A server that takes links and drops them at once must not be asked ever faster.
    if (wasOpen && this.#options.clock.now() - this.#openedAt >= steadyMs) this.#failed = 0;
    this.#failed++;
    // An ended session needs a new identity, not merely a new socket.
    if (code === closeCodes.unauthenticated || code === closeCodes.session_ended)
      this.#failed = Math.max(this.#failed, 2);
    this.#waitAndConnect();
  }

  #refused(problem: Problem): void {
    if (problem.status < 500 && problem.status !== 429) {
      this.close(problem);
    } else {
      this.#failed++;
      this.#waitAndConnect();
    }
  }

  #waitAndConnect(): void {
    const { clock, retry, random } = this.#options;
    const jittered = backoffMs({ ...retry, attemptsMax: 0, deadlineMs: 0 }, Math.max(1, this.#failed), random);
    const waitMs = this.#hintMs === null ? jittered : this.#hintMs + jittered;
    this.#hintMs = null;
    this.#enter("waiting");
    this.#stopTimer = clock.after(waitMs, () => void this.#connect());
  }

  #superviseSilence(): void {
    const { clock, silenceMaxMs } = this.#options;
    const silentMs = clock.now() - this.#heardAt;
    if (silentMs >= silenceMaxMs) this.drop();
    else this.#stopTimer = clock.after(silenceMaxMs - silentMs, () => this.#superviseSilence());
  }

  #enter(state: ConnectionState, problem: Problem | null = null): void {
    if (this.#state === "closed") return;
    this.#state = state;
    this.#options.onState(state, problem);
  }
}

/** What a connection that cannot be had says to those who wait for it. */
export function closedProblem(problem: Problem | null): Problem {
  return problem ?? problemOf("unavailable", { detail: "The live connection is closed." });
}
