import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";

const startWithinMs = 30_000;

/** A bare server in a process of its own; it ends with this one. */
export class PeerProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** Starts a script that takes one order and answers with its address. */
  static async start<Order extends object>(script: URL, order: Order): Promise<PeerProcess> {
    const child = fork(script, [], { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.send(order);
    const [{ url }] = (await once(child, "message", { signal: AbortSignal.timeout(startWithinMs) })) as [
      { url: string },
    ];
    return new PeerProcess(child, url);
  }

  tell(message: object): void {
    this.#child.send(message);
  }

  /** Of a script that answers messages, one at a time. */
  async ask<Answer extends object>(message: object): Promise<Answer> {
    const answer = once(this.#child, "message", { signal: AbortSignal.timeout(startWithinMs) });
    this.#child.send(message);
    return ((await answer) as [Answer])[0];
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }
}
