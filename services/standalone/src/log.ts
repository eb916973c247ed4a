import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import pino from "pino";

const rotateAboveBytes = 20_000_000;
const summaryMax = 300;

export type LogOptions = {
  readonly dataFolder: string;
  readonly to: "file" | "stdout";
  readonly level: string;
  /** Told in one line of what a person at the terminal should know. */
  readonly onError: (line: string) => void;
};

/**
 * The log of all services, as JSON lines: into `kontor.log` of the data folder, so that the terminal stays readable,
 * or to standard output for who collects it there. A large file is put aside at the start; one old one is kept.
 */
export function createLog({ dataFolder, to, level, onError }: LogOptions): Logger {
  let lastSaid = "";
  const write = (line: string): void => {
    const summary = summaryOf(line);
    if (summary !== lastSaid) onError(summary);
    lastSaid = summary;
  };
  const terminal = { level: "error", stream: { write } };
  if (to === "stdout") return pino({ level }, pino.destination({ dest: 1, sync: false }));
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, "kontor.log");
  putAside(path);
  const file = { level, stream: pino.destination({ dest: path, sync: false, mode: 0o600 }) };
  return pino({ level }, pino.multistream([file, terminal] as never));
}

function putAside(path: string): void {
  try {
    if (statSync(path).size > rotateAboveBytes) renameSync(path, `${path}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** What went wrong in one line; the file has the rest. */
function summaryOf(line: string): string {
  const { msg, err } = JSON.parse(line) as { readonly msg?: string; readonly err?: { readonly message?: string } };
  const parts = [msg, err?.message?.split("\n")[0]].filter((part) => part !== undefined && part !== "");
  return parts.join(": ").slice(0, summaryMax);
}
