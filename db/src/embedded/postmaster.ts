import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a running server writes about itself into its data folder. */
export type Postmaster = {
  readonly pid: number;
  readonly dataFolder: string;
  /** Seconds since 1970. */
  readonly startedAt: number;
  readonly port: number;
  readonly ready: boolean;
};

/** The server that the data folder names, running or not; undefined when it names none. */
export async function readPostmaster(dataFolder: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split("\n").map((line) => line.trim());
  const [pid = "", folder = "", startedAt = "", port = "", , , , status = ""] = lines;
  if (!/^\d+$/.test(pid)) return undefined;
  return {
    pid: Number(pid),
    dataFolder: folder,
    startedAt: Number(startedAt),
    port: Number(port),
    ready: status === "ready",
  };
}

/**
 * Whether a process with this id runs and is Postgres on this data folder. After a crash or a restart of the machine
 * the id may belong to anybody, so nothing is concluded from the id alone.
 */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === "win32") return true; // No cheap way to ask; the login to the server decides.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  const program = await readlink(`/proc/${pid}/exe`).catch(() => undefined);
  if (folder !== undefined && program !== undefined) {
    return folder === dataFolder && /\/postgres( \(deleted\))?$/.test(program);
  }
  const command = await commandOf(pid);
  return command.includes("postgres") && command.includes(dataFolder);
}

/** The command line where /proc does not say more: macOS, or a process of another account. Empty for a dead process. */
async function commandOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (line !== undefined) return line.replaceAll("\0", " ");
  const shown = await run("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return shown.stdout;
}

/** Whether any process has this id, also one that this process may not signal. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
