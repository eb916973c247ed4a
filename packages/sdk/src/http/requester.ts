import type { Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { newId } from "../ids.ts";
import type { Patience } from "../patience.ts";
import type { Result } from "../result.ts";
import type { AttemptResult } from "./problem-answers.ts";
import { attemptOf } from "./problem-answers.ts";
import type { HttpRequest, Query, Transport } from "./transport.ts";

export type { Query } from "./transport.ts";

export type RequesterOptions = {
  readonly transport: Transport;
  /** A new request's. */
  readonly patience: () => Patience;
  /** Signs in with the credentials that the client was given; absent when it has none. */
  readonly signIn?: (() => Promise<Result<unknown>>) | undefined;
};

type AskOptions = {
  /** Reads and requests with a key may be sent again when nobody answered. */
  readonly repeatable: boolean;
  /** Of a request that was tried in another way already, or that the caller may give up. */
  readonly patience?: Patience;
};

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** Sends requests until somebody decides about them: signs in when needed, repeats what may be repeated. Never throws. */
export class Requester {
  readonly #options: RequesterOptions;
  #session: Promise<Result<unknown>> | null = null;

  constructor(options: RequesterOptions) {
    this.#options = options;
  }

  async ask(request: HttpRequest, options: AskOptions): Promise<Result<Answer>> {
    const { repeatable, patience = this.#options.patience() } = options;
    if (patience.signal.aborted) return { ok: false, problem: givenUp(patience) };
    for (;;) {
      const result = await this.#attempt(request, patience.signal);
      if (result.kind === "done") return { ok: true, value: result };
      if (result.kind === "refused") return { ok: false, problem: result.problem };
      const { problem } = result;
      if (problem === null && request.method !== "GET") patience.doubt();
      const again = mayRepeat(problem, repeatable) && (await patience.rest(problem?.retryAfterMs));
      if (!again) return { ok: false, problem: unanswered(request, result, patience) };
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

  async #attempt(request: HttpRequest, signal: AbortSignal): Promise<AttemptResult> {
    const session = this.#options.signIn === undefined ? null : await this.signedIn();
    if (session?.ok === false) {
      const { problem } = session;
      return problem.status >= 500
        ? { kind: "undecided", problem, reason: problem.code }
        : { kind: "refused", problem };
    }
    const result = attemptOf(await this.#options.transport.send(request, signal));
    const ended = session !== null && result.kind === "refused" && result.problem.code === "unauthenticated";
    if (!ended) return result;
    this.forgetSession();
    const renewed = await this.signedIn();
    return renewed.ok ? attemptOf(await this.#options.transport.send(request, signal)) : result;
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
function valueIn<Value>(answer: Result<Answer>): Result<Value> {
  return answer.ok ? { ok: true, value: answer.value.body as Value } : answer;
}

/** A refusal for rate is certain not to have had an effect, so anything may be sent again after it. */
function mayRepeat(problem: Problem | null, repeatable: boolean): boolean {
  return repeatable || problem?.code === "rate_limited";
}

/** Never "not executed" when an earlier attempt, over whichever way, may have been. */
function unanswered(
  { method }: HttpRequest,
  { problem, reason }: AttemptResult & { kind: "undecided" },
  { inDoubt }: Patience,
): Problem {
  if (problem !== null && !inDoubt) return problem;
  return problemOf(method === "GET" ? "unavailable" : "outcome_unknown", {
    detail: `No answer from the server: ${reason}.`,
    ...(problem?.retryAfterMs === undefined ? {} : { retryAfterMs: problem.retryAfterMs }),
  });
}

/** The caller gave up before anything was sent this way. */
function givenUp({ inDoubt }: Patience): Problem {
  return problemOf(inDoubt ? "outcome_unknown" : "unavailable", { detail: "Given up by the caller." });
}
