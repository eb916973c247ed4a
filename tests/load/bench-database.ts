import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@kontor/db";
import { startEmbedded } from "@kontor/db/embedded";

/** A migrated Postgres of the bench's own, with the settings that every installation gets. */
export type BenchDatabase = AsyncDisposable & { readonly url: string };

export async function openBenchDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "kontor-bench-"));
  const server = await startEmbedded({ folder });
  await migrate(server.url);
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
