import type { Problem, ProblemCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { HttpReply } from "./transport.ts";

/** The problem in an answer that is not a success; what a proxy on the way answers is put in its form. */
function problemIn(status: number, body: unknown): Problem {
  const members = typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  if (typeof members["code"] === "string" && typeof members["title"] === "string") return body as Problem;
  const { message: detail } = members;
  return { ...problemOf(codeOfStatus(status), typeof detail === "string" ? { detail } : {}), status };
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  if (status === 504) return "outcome_unknown";
  if (status >= 502) return "unavailable";
  return status >= 500 ? "internal" : "request_invalid";
}

/** The server did not decide: the same request with the same key may be sent again. Engine rejections never are such. */
export function isUndecided(problem: Problem): boolean {
  return problem.status >= 500 || problem.code === "rate_limited" || problem.code === "in_progress";
}

/** What one attempt brought. `undecided` may be tried again. */
export type AttemptResult =
  | { readonly kind: "done"; readonly status: number; readonly body: unknown; readonly headers: Headers }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "undecided"; readonly problem: Problem | null; readonly reason: string };

export function attemptOf(reply: HttpReply): AttemptResult {
  if (reply.kind === "silent") return { kind: "undecided", problem: null, reason: reply.reason };
  if (reply.status < 400) return { kind: "done", status: reply.status, body: reply.body, headers: reply.headers };
  const problem = withRetryHint(problemIn(reply.status, reply.body), reply.headers);
  if (isUndecided(problem)) return { kind: "undecided", problem, reason: problem.code };
  return { kind: "refused", problem };
}

function withRetryHint(problem: Problem, headers: Headers): Problem {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  if (problem.retryAfterMs !== undefined || Number.isNaN(seconds)) return problem;
  return { ...problem, retryAfterMs: Math.ceil(seconds * 1000) };
}
