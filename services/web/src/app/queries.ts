import { ProblemError } from "@kontor/sdk";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { SessionExpiry } from "./session-expiry.ts";

/** How long something read is taken for fresh; streams, not reading again, keep live things live. */
const freshMs = 10_000;

/** The cache of everything read. The SDK repeats what may be repeated, so nothing is tried again here. */
export function createQueries(expiry: SessionExpiry): QueryClient {
  const onError = (error: Error): void => {
    if (error instanceof ProblemError && error.problem.code === "unauthenticated") expiry.tell(true);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: false, staleTime: freshMs }, mutations: { retry: false } },
  });
}
