import type { Log } from "./create-worker.ts";

/** Work that is done again and again; a failure is logged, and it is tried again after the usual time. */
export type Job = { readonly name: string; readonly everyMs: number; readonly run: () => Promise<unknown> };

/** Does in the background what nobody waits for. Several may run: each piece of work is done once. */
export type BackgroundJobs = {
  readonly start: () => void;
  /** Resolves when the work under way is done. */
  readonly stop: () => Promise<void>;
};

/** Each job by itself, so that none waits for another. `failed` is the sentence that a failure is logged with. */
export function createBackgroundJobs(
  jobs: readonly Job[],
  { log, failed }: { readonly log: Log; readonly failed: string },
): BackgroundJobs {
  const stopping = new AbortController();
  let running: Promise<unknown> | undefined;

  async function repeat({ name, everyMs, run }: Job): Promise<void> {
    while (!stopping.signal.aborted) {
      await run().catch((error: unknown) => log.error({ err: error, job: name }, failed));
      await pause(everyMs, stopping.signal);
    }
  }

  return {
    start() {
      running ??= Promise.all(jobs.map(repeat));
    },

    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
