import type { CommandReceipt, PersonCommandInput, Problem } from "@kontor/protocol";
import type { ClientClock } from "../clock.ts";
import type { CommandMethods, CommandOptions } from "../commander.ts";
import { commandMethods } from "../commander.ts";
import { isUndecided } from "../http/problem-answers.ts";
import { newId } from "../ids.ts";
import type { Patience } from "../patience.ts";
import type { CommandOutcome } from "../result.ts";
import { ProblemError } from "../result.ts";
import { ClockOffset } from "./clock-offset.ts";
import type { ConnectionOptions, ConnectionState } from "./connection.ts";
import { Connection, closedProblem } from "./connection.ts";
import type { BookListener, BookStream } from "./local-book.ts";
import { LocalBook } from "./local-book.ts";
import { ReplyDesk } from "./reply-desk.ts";
import type { StreamListener } from "./stream-follower.ts";
import type { Message } from "./stream-set.ts";
import { StreamSet } from "./stream-set.ts";
import type { Stream } from "./stream-types.ts";
import type { Condition, ListenerOf, StateOf } from "./subscription.ts";
import { Subscription } from "./subscription.ts";

/** A command that the socket did not answer within this is asked about over HTTP. */
const answerTimeoutMs = 5_000;
const timeTimeoutMs = 5_000;
const timeEveryMs = 30_000;

export type LiveClientOptions = Pick<
  ConnectionOptions,
  "url" | "Socket" | "clock" | "random" | "retry" | "silenceMaxMs" | "identify"
> & {
  /** Where commands go that the socket left unanswered, with what is left of their patience. */
  readonly overHttp: (
    command: PersonCommandInput,
    options: CommandOptions & { readonly patience: Patience },
  ) => Promise<CommandOutcome>;
  readonly patience: (signal: AbortSignal | undefined) => Patience;
};

/** The live connection: streams that stay equal to the server's, commands with one definite outcome, the server's time. */
export class LiveClient {
  /** `commands.submitBid({ lotId, price })`, over this connection. */
  readonly commands: CommandMethods = commandMethods((command, options) => this.command(command, options));
  readonly #clock: ClientClock;
  readonly #overHttp: LiveClientOptions["overHttp"];
  readonly #patience: LiveClientOptions["patience"];
  readonly #connection: Connection;
  readonly #desk: ReplyDesk;
  readonly #offset = new ClockOffset();
  readonly #streams: StreamSet;
  readonly #watchers = new Set<(state: ConnectionState, problem: Problem | null) => void>();
  #problem: Problem | null = null;
  #timeAskedAt = Number.NEGATIVE_INFINITY;
  #roundTripMs: number | null = null;

