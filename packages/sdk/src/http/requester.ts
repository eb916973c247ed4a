import type { Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { RetryPolicy } from "../backoff.ts";
import { backoffMs } from "../backoff.ts";
import type { ClientClock } from "../clock.ts";
import { pause } from "../clock.ts";
import { newId } from "../ids.ts";
import type { Result } from "../result.ts";
import type { AttemptResult } from "./problem-answers.ts";
import { attemptOf } from "./problem-answers.ts";
import type { HttpRequest, Query, Transport } from "./transport.ts";

export type { Query } from "./transport.ts";

export type RequesterOptions = {
  readonly transport: Transport;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly retry: RetryPolicy;
  /** Signs in with the credentials that the client was given; absent when it has none. */
  readonly signIn?: (() => Promise<Result<unknown>>) | undefined;
};

type AskOptions = {
  /** Reads and requests with a key may be sent again when nobody answered. */
  readonly repeatable: boolean;
  /** Attempts end here at the latest, in the client's own milliseconds. */
  readonly until?: number | undefined;
};

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** Sends requests until somebody decides about them: signs in when needed, repeats what may be repeated. Never throws. */
export class Requester {
  readonly #options: RequesterOptions;
  #session: Promise<Result<unknown>> | null = null;

  constructor(options: RequesterOptions) {
    this.#options = options;
  }

  async ask(request: HttpRequest, { repeatable, until }: AskOptions): Promise<Result<Answer>> {
    const { clock, retry, random } = this.#options;
    const deadline = Math.min(clock.now() + retry.deadlineMs, until ?? Number.POSITIVE_INFINITY);
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(request);
      if (result.kind === "done") return { ok: true, value: result };
      if (result.kind === "refused") return { ok: false, problem: result.problem };
      const waitMs = Math.max(backoffMs(retry, attempt, random), result.problem?.retryAfterMs ?? 0);
      const last = attempt >= retry.attemptsMax || clock.now() + waitMs > deadline;
      if (last || !mayRepeat(result.problem, repeatable)) return { ok: false, problem: unanswered(request, result) };
      await pause(clock, waitMs);
    }
  }

  /** Makes sure that there is a session before a socket is opened. */
  async signedIn(): Promise<Result<unknown>> {
    const { signIn } = this.#options;
    if (signIn === undefined) return { ok: true, value: undefined };
    this.#session ??= signIn();
    const result = await this.#session;
    if (!result.ok) this.#session = null;
    return result;
  }

  /** The next request signs in again. */
  forgetSession(): void {
    this.#session = null;
  }

  async #attempt(request: HttpRequest): Promise<AttemptResult> {
    const session = this.#options.signIn === undefined ? null : await this.signedIn();
    if (session?.ok === false) {
      const { problem } = session;
      return problem.status >= 500
        ? { kind: "undecided", problem, reason: problem.code }
        : { kind: "refused", problem };
    }
    const result = attemptOf(await this.#options.transport.send(request));
    const ended = session !== null && result.kind === "refused" && result.problem.code === "unauthenticated";
    if (!ended) return result;
    this.forgetSession();
    const renewed = await this.signedIn();
    return renewed.ok ? attemptOf(await this.#options.transport.send(request)) : result;
  }
}

/** Reads one document. */
export async function readPath<Value>(requester: Requester, path: string, query: Query = {}): Promise<Result<Value>> {
  return valueIn(await requester.ask({ method: "GET", path, query }, { repeatable: true }));
}

/** Sends a mutation under a key, so that it may be asked about again: it is done once whatever gets lost. */
export async function mutate<Value>(
  requester: Requester,
  request: HttpRequest,
  key: string = newId(),
): Promise<Result<Value>> {
  const headers = { ...request.headers, "idempotency-key": key };
  return valueIn(await requester.ask({ ...request, headers }, { repeatable: true }));
}

/** The body of an answer as what the interface says it is. */
export function valueIn<Value>(answer: Result<Answer>): Result<Value> {
  return answer.ok ? { ok: true, value: answer.value.body as Value } : answer;
}

/** A refusal for rate is certain not to have had an effect, so anything may be sent again after it. */
function mayRepeat(problem: Problem | null, repeatable: boolean): boolean {
  return repeatable || problem?.code === "rate_limited";
}

function unanswered(request: HttpRequest, result: AttemptResult & { kind: "undecided" }): Problem {
  if (result.problem !== null) return result.problem;
  const code = request.method === "GET" ? "unavailable" : "outcome_unknown";
  return problemOf(code, { detail: `No answer from the server: ${result.reason}.` });
}
