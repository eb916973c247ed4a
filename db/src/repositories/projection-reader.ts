import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../connect.ts";
import { createProjectionStore } from "./projection-store.ts";

/** Tells readers whether the read models hold what they have just written. */
export type ProjectionReader = {
  /** Waits until the entry `seq` of the shard is in the read models; false when that takes longer than `timeoutMs`. */
  readonly caughtUpWith: (shard: string, seq: number, options: { readonly timeoutMs: number }) => Promise<boolean>;
};

const lookEveryMs = 10;

/** For processes that do not run the worker: it looks into the database until the position is there. */
export function createProjectionReader(db: Database): ProjectionReader {
  const store = createProjectionStore(db);
  return {
    async caughtUpWith(shard, seq, { timeoutMs }) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const lag = await store.lagOf(shard);
        if (lag !== undefined && lag.position >= seq) return true;
        if (performance.now() >= deadline) return false;
        await sleep(lookEveryMs);
      }
    },
  };
}
