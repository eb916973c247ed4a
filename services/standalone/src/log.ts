import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import pino from "pino";
import { openLogFile } from "./log-file.ts";

const summaryMax = 300;
const usualFile = { bytesMax: 20_000_000, kept: 5 };

export type LogOptions = {
  readonly dataFolder: string;
  readonly to: "file" | "stdout";
  readonly level: string;
  /** Told in one line of what a person at the terminal should know. */
  readonly onError: (line: string) => void;
  /** When a file is put aside, and how many of these are kept. */
  readonly file?: { readonly bytesMax: number; readonly kept: number };
};

/**
 * The log of all services, as JSON lines: into `kontor.log` of the data folder, so that the terminal stays readable,
 * or to standard output for who collects it there.
 */
export function createLog({ dataFolder, to, level, onError, file = usualFile }: LogOptions): Logger {
  let lastSaid = "";
  const say = (summary: string): void => {
    if (summary !== lastSaid) onError(summary);
    lastSaid = summary;
  };
  if (to === "stdout") return pino({ level }, pino.destination({ dest: 1, sync: false }));
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, "kontor.log");
  const onFailure = (error: Error): void => say(`The log cannot be written: ${error.message}`);
  const lines = { level, stream: openLogFile({ ...file, path, onFailure }) };
  const terminal = { level: "error", stream: { write: (line: string) => say(summaryOf(line)) } };
  return pino({ level }, pino.multistream([lines, terminal] as never));
}

/** What went wrong in one line; the file has the rest. */
function summaryOf(line: string): string {
  const { msg, err } = JSON.parse(line) as { readonly msg?: string; readonly err?: { readonly message?: string } };
  const parts = [msg, err?.message?.split("\n")[0]].filter((part) => part !== undefined && part !== "");
  return parts.join(": ").slice(0, summaryMax);
}
