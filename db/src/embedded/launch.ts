import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { open, readFile, rename, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { ServerFolder } from "./folder.ts";
import { isPostmasterOf, readPostmaster } from "./postmaster.ts";
import type { ServerSettings } from "./settings.ts";
import { serverArguments } from "./settings.ts";

const run = promisify(execFile);

export type LaunchOptions = {
  readonly folder: ServerFolder;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly settings: ServerSettings;
  readonly timeoutMs: number;
};

export type Launched = { readonly child: ChildProcess; readonly pid: number; readonly port: number };

/** Log lines of a start that may succeed if tried again, and what must change for that. */
const busyPort = /Address already in use|could not create any TCP\/IP sockets/;
const oldBackends = /pre-existing shared memory block|is another postmaster|Is another postmaster/;

const maxLogBytes = 10_000_000;

/**
 * Starts the server and returns when it takes connections. Without `port` any free one is chosen. While processes of
 * a server that was killed still hold its memory, it waits for them to end.
 *
 * @throws Error with the server's last words when it does not start within the time limit.
 */
export async function launch(options: LaunchOptions, port?: number): Promise<Launched> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    const tried = port ?? (await freePort());
    const attempt = await launchOnce(options, tried, deadline);
    if (attempt.kind === "ready") return { child: attempt.child, pid: attempt.pid, port: tried };
    const worthRetry = oldBackends.test(attempt.words) || busyPort.test(attempt.words);
    if (!worthRetry || performance.now() > deadline) throw new Error(`Postgres did not start: ${attempt.words.trim()}`);
    await delay(100);
  }
}

type Attempt =
  | { readonly kind: "ready"; readonly child: ChildProcess; readonly pid: number }
  | { readonly kind: "failed"; readonly words: string };

async function launchOnce(options: LaunchOptions, port: number, deadline: number): Promise<Attempt> {
  const { folder, binaries, account, settings } = options;
  const logStart = await rotateLog(folder.log);
  const log = await open(folder.log, "a", 0o600);
  // A session of its own: Ctrl-C in a terminal must reach Kontor only, which then stops the server last.
  // The log is a file and not a pipe: the server must be able to outlive this process.
  const child = spawn(binaries.postgres, serverArguments(folder.data, port, settings), {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
    env: { LC_ALL: "C", TZ: "UTC" },
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  await log.close();
  let running = child.pid !== undefined;
  void ended.then(() => {
    running = false;
  });
  while (running && performance.now() < deadline) {
    const written = await readPostmaster(folder.data);
    if (written?.ready && written.pid === child.pid) return { kind: "ready", child, pid: written.pid };
    await Promise.race([ended, delay(10)]);
  }
  if (running) child.kill("SIGQUIT");
  await ended;
  return { kind: "failed", words: (await readFile(folder.log, "utf8")).slice(logStart) };
}

/** Keeps one older log beside the current one. Returns where the next lines will start. */
async function rotateLog(path: string): Promise<number> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size < maxLogBytes) return size;
  await rename(path, `${path}.old`);
  return 0;
}

/** A port that nobody listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export type ShutDownOptions = Pick<LaunchOptions, "folder" | "binaries" | "account">;

/** Rolls open transactions back, writes a checkpoint and ends the server. One that does not obey is cut off. */
export async function shutDown({ folder, binaries, account }: ShutDownOptions): Promise<void> {
  const stop = (mode: string) =>
    run(binaries.pgCtl, ["stop", "-D", folder.data, "-m", mode, "-w", "-t", "30"], { ...account, cwd: "/" });
  const running = await readPostmaster(folder.data);
  if (!running) return;
  try {
    await stop("fast");
  } catch (cause) {
    if ((await readPostmaster(folder.data)) === undefined) return;
    await stop("immediate").catch(() => {
      throw new Error("Postgres could not be stopped", { cause });
    });
  }
  // It gives up its file a moment before it ends.
  while (await isPostmasterOf(running.pid, folder.data)) await delay(5);
}
