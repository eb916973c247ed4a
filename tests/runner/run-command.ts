import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { root } from "./repository.ts";

export type CommandResult = {
  /** Exit code; null if a signal ended it. */
  readonly code: number | null;
  /** What it wrote, both streams in order; empty if it wrote to the terminal. */
  readonly output: string;
  readonly timedOut: boolean;
};

export type CommandOptions = {
  readonly cwd?: string;
  /** Show what it writes instead of keeping it. */
  readonly live?: boolean;
  readonly timeoutMs: number;
};

const running = new Set<ChildProcess>();

/** Runs a script with this Node; ends it when it takes longer than it may. */
export async function runNode(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? root,
    stdio: options.live ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGTERM");
  }, options.timeoutMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  running.delete(child);
  return { code, output: Buffer.concat(chunks).toString(), timedOut };
}

/** Asks every command that still runs to end. */
export function stopCommands(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}
