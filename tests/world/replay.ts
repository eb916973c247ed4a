import { execFile } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const script = join(root, "services/trading/src/cli/replay.ts");

export type Replayed = { readonly code: number; readonly output: string };

/** Runs the script that decides the whole journal of a database again, as an auditor would. */
export function replayJournal(databaseUrl: string, ...args: readonly string[]): Promise<Replayed> {
  const all = [script, "--verify", "--database-url", databaseUrl, ...args];
  return new Promise((done) => {
    execFile(process.execPath, all, { cwd: root }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      done({ code, output: `${stdout}${stderr}` });
    });
  });
}
