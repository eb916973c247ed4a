import type { Problem } from "@kontor/protocol";
import type { ClientClock } from "../clock.ts";
import { ProblemError } from "../result.ts";
import type { StreamChange, StreamFollower, StreamListener } from "./stream-follower.ts";
import type { OwnOf, Stream, ViewOf } from "./stream-types.ts";

/** Typed by the stream's name; see `StreamListener`. */
export type ListenerOf<Name extends Stream> = {
  readonly onChange?: (view: ViewOf<Name>, own: OwnOf<Name>, change: StreamChange) => void;
  readonly onNotice?: StreamListener["onNotice"];
  readonly onEnd?: (problem: Problem) => void;
};

export type StateOf<Name extends Stream> = { readonly view: ViewOf<Name>; readonly own: OwnOf<Name> };
export type Condition<Name extends Stream> = (view: ViewOf<Name>, own: OwnOf<Name>) => boolean;

/** Thrown by `until` when the condition did not come true in time. */
export class WaitTimeout extends Error {
  override readonly name = "WaitTimeout";
  /** The last state seen, undefined when none came. */
  readonly last: unknown;

  constructor(message: string, last: unknown) {
    super(message);
    this.last = last;
  }
}

/** One caller's interest in a stream. Iterating gives the newest state after each change; a slow loop skips states. */
export class Subscription<Name extends Stream> implements AsyncIterable<StateOf<Name>> {
  readonly stream: Name;
  readonly #follower: StreamFollower;
  readonly #clock: ClientClock;
  readonly #leave: (listener: StreamListener) => void;
  readonly #listeners = new Set<StreamListener>();

  constructor(
    stream: Name,
    options: {
      readonly follower: StreamFollower;
      readonly clock: ClientClock;
      readonly leave: (listener: StreamListener) => void;
    },
  ) {
    this.stream = stream;
    this.#follower = options.follower;
    this.#clock = options.clock;
    this.#leave = options.leave;
  }

  /** The present state; null until the first snapshot. */
  get state(): StateOf<Name> | null {
    const { state } = this.#follower;
    return state === null ? null : ({ view: state.view, own: state.own } as unknown as StateOf<Name>);
  }

  listen(listener: ListenerOf<Name>): void {
    const untyped = listener as unknown as StreamListener;
    this.#listeners.add(untyped);
    this.#follower.listeners.add(untyped);
  }

  close(): void {
    for (const listener of this.#listeners) this.#leave(listener);
    this.#listeners.clear();
  }

  /**
   * The first state that fulfils the condition, the present one included.
   * @throws WaitTimeout after `timeoutMs`; ProblemError when the stream ends before
   */
  until(condition: Condition<Name>, { timeoutMs }: { readonly timeoutMs: number }): Promise<StateOf<Name>> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        stopTimer();
        this.#listeners.delete(listener as unknown as StreamListener);
        this.#follower.listeners.delete(listener as unknown as StreamListener);
        action();
      };
      const look = (): void => {
        const { state } = this;
        if (state !== null && condition(state.view, state.own)) settle(() => resolve(state));
      };
      const timedOut = (): void =>
        settle(() => reject(new WaitTimeout(`${this.stream}: not so within ${timeoutMs} ms`, this.state)));
      const stopTimer = this.#clock.after(timeoutMs, timedOut);
      const listener: ListenerOf<Name> = {
        onChange: look,
        onEnd: (problem) => settle(() => reject(new ProblemError(problem))),
      };
      this.listen(listener);
      const { ended } = this.#follower;
      if (ended === null) look();
      else settle(() => reject(new ProblemError(ended)));
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StateOf<Name>> {
    let wake: () => void = () => {};
    let fresh = this.state !== null;
    const news = (): void => {
      fresh = true;
      wake();
    };
    const listener: ListenerOf<Name> = { onChange: news, onEnd: () => wake() };
    this.listen(listener);
    try {
      while (this.#follower.ended === null) {
        const { state } = this;
        if (fresh && state !== null) {
          fresh = false;
          yield state;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#listeners.delete(listener as unknown as StreamListener);
      this.#follower.listeners.delete(listener as unknown as StreamListener);
    }
  }
}
