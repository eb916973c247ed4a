import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Fault } from "@kontor/kernel";
import { Refusal } from "../refusal.ts";
import type { FoundPage, FoundSuppliers } from "./marketplace-index.ts";
import type { SearchFigures } from "./search-figures.ts";
import type { Found, FromThread, SearchAsk, SuppliersAsk, ThreadData, ToThread } from "./search-messages.ts";

/** Finds products as one buyer may see them and at his prices. An operator's own search server would be another of these. */
export type CatalogueSearch = {
  /**
   * Null where there is no such marketplace.
   *
   * @throws Refusal `search_warming` while a large marketplace is being made ready
   * @throws Fault `overloaded` when too many wait, else the search's error
   */
  readonly find: (ask: SearchAsk) => Promise<FoundPage | null>;
  readonly findSuppliers: (ask: SuppliersAsk) => Promise<FoundSuppliers | null>;
  /** What it told of itself last; null where it has not. */
  readonly figures: () => SearchFigures | null;
  readonly stop: () => Promise<void>;
};

export type StartSearch = Pick<ThreadData, "databaseUrl" | "pollMs"> &
  Partial<ThreadData> & { readonly onTrouble: (error: Error) => void };

const waitingMax = 500;
const stopWithinMs = 5_000;
/** When a caller who found the search not ready should ask again. */
const warmingRetryMs = 5_000;
const unsaid = { warmMax: 50, patienceMs: 2_000 };

type Question = Exclude<ToThread, { kind: "stop" }>;

/** A thread that says nothing any more is behind by as much. */
const silentMicros = (toldAt: number): number => Math.round((performance.now() - toldAt) * 1_000);

/**
 * The search of this process: indexes in memory, in a thread that begins at once, or with the first question where nothing
 * is made ready before, and anew when it fails.
 */
export function startSearch({ onTrouble, ...given }: StartSearch): CatalogueSearch {
  const data: ThreadData = { ...unsaid, ...given };
  const waiting = new Map<number, PromiseWithResolvers<Found>>();
  let lastId = 0;
  let thread: Worker | null = data.warmMax > 0 ? started() : null;
  let told: { readonly figures: SearchFigures; readonly at: number } | null = null;
  let stopped = false;

  function started(): Worker {
    const worker = new Worker(new URL("./search-thread.ts", import.meta.url), {
      workerData: data,
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
    if (message.kind === "figures") {
      told = { figures: message.figures, at: performance.now() };
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === "page") asked?.resolve(message.page);
    else if (message.kind === "warming") asked?.reject(new Refusal("search_warming", { retryAfterMs: warmingRetryMs }));
    else asked?.reject(new Error(message.message));
  }

  function failAll(error: Error): void {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function ask(question: (id: number) => Question): Promise<Found> {
    if (stopped) return Promise.reject(new Fault("shutting_down", {}));
    if (waiting.size >= waitingMax) return Promise.reject(new Fault("overloaded", { part: "search" }));
    thread ??= started();
    lastId += 1;
    const asked = Promise.withResolvers<Found>();
    waiting.set(lastId, asked);
    thread.postMessage(question(lastId));
    return asked.promise;
  }

  return {
    find: (asked) => ask((id) => ({ kind: "ask", id, ask: asked })) as Promise<FoundPage | null>,
    findSuppliers: (asked) =>
      ask((id) => ({ kind: "ask_suppliers", id, ask: asked })) as Promise<FoundSuppliers | null>,
    figures: () => told && { ...told.figures, lagMicros: told.figures.lagMicros + silentMicros(told.at) },

    async stop() {
      stopped = true;
      const worker = thread;
      if (worker === null) return;
      worker.postMessage({ kind: "stop" } satisfies ToThread);
      await once(worker, "exit", { signal: AbortSignal.timeout(stopWithinMs) }).catch(() => worker.terminate());
    },
  };
}
