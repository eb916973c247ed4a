import { sha256Hex } from "@kontor/kernel";
import type { Kontor, Result } from "@kontor/sdk";
import { createKontor, requireValue } from "@kontor/sdk";

export type ClientOptions = { readonly url: string; readonly signal: AbortSignal };

type Credentials = { readonly email: string; readonly password: string };

/** What has its id from the key under which it is made. */
const makesArticles = /\/(products|offers|files)$/;

/**
 * A client whose requests that make a product, an offer or a file have keys made of what they ask: done again after a
 * start that was cut off, they find what is there.
 */
export function repeatableClient({ url, signal }: ClientOptions, credentials?: Credentials): Kontor {
  return createKontor({
    baseUrl: url,
    ...(credentials === undefined ? {} : { credentials }),
    signal,
    fetch: (address, init) => {
      const headers = { ...(init.headers as Record<string, string>) };
      if (headers["idempotency-key"] !== undefined && makesArticles.test(new URL(address).pathname)) {
        const asked = [init.method, new URL(address).pathname, init.body].map(String);
        headers["idempotency-key"] = `demo-${sha256Hex(asked.join("\n")).slice(0, 40)}`;
      }
      return fetch(address, { ...init, headers });
    },
  });
}

/** Codes of what an earlier start did already. */
const doneAlready: ReadonlySet<string> = new Set([
  "precondition_failed",
  "offer_state_wrong",
  "offer_exists",
  "conflict",
]);

/** Undefined where it was done already. @throws ProblemError */
export function valueUnlessDone<Value>(result: Result<Value>): Value | undefined {
  if (!result.ok && doneAlready.has(result.problem.code)) return undefined;
  return requireValue(result);
}

/** At most so many at a time, in order; the first failure ends it. @throws ProblemError */
export async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lanes = Array.from({ length: lanesMax }, async () => {
    for (const item of rest) await work(item);
  });
  await Promise.all(lanes);
}

/** What seeding has under way at once: enough to keep the database busy, and a pool's connection is left for others. */
const lanesMax = 8;
