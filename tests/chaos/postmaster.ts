import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * The server process that a data folder of Postgres names, if it really is that; null when none runs. A number in a
 * file proves nothing: after a kill it may by now be anybody's.
 */
export function postmasterOf(data: string): number | null {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  return worksIn(pid, data) ? pid : null;
}

function worksIn(pid: number, folder: string): boolean {
  try {
    if (existsSync("/proc/self/cwd")) return readlinkSync(`/proc/${pid}/cwd`) === folder;
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).includes(folder);
  } catch {
    return false; // It is gone.
  }
}
