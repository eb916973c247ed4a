import { setTimeout as pause } from "node:timers/promises";
import type { Problem } from "@kontor/protocol";
import { newId, ProblemError } from "@kontor/sdk";
import { isDefinite } from "./desk.ts";

type Answer = { readonly status: number; readonly body: unknown };

const attemptTimeoutMs = 10_000;
/** Longer than a shaken server stays away: it may be killed again and again before it has answered. */
const again = { afterMs: 50, withinMs: 240_000 } as const;

/**
 * Does what is about the books, over plain HTTP, and asks again until somebody answers, under a new key each time: what a
 * body names by its own id happens once, and its state is told anew.
 */
export class Clerk {
  readonly #url: string;
  readonly #headers: () => Readonly<Record<string, string>>;
  readonly #signal: AbortSignal | undefined;

  /** @param signal aborted, nothing is asked any more: who waits is told its reason */
  constructor(url: string, headers: () => Readonly<Record<string, string>>, signal?: AbortSignal) {
    this.#url = url;
    this.#headers = headers;
    this.#signal = signal;
  }

  /** @throws ProblemError when it is refused; of `post` too */
  async get<Body>(path: string): Promise<Body> {
    return accepted<Body>(await this.#answered("GET", path));
  }

  async post<Body>(path: string, body?: object): Promise<Body> {
    return accepted<Body>(await this.#answered("POST", path, body));
  }

  async #answered(method: string, path: string, body?: object): Promise<Answer> {
    const deadline = performance.now() + again.withinMs;
    for (;;) {
      this.#signal?.throwIfAborted();
      const answer = await this.#once(method, path, body);
      if (answer !== null && (answer.status < 300 || isDefinite(answer.body as Problem))) return answer;
      if (performance.now() > deadline) throw new Error(`nobody answers ${method} ${path}: ${JSON.stringify(answer)}`);
      await pause(again.afterMs);
    }
  }

  async #once(method: string, path: string, body?: object): Promise<Answer | null> {
    const headers: Record<string, string> = { ...this.#headers() };
    if (method !== "GET") headers["idempotency-key"] = newId();
    if (body !== undefined) headers["content-type"] = "application/json";
    const signal = AbortSignal.timeout(attemptTimeoutMs);
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      const response = await fetch(`${this.#url}${path}`, { method, headers, signal, ...text });
      return { status: response.status, body: await response.json() };
    } catch {
      return null;
    }
  }
}

function accepted<Body>({ status, body }: Answer): Body {
  if (status >= 300) throw new ProblemError(body as Problem);
  return body as Body;
}
