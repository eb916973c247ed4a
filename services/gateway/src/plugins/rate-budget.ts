import type { Clock } from "@kontor/kernel";
import { BoundedCache } from "../bounded-cache.ts";

/** So many requests per window. */
export type Budget = { readonly max: number; readonly windowMs: number };

/** What one request left of its budget. */
export type Spending = {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the window ends and the budget is whole again. */
  readonly resetMs: number;
};

/** Counts requests by key. One process counts in memory; several may share a store behind this. */
export type RateStore = {
  /** `weight`: how many requests it is worth, 1 when left out. */
  readonly spend: (key: string, budget: Budget, weight?: number) => Spending | Promise<Spending>;
};

const keysMax = 100_000;
const windowMsMax = 60_000;

/** Fixed windows that begin with a key's first request. */
export function createMemoryRateStore(clock: Clock): RateStore {
  const nowMs = (): number => Math.floor(clock.now() / 1000);
  const windows = new BoundedCache<{ count: number; readonly endsAt: number }>({
    entriesMax: keysMax,
    ttlMs: windowMsMax,
    nowMs,
  });
  return {
    spend(key, { max, windowMs }, weight = 1) {
      const now = nowMs();
      const open = windows.get(key);
      const window = open !== undefined && open.endsAt > now ? open : { count: 0, endsAt: now + windowMs };
      if (window !== open) windows.set(key, window);
      window.count += weight;
      return { allowed: window.count <= max, remaining: Math.max(0, max - window.count), resetMs: window.endsAt - now };
    },
  };
}