  constructor(options: LiveClientOptions) {
    this.#clock = options.clock;
    this.#overHttp = options.overHttp;
    this.#patience = options.patience;
    this.#desk = new ReplyDesk(options.clock);
    this.#streams = new StreamSet(options.clock, (message) => this.#connection.send(message));
    this.#connection = new Connection({
      ...options,
      onUp: () => this.#linkUp(),
      onMessage: (message) => this.#route(message),
      onDown: () => this.#linkDown(),
      onState: (state, problem) => this.#stateChanged(state, problem),
    });
    this.#connection.start();
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  onState(watcher: (state: ConnectionState, problem: Problem | null) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Resolves when the link is open. @throws ProblemError when it was closed for good */
  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (this.state === "open") settle(resolve);
        if (this.state === "closed") settle(() => reject(new ProblemError(closedProblem(this.#problem))));
      };
      const leave = this.onState(look);
      const settle = (action: () => void): void => {
        leave();
        action();
      };
      look();
    });
  }

  /** The server's time in milliseconds, by our clock and the measured difference. */
  serverNow(): number {
    return this.#clock.now() + this.#offset.estimate();
  }

  /** How far `serverNow` may be off, in milliseconds; null before the first answer about the time. */
  clockErrorMs(): number | null {
    return this.#offset.error();
  }

  /** Milliseconds since the link last brought a word; null before the first. The server sends one every second. */
  quietMs(): number | null {
    const { heardAt } = this.#connection;
    return heardAt === null ? null : Math.max(0, this.#clock.now() - heardAt);
  }

  /** How long the last question about the time took to be answered, in milliseconds; null before the first answer. */
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  subscribe<Name extends Stream>(stream: Name, listener: ListenerOf<Name> = {}): Subscription<Name> {
    const follower = this.#streams.join(stream);
    const leave = (gone: StreamListener): void => this.#streams.leave(follower, gone);
    const subscription = new Subscription(stream, { follower, clock: this.#clock, leave });
    subscription.listen(listener);
    return subscription;
  }

  /** Keeps an instrument's book sorted and checked; `isValid` tells whether it can be relied on. */
  followBook(stream: BookStream, listener: BookListener = {}): LocalBook {
    const follower = this.#streams.join(stream);
    const leave = (gone: StreamListener): void => this.#streams.leave(follower, gone);
    const renew = (): void => this.#streams.renew(follower);
    return new LocalBook({ stream, follower, clock: this.#clock, renew, leave }, listener);
  }

  /** The first state of a stream that fulfils the condition. @throws WaitTimeout, ProblemError */
  async until<Name extends Stream>(
    stream: Name,
    condition: Condition<Name>,
    options: { readonly timeoutMs: number },
  ): Promise<StateOf<Name>> {
    const subscription = this.subscribe(stream);
    try {
      return await subscription.until(condition, options);
    } finally {
      subscription.close();
    }
  }

  /**
   * Sends a command over the socket, always under one key. Asked to wait, it waits and sends it again; without an
   * answer or a link it asks over HTTP. One definite outcome; nothing is thrown.
   */
  async command(command: PersonCommandInput, options: CommandOptions = {}): Promise<CommandOutcome> {
    const key = options.key ?? newId(this.#clock.now());
    const message = { id: key, op: "command", command, validUntil: options.validUntil };
    const patience = this.#patience(options.signal);
    while (!patience.signal.aborted) {
      const { reply, sent } = await this.#request(message, answerTimeoutMs, patience.signal);
      if (sent && reply === null) patience.doubt();
      if (reply === null) break;
      if (reply["ok"] === true) {
        const { epoch, seq, at, result } = reply as CommandReceipt;
        return { ok: true, receipt: { epoch, seq, at, result } };
      }
      const problem = reply["problem"] as Problem;
      const again = isUndecided(problem) && (await patience.rest(problem.retryAfterMs));
      if (!again) return { ok: false, problem };
    }
    return await this.#overHttp(command, { ...options, key, patience });
  }

  /** Cuts the link as a failing network would; the client comes back by itself. */
  dropLink(): void {
    this.#connection.drop();
  }

  close(): void {
    this.#connection.close();
  }

  /** `reply` is null when there was no link, none came in time, or the caller gave up. */
  async #request(message: Message & { readonly id: string }, timeoutMs: number, signal?: AbortSignal) {
    const reply = this.#desk.wait(message.id, timeoutMs, signal);
    const sent = this.#connection.send(message);
    if (!sent) this.#desk.giveUp(message.id);
    return { reply: await reply, sent };
  }

  #route(message: Message): void {
    if (message["re"] !== undefined) {
      this.#desk.deliver(message);
      this.#streams.reply(message);
    } else if (typeof message["heartbeat"] === "number") {
      this.#offset.heartbeat(message["heartbeat"], this.#clock.now());
      this.#streams.heartbeat((message["streams"] ?? {}) as Readonly<Record<string, number>>);
      if (this.#clock.now() - this.#timeAskedAt >= timeEveryMs) void this.#askTime();
    } else {
      this.#streams.frame(message);
    }
  }

  #linkUp(): void {
    this.#streams.linkUp();
    void this.#askTime();
  }

  #linkDown(): void {
    this.#desk.linkDown();
    this.#streams.linkDown();
  }

  #stateChanged(state: ConnectionState, problem: Problem | null): void {
    this.#problem = problem;
    if (state === "closed") this.#streams.endAll(closedProblem(problem));
    for (const watcher of [...this.#watchers]) watcher(state, problem);
  }

  async #askTime(): Promise<void> {
    const askedAt = this.#clock.now();
    this.#timeAskedAt = askedAt;
    const { reply } = await this.#request({ id: `t${askedAt}`, op: "time" }, timeTimeoutMs);
    const serverMs = (reply?.["result"] as { readonly now?: unknown } | undefined)?.now;
    if (typeof serverMs !== "number") return;
    const answeredAt = this.#clock.now();
    this.#offset.answer(serverMs, askedAt, answeredAt);
    this.#roundTripMs = Math.max(0, answeredAt - askedAt);
  }
}
