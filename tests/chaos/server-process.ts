import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { postmasterOf } from "./postmaster.ts";
import type { FromServer, ServerOrder, ToServer } from "./server-messages.ts";

type Ready = Extract<FromServer, { type: "ready" }>;
type Cpu = Extract<FromServer, { type: "cpu" }>;
type Memory = Extract<FromServer, { type: "memory" }>;

export type ServerProcessOptions = Pick<ServerOrder, "host" | "liveLimits"> & {
  /** Options of Node itself, e.g. `--expose-gc`. */
  readonly nodeOptions?: readonly string[];
  /** Keeps a process ready that has loaded its code, so that a restart after a kill takes less time. */
  readonly spare?: boolean;
};

const startWithinMs = 90_000;
const stopWithinMs = 30_000;
/** Lines of the log. */
const wordsKept = 15;

/** One installation in a process of its own, with its own data folder and always the same port. */
export class ServerProcess {
  readonly folder: string;
  readonly port: number;
  readonly #options: ServerProcessOptions;
  readonly #listeners = new Set<(message: FromServer) => void>();
  #child: ChildProcess | null = null;
  #spare: ChildProcess | null = null;
  #ready: Ready | null = null;
  /** The process is about to be ended by us. */
  #endWanted = false;
  #ended: Promise<void> = Promise.resolve();
  #whenLost: (error: Error) => void = () => {};

  private constructor(folder: string, port: number, options: ServerProcessOptions) {
    this.folder = folder;
    this.port = port;
    this.#options = options;
  }

  /** A new installation in a temporary folder, running. */
  static async create(options: ServerProcessOptions = {}): Promise<ServerProcess> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "kontor-installation-")));
    await chmod(folder, 0o711); // Postgres may run as another account, which must pass through.
    const server = new ServerProcess(folder, await freePort(), options);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.remove();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Of the installation that started last. */
  get ready(): Ready {
    if (this.#ready === null) throw new Error("the installation has not started yet");
    return this.#ready;
  }

  /** Told when the process ends although nobody asked for it. */
  onLost(listener: (error: Error) => void): void {
    this.#whenLost = listener;
  }

  /** @throws Error with the server's own words when it does not come up */
  async start(): Promise<Ready> {
    const { host, liveLimits, spare = false } = this.#options;
    const child = this.#spare ?? this.#fork();
    this.#spare = null;
    this.#child = child;
    this.#endWanted = false;
    this.#ended = new Promise((resolve) => child.once("exit", () => resolve()));
    child.on("message", (message: FromServer) => {
      for (const listener of [...this.#listeners]) listener(message);
    });
    child.once("exit", (code, signal) => {
      if (!this.#endWanted) this.#whenLost(new Error(`the server process ended by itself (${signal ?? code})`));
    });
    const order: ServerOrder = {
      folder: this.folder,
      port: this.port,
      ...(host === undefined ? {} : { host }),
      ...(liveLimits === undefined ? {} : { liveLimits }),
    };
    child.send(order);
    const message = await this.#next((one) => one.type === "ready" || one.type === "failed", startWithinMs);
    if (message.type === "failed") throw new Error(`the server does not start: ${message.reason}`);
    this.#ready = message as Ready;
    if (spare) this.#spare = this.#fork();
    return this.#ready;
  }

  /** SIGKILL, at once; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#endWanted = true;
    this.#child?.kill("SIGKILL");
    await this.#ended;
  }

  /** SIGKILL to the postmaster that the data folder names, at once. False when none runs. */
  killPostgres(): boolean {
    const pid = postmasterOf(join(this.folder, "postgres", "data"));
    if (pid === null) return false;
    process.kill(pid, "SIGKILL");
    return true;
  }

  /** Resolves when the running installation has brought its Postgres back. */
  async postgresRestarted(): Promise<void> {
    await this.#next((one) => one.type === "postgres" && one.event === "server_restarted", startWithinMs);
  }

  /** Bytes, as the process itself counts. `collect` garbage before: needs `--expose-gc`. */
  async memory(collect = false): Promise<Memory> {
    const answer = this.#next((one) => one.type === "memory", stopWithinMs);
    this.#tell({ type: "memory", collect });
    return (await answer) as Memory;
  }

  /** Seconds of processor time that the process has used since it began. */
  async cpuSeconds(): Promise<number> {
    const answer = this.#next((one) => one.type === "cpu", stopWithinMs);
    this.#tell({ type: "cpu" });
    return ((await answer) as Cpu).micros / 1e6;
  }

  /** Writes down where the server spends its time while `work` is done. */
  async profiled<Result>(into: string, work: () => Promise<Result>): Promise<Result> {
    await this.#profile(null);
    const result = await work();
    await this.#profile(into);
    return result;
  }

  async #profile(into: string | null): Promise<void> {
    const done = this.#next((one) => one.type === "profiled", stopWithinMs);
    this.#tell({ type: "profile", into });
    await done;
  }

  /** What the installation wrote last into its log. */
  async lastWords(): Promise<string> {
    const log = await readFile(join(this.folder, "kontor.log"), "utf8").catch(() => "");
    return log.split("\n").slice(-wordsKept).join("\n");
  }

  /** Ends the installation in order. */
  async stop(): Promise<void> {
    this.#spare?.kill("SIGKILL");
    this.#spare = null;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    this.#endWanted = true;
    this.#tell({ type: "stop" });
    await Promise.race([this.#ended, pause(stopWithinMs, undefined, { ref: false })]);
    child.kill("SIGKILL");
    await this.#ended;
  }

  /** Ends everything, also what was left behind by a kill, and deletes the folder. */
  async remove(): Promise<void> {
    await this.stop();
    // Without its installation nobody else ends it.
    while (this.killPostgres()) await pause(20);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #fork(): ChildProcess {
    return fork(new URL("./server.ts", import.meta.url), [join(this.folder, "compiled")], {
      execArgv: [...(this.#options.nodeOptions ?? [])],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  #tell(message: ToServer): void {
    if (this.#child?.connected === true) this.#child.send(message);
  }

  #next(matches: (message: FromServer) => boolean, withinMs: number): Promise<FromServer> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        action();
      };
      const listener = (message: FromServer): void => {
        if (matches(message)) settle(() => resolve(message));
      };
      const timer = setTimeout(() => settle(() => reject(new Error(`no answer within ${withinMs} ms`))), withinMs);
      this.#listeners.add(listener);
      void this.#ended.then(() => settle(() => reject(new Error("the server process is gone"))));
    });
  }
}

/** A port that nobody listens on at this moment; below the range from which the system gives ports to callers. */
async function freePort(): Promise<number> {
  for (;;) {
    const probe = createServer();
    const port = 18_000 + Math.floor(Math.random() * 10_000);
    const taken = once(probe, "error").then(() => false);
    const free = once(probe, "listening").then(() => true);
    probe.listen(port, "127.0.0.1");
    if (!(await Promise.race([taken, free]))) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
