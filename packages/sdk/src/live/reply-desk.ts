import type { ClientClock } from "../clock.ts";

type Reply = Readonly<Record<string, unknown>>;
type Waiting = { readonly take: (reply: Reply | null) => void };

/** Requests that wait for their answer on the present link. */
export class ReplyDesk {
  readonly #clock: ClientClock;
  readonly #waiting = new Map<string, Set<Waiting>>();

  constructor(clock: ClientClock) {
    this.#clock = clock;
  }

  /** The reply to request `id`; null when the link went down, `timeoutMs` passed, or the signal was aborted. */
  wait(id: string, timeoutMs: number, signal?: AbortSignal): Promise<Reply | null> {
    return new Promise((resolve) => {
      const giveUp = (): void => waiting.take(null);
      const stopTimer = this.#clock.after(timeoutMs, giveUp);
      signal?.addEventListener("abort", giveUp);
      const waiting: Waiting = {
        take: (reply) => {
          stopTimer();
          signal?.removeEventListener("abort", giveUp);
          this.#forget(id, waiting);
          resolve(reply);
        },
      };
      const others = this.#waiting.get(id);
      if (others === undefined) this.#waiting.set(id, new Set([waiting]));
      else others.add(waiting);
    });
  }

  /** Hands a reply to all who asked under its id: the same key twice has the same answer. */
  deliver(reply: Reply): void {
    for (const waiting of [...(this.#waiting.get(String(reply["re"])) ?? [])]) waiting.take(reply);
  }

  /** The request was never sent. */
  giveUp(id: string): void {
    for (const waiting of [...(this.#waiting.get(id) ?? [])]) waiting.take(null);
  }

  linkDown(): void {
    for (const waiting of [...this.#waiting.values()].flatMap((set) => [...set])) waiting.take(null);
  }

  #forget(id: string, waiting: Waiting): void {
    const set = this.#waiting.get(id);
    set?.delete(waiting);
    if (set?.size === 0) this.#waiting.delete(id);
  }
}
