import type { ClientClock } from "../clock.ts";
import { CookieJar } from "./cookie-jar.ts";

type QueryValue = string | number | boolean;
/** A list repeats its name; undefined leaves it out. */
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;

export type HttpRequest = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** From the root, e.g. `/v1/me`; may hold a query of its own. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** Sent as they are, in place of a body. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One attempt: an answer of whatever status, or silence (no connection, cut off, timed out). */
export type HttpReply =
  | { readonly kind: "answered"; readonly status: number; readonly body: unknown; readonly headers: Headers }
  | { readonly kind: "silent"; readonly reason: string };

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type TransportOptions = {
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly clock: ClientClock;
  readonly apiKey?: string | undefined;
  /** The company to act for, or `none` for staff. */
  readonly company?: string | undefined;
  readonly attemptTimeoutMs: number;
};

/** Sends single requests to one server with the caller's API key or cookies. Never throws. */
export class Transport {
  readonly jar = new CookieJar();
  readonly #options: TransportOptions;
  readonly #origin: string;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#origin = new URL(options.baseUrl).origin;
  }

  /** What identifies the caller; a socket's handshake carries the same. Browsers add their own cookies and origin. */
  identity(): Record<string, string> {
    const { apiKey } = this.#options;
    if (apiKey !== undefined) return { "x-api-key": apiKey };
    const cookie = this.jar.header();
    return cookie === null ? {} : { cookie, origin: this.#origin };
  }

  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpReply> {
    const { clock, fetch, attemptTimeoutMs } = this.#options;
    const abort = new AbortController();
    const cut = (): void => abort.abort();
    const stopTimer = clock.after(attemptTimeoutMs, cut);
    signal?.addEventListener("abort", cut);
    try {
      const response = await fetch(this.#url(request), {
        method: request.method,
        credentials: "include",
        signal: abort.signal,
        ...this.#content(request),
      });
      this.jar.store(response.headers.getSetCookie(), clock.now());
      const text = await response.text();
      return { kind: "answered", status: response.status, body: parsed(text), headers: response.headers };
    } catch (error) {
      return { kind: "silent", reason: abort.signal.aborted ? lateness(signal) : reasonOf(error) };
    } finally {
      stopTimer();
      signal?.removeEventListener("abort", cut);
    }
  }

  #url(request: HttpRequest): string {
    const url = new URL(request.path, this.#options.baseUrl);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      for (const one of value === undefined ? [] : [value].flat()) url.searchParams.append(name, String(one));
    }
    return url.href;
  }

  #content(request: HttpRequest): { headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } {
    const { company } = this.#options;
    const acting = company === undefined ? {} : { "kontor-company": company };
    const headers = {
      accept: "application/json",
      origin: this.#origin,
      ...this.identity(),
      ...acting,
      ...request.headers,
    };
    if (request.bytes !== undefined) {
      return {
        headers: { ...headers, "content-type": "application/octet-stream" },
        body: new Uint8Array(request.bytes),
      };
    }
    if (request.body === undefined) return { headers };
    return { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(request.body) };
  }
}

/** JSON where it is JSON; a proxy's error page stays text. */
function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function lateness(signal: AbortSignal | undefined): string {
  return signal?.aborted === true ? "given up by the caller" : "no answer in time";
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
