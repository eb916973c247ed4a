import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { CatalogPage } from "@kontor/catalog";
import { Fault } from "@kontor/kernel";
import type { FromThread, SearchAsk, ThreadData, ToThread } from "./search-messages.ts";

/** Finds products as one buyer may see them and at his prices. An operator's own search server would be another of these. */
export type CatalogueSearch = {
  /** Null where there is no such marketplace. @throws Fault overloaded when too many wait, else the search's error */
  readonly find: (ask: SearchAsk) => Promise<CatalogPage | null>;
  readonly stop: () => Promise<void>;
};

export type StartSearch = ThreadData & { readonly onTrouble: (error: Error) => void };

const waitingMax = 500;
const stopWithinMs = 5_000;

/** The search of this process: indexes in memory, in a thread that begins anew when it fails. */
export function startSearch({ onTrouble, ...data }: StartSearch): CatalogueSearch {
  const waiting = new Map<number, PromiseWithResolvers<CatalogPage | null>>();
  let lastId = 0;
  let thread: Worker | null = null;
  let stopped = false;

  function started(): Worker {
    const worker = new Worker(new URL("./search-thread.ts", import.meta.url), {
      workerData: data satisfies ThreadData,
    });
    worker.on("message", (message: FromThread) => take(message));
    worker.on("error", (error) => onTrouble(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => {
      if (thread === worker) thread = null;
      failAll(new Fault("bus_unavailable", { part: "search" }));
    });
    return worker;
  }

  function take(message: FromThread): void {
    if (message.kind === "trouble") return onTrouble(new Error(message.message));
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === "page") asked?.resolve(message.page);
    else asked?.reject(new Error(message.message));
  }

  function failAll(error: Error): void {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  return {
    find(ask) {
      if (stopped) return Promise.reject(new Fault("shutting_down", {}));
      if (waiting.size >= waitingMax) return Promise.reject(new Fault("overloaded", { part: "search" }));
      thread ??= started();
      lastId += 1;
      const asked = Promise.withResolvers<CatalogPage | null>();
      waiting.set(lastId, asked);
      thread.postMessage({ kind: "ask", id: lastId, ask } satisfies ToThread);
      return asked.promise;
    },

    async stop() {
      stopped = true;
      const worker = thread;
      if (worker === null) return;
      worker.postMessage({ kind: "stop" } satisfies ToThread);
      await once(worker, "exit", { signal: AbortSignal.timeout(stopWithinMs) }).catch(() => worker.terminate());
    },
  };
}
