import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Fault, limits } from "@kontor/kernel";
import type { FromSnapshotThread, SnapshotThreadData, ToSnapshotThread } from "./snapshot-messages.ts";
import type { SnapshotOutcome, SnapshotWrite } from "./snapshot-writes.ts";

/** Writes snapshots beside the host, which must be stopped first. */
export type Snapshots = {
  /** One at a time. Rejects when the thread fails; the next call begins another. */
  readonly write: SnapshotWrite;
  readonly stop: () => Promise<void>;
};

export type StartSnapshots = {
  readonly databaseUrl: string;
  /** Told of a stored snapshot that does not fit its journal. */
  readonly onBadSnapshot: (shard: string, message: string) => void;
  readonly keyWindowMax?: number;
};

const stopWithinMs = 5_000;

/** Snapshots of the mechanisms that this installation serves, in a thread that begins with the first one. */
export function startSnapshots({ databaseUrl, onBadSnapshot, keyWindowMax }: StartSnapshots): Snapshots {
  const data: SnapshotThreadData = { databaseUrl, keyWindowMax: keyWindowMax ?? limits.keyWindowMax };
  let asked: PromiseWithResolvers<SnapshotOutcome> | null = null;
  let thread: Worker | null = null;
  let stopped = false;

  function started(): Worker {
    const worker = new Worker(new URL("./snapshot-thread.ts", import.meta.url), { workerData: data });
    worker.on("message", (message: FromSnapshotThread) => take(message));
    worker.on("error", (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => {
      if (thread === worker) thread = null;
      fail(new Fault("bus_unavailable", { part: "snapshots" }));
    });
    return worker;
  }

  function take(message: FromSnapshotThread): void {
    if (message.kind === "bad_snapshot") return onBadSnapshot(message.shard, message.message);
    if (message.kind === "failed") return fail(new Error(message.message));
    asked?.resolve(message.outcome);
    asked = null;
  }

  function fail(error: Error): void {
    asked?.reject(error);
    asked = null;
  }

  return {
    write(due) {
      if (stopped) return Promise.reject(new Fault("shutting_down", { part: "snapshots" }));
      thread ??= started();
      asked = Promise.withResolvers();
      thread.postMessage({ kind: "write", due } satisfies ToSnapshotThread);
      return asked.promise;
    },

    async stop() {
      stopped = true;
      const worker = thread;
      if (worker === null) return;
      worker.postMessage({ kind: "stop" } satisfies ToSnapshotThread);
      await once(worker, "exit", { signal: AbortSignal.timeout(stopWithinMs) }).catch(() => worker.terminate());
    },
  };
}
