import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** When a process started, as an opaque text: with the id it names a process for good. Empty when it is not known. */
export async function processStart(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (line !== undefined) {
    // The program's name, in brackets, may hold spaces: count the fields behind it.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return fields[19] ?? "";
  }
  const shown = await run("ps", ["-p", String(pid), "-o", "lstart="]).catch(() => ({ stdout: "" }));
  return shown.stdout.trim();
}
