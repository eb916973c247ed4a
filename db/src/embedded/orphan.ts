import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { LaunchOptions } from "./launch.ts";
import { shutDown } from "./launch.ts";
import type { Postmaster } from "./postmaster.ts";
import { isPostmasterOf, readPostmaster } from "./postmaster.ts";
import { serverArguments } from "./settings.ts";

/**
 * Deals with a server that an earlier process left behind: one that was killed could not stop its server.
 * A healthy one of the same version and settings is adopted; any other is stopped, cleanly. A process is judged by its
 * program, folder, start time and login, never by its name.
 *
 * @returns the adopted server; undefined when none runs any more.
 */
export async function settleOrphan(
  options: LaunchOptions,
  adminUrl: (port: number) => string,
): Promise<Postmaster | undefined> {
  const found = await settled(options);
  if (!found) {
    // The id in the file may meanwhile belong to a stranger, for which Postgres would refuse to start. If processes of
    // the old server still hold its memory, Postgres notices by itself, without this file.
    await rm(join(options.folder.data, "postmaster.pid"), { force: true });
    return undefined;
  }
  if (found.ready && (await isSameServer(found, options, adminUrl(found.port)))) return found;
  await shutDown(options);
  return undefined;
}

/** Waits while the server is starting or stopping. */
async function settled({ folder, timeoutMs }: LaunchOptions): Promise<Postmaster | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await readPostmaster(folder.data);
    if (!found || !(await isPostmasterOf(found.pid, folder.data))) return undefined;
    if (found.ready || performance.now() > deadline) return found;
    await delay(20);
  }
}

async function isSameServer(found: Postmaster, options: LaunchOptions, url: string): Promise<boolean> {
  const { folder, binaries, settings } = options;
  const launchedAs = await readFile(join(folder.data, "postmaster.opts"), "utf8").catch(() => "");
  const wanted = [binaries.postgres, ...serverArguments(folder.data, found.port, settings)];
  if (launchedAs.trim() !== [wanted[0], ...wanted.slice(1).map((argument) => `"${argument}"`)].join(" ")) return false;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [said] = await sql`
      select current_setting('data_directory') as data, system_identifier::text as identifier,
        extract(epoch from pg_postmaster_start_time())::float8 as started
      from pg_control_system()`;
    const control = await readFile(join(folder.data, "global", "pg_control"));
    return (
      said?.["data"] === folder.data &&
      said["identifier"] === control.readBigUInt64LE(0).toString() &&
      Math.abs(Number(said["started"]) - found.startedAt) <= 2
    );
  } catch {
    return false; // Not healthy: it does not answer, or not to our password.
  } finally {
    await sql.end({ timeout: 1 });
  }
}
