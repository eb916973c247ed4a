import { execFile } from "node:child_process";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a running installation tells the commands of the same folder; readable by this account only. */
export type RunningNote = { readonly url: string; readonly databaseUrl: string };

type Holder = { readonly pid: number; readonly start: string };

export type DataFolder = {
  readonly path: string;
  /** Leaves a note for the commands; it goes with the folder. */
  readonly announce: (note: RunningNote) => Promise<void>;
  readonly release: () => Promise<void>;
};

const lockName = "standalone.lock";
const noteName = "running.json";
const attemptsMax = 5;

/**
 * Takes the folder for this process: two installations in one folder would both own the journal.
 * What a dead process left does not count.
 *
 * @throws Error with a sentence for the operator when a living process has the folder.
 */
export async function takeDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true });
  const lock = join(path, lockName);
  const note = join(path, noteName);
  await takeLock(path, lock);
  return {
    path,
    announce: (content) => writeFile(note, JSON.stringify(content), { mode: 0o600 }),
    release: async () => {
      await rm(note, { force: true });
      await rm(lock, { force: true });
    },
  };
}

/** What the installation running in this folder tells; null when none runs there. */
export async function readRunningNote(path: string): Promise<RunningNote | null> {
  const holder = await readHolder(join(path, lockName));
  if (holder === null || !(await isAlive(holder))) return null;
  const text = await readFile(join(path, noteName), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as RunningNote);
}

async function takeLock(path: string, lock: string): Promise<void> {
  const self: Holder = { pid: process.pid, start: await startOf(process.pid) };
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const file = await open(lock, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return null;
      throw error;
    });
    if (file !== null) {
      await file.writeFile(JSON.stringify(self));
      await file.close();
      return;
    }
    const holder = await readHolder(lock);
    if (holder !== null && (await isAlive(holder))) {
      throw new Error(
        `Kontor is running in ${path} already (process ${holder.pid}). Stop it, or use another folder: KONTOR_DATA=./.other npm start`,
      );
    }
    await rm(lock, { force: true });
  }
  throw new Error(`${lock} cannot be taken: other processes keep taking it`);
}

async function readHolder(lock: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(lock, "utf8")) as Holder;
  } catch {
    return null; // Gone, or half written by a process that died.
  }
}

/** A process is named by its id and its start, for ids are used again. */
async function isAlive({ pid, start }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return (await startOf(pid)) === start;
}

/** When a process started, as an opaque text; empty where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (line !== null) return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  const shown = await run("ps", ["-p", String(pid), "-o", "lstart="]).catch(() => ({ stdout: "" }));
  return shown.stdout.trim();
}
