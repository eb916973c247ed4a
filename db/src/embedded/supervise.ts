import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import type { LaunchOptions } from "./launch.ts";
import { launch, shutDown } from "./launch.ts";
import { isPostmasterOf } from "./postmaster.ts";
import type { EmbeddedEvent } from "./server.ts";

/** A server that takes connections. One that was adopted is nobody's child, so its end must be looked for. */
export type Running = { readonly child: ChildProcess | undefined; readonly pid: number; readonly port: number };

export type Watch = {
  readonly pid: () => number;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const lookEveryMs = 250;
const retryEveryMs = 1_000;

/** Keeps the server running, always at the same port, until `stop`. */
export function supervise(first: Running, options: LaunchOptions, onEvent: (event: EmbeddedEvent) => void): Watch {
  let current = first;
  let wanted: "running" | "restarting" | "stopped" = "running";
  let busy: Promise<void> = Promise.resolve();

  function watch(): void {
    const watched = current;
    void endOf(watched, options.folder.data, () => current !== watched || wanted === "stopped").then(() => {
      if (current !== watched || wanted !== "running") return;
      onEvent({ type: "server_died", pid: watched.pid });
      busy = revive().then(() => {
        if (wanted === "running") onEvent({ type: "server_restarted", pid: current.pid });
      });
    });
  }

  async function revive(): Promise<void> {
    while (wanted === "running") {
      try {
        current = await launch(options, first.port);
        watch();
        return;
      } catch (error) {
        onEvent({ type: "restart_failed", error: error as Error });
        await delay(retryEveryMs);
      }
    }
  }

  watch();
  return {
    pid: () => current.pid,
    async restart() {
      wanted = "restarting";
      await busy;
      await shutDown(options);
      wanted = "running";
      busy = revive();
      await busy;
    },
    async stop() {
      wanted = "stopped";
      await busy;
      await shutDown(options);
    },
  };
}

/** Resolves when the server is gone, or nobody waits for that any more. */
async function endOf({ child, pid }: Running, dataFolder: string, unwanted: () => boolean): Promise<void> {
  if (child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => child.once("exit", resolve));
    return;
  }
  while (!unwanted() && (await isPostmasterOf(pid, dataFolder))) await delay(lookEveryMs, undefined, { ref: false });
}
