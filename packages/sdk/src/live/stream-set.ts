import type { JsonObject } from "@kontor/kernel";
import type { Problem } from "@kontor/protocol";
import type { ClientClock } from "../clock.ts";
import { isUndecided } from "../http/problem-answers.ts";
import type { StreamListener } from "./stream-follower.ts";
import { endedProblem, StreamFollower } from "./stream-follower.ts";
import type { EventFrame, SnapshotFrame } from "./stream-state.ts";

export type Message = Readonly<Record<string, unknown>>;

/** All streams that somebody listens to, across links: asks for them anew on each, and wherever something is missing. */
export class StreamSet {
  readonly #clock: ClientClock;
  readonly #send: (message: JsonObject) => boolean;
  readonly #followers = new Map<string, StreamFollower>();
  /** Subscribe requests of the present link that have no answer yet. */
  readonly #requests = new Map<string, StreamFollower>();
  #requestNumber = 0;

  constructor(clock: ClientClock, send: (message: JsonObject) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The follower of a stream; a stream that ended begins anew. */
  join(stream: string): StreamFollower {
    const known = this.#followers.get(stream);
    if (known !== undefined && known.ended === null) return known;
    const follower = new StreamFollower(stream);
    this.#followers.set(stream, follower);
    this.#ask(follower);
    return follower;
  }

  /** The last listener to leave ends the subscription. */
  leave(follower: StreamFollower, listener: StreamListener): void {
    follower.listeners.delete(listener);
    if (follower.listeners.size > 0 || this.#followers.get(follower.stream) !== follower) return;
    this.#followers.delete(follower.stream);
    if (follower.ended === null) this.#send({ id: this.#nextId(), op: "unsubscribe", stream: follower.stream });
  }

  /** What the follower holds is wrong: it is to get all of it again. */
  renew(follower: StreamFollower): void {
    if (this.#followers.get(follower.stream) !== follower) return;
    follower.discard();
    this.#ask(follower);
  }

  linkUp(): void {
    for (const follower of this.#followers.values()) if (follower.ended === null) this.#ask(follower);
  }

  linkDown(): void {
    this.#requests.clear();
    for (const follower of this.#followers.values()) follower.disconnect();
  }

  endAll(problem: Problem): void {
    for (const follower of this.#followers.values()) follower.end(problem);
  }

  /** The answer to a subscribe request. A refusal that may pass is asked again; another ends the stream. */
  reply(message: Message): void {
    const id = String(message["re"]);
    const follower = this.#requests.get(id);
    this.#requests.delete(id);
    if (follower === undefined || message["ok"] !== false) return;
    const problem = message["problem"] as Problem;
    if (!isUndecided(problem)) this.#end(follower, problem);
  }

  /** A message about one stream. */
  frame(message: Message): void {
    const follower = this.#followers.get(String(message["stream"]));
    if (follower === undefined) return;
    if (typeof message["ended"] === "string") this.#end(follower, endedProblem(message["ended"]));
    else if (message["snapshot"] !== undefined) follower.snapshot(message as SnapshotFrame);
    else if (follower.event(message as EventFrame, this.#clock.now())) this.#ask(follower);
  }

  heartbeat(seqs: Readonly<Record<string, number>>): void {
    const now = this.#clock.now();
    for (const follower of this.#followers.values()) {
      if (follower.heartbeat(seqs[follower.stream], now)) this.#ask(follower);
    }
  }

  #end(follower: StreamFollower, problem: Problem): void {
    this.#followers.delete(follower.stream);
    follower.end(problem);
  }

  #ask(follower: StreamFollower): void {
    const request = follower.request(this.#nextId(), this.#clock.now());
    if (this.#send(request)) this.#requests.set(String(request["id"]), follower);
    else follower.disconnect();
  }

  #nextId(): string {
    return `s${++this.#requestNumber}`;
  }
}
