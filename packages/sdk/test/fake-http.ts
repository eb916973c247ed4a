import type { Fetch } from "../src/http/transport.ts";

export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** One scripted answer: silence, or a status with body and headers. */
export type Scripted =
  | "silent"
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

/** Answers requests from a script, the last line for ever, and keeps what it saw. */
export class FakeHttp {
  readonly seen: Seen[] = [];
  readonly #script: Scripted[];

  constructor(...script: readonly Scripted[]) {
    this.#script = [...script];
  }

  readonly fetch: Fetch = (url, init) => {
    const { pathname, search } = new URL(url);
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    const headers = init.headers as Record<string, string>;
    this.seen.push({ method: init.method ?? "GET", path: pathname + search, headers, body });
    const next = this.#script.length > 1 ? this.#script.shift() : this.#script[0];
    if (next === undefined || next === "silent") return Promise.reject(new TypeError("fetch failed"));
    const text = next.body === undefined ? null : JSON.stringify(next.body);
    return Promise.resolve(new Response(text, { status: next.status, headers: next.headers ?? {} }));
  };
}
