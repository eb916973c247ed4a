import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "@kontor/db";
import { startEmbedded } from "@kontor/db/embedded";

/** An address to read from, and what to do when done with it. */
export type ReplayDatabase = { readonly url: string; readonly release: () => Promise<void> };

/**
 * The database of the installation in a data folder: that of the running one, which notes its address there, or else
 * its embedded server, started for as long as it is needed.
 *
 * @throws Error with a sentence for the operator
 */
export async function openReplayDatabase(dataFolder: string): Promise<ReplayDatabase> {
  const running = await runningUrl(join(dataFolder, "running.json"));
  if (running !== null) return { url: running, release: () => Promise.resolve() };
  const folder = join(dataFolder, "postgres");
  if (!existsSync(folder)) {
    throw new Error(`There is no database in ${dataFolder}: start Kontor once, or name one with --database-url`);
  }
  const server = await startEmbedded({ folder });
  return { url: server.url, release: server.stop };
}

/** The noted address, if somebody answers there: the note of a process that was killed stays behind. */
async function runningUrl(path: string): Promise<string | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  const { databaseUrl } = JSON.parse(text) as { databaseUrl: string };
  const { sql, close } = connect(databaseUrl, { max: 1, applicationName: "kontor-replay" });
  try {
    await sql`select 1`;
    return databaseUrl;
  } catch {
    return null;
  } finally {
    await close();
  }
}
