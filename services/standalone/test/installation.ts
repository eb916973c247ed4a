import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "@kontor/db/testing";
import type { Clock } from "@kontor/kernel";
import { microsOfMs } from "@kontor/kernel";
import pino from "pino";
import type { Standalone, StandaloneOptions } from "../src/create-standalone.ts";
import { createStandalone } from "../src/create-standalone.ts";
import { parseStandaloneConfig } from "../src/settings.ts";
import { createSystemClock } from "../src/system-clock.ts";

/** The machine's time and a head start that a test may add to, so that it need not wait for a date. */
export function createSkippingClock(): Clock & { readonly skip: (ms: number) => void } {
  const machine = createSystemClock();
  let ahead = 0;
  return {
    now: () => machine.now() + ahead,
    skip: (ms) => {
      ahead += microsOfMs(ms);
    },
  };
}

/** A folder and a database of one test's own, on which installations may be started; its end is theirs. */
export type Ground = AsyncDisposable & {
  readonly dataFolder: string;
  readonly start: (changes?: Partial<StandaloneOptions>) => Promise<Standalone>;
};

/** The host looks at the clock this often, so that a skipped wait ends at once. */
const beatMs = 50;

export async function createGround(): Promise<Ground> {
  const database = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), "kontor-standalone-"));
  const config = parseStandaloneConfig({ KONTOR_RATE_LIMITS: "off" });
  if (!config.ok) throw new Error(config.faults.join("; "));
  const { gateway } = config.config;
  const started: Standalone[] = [];
  return {
    dataFolder,
    start: async (changes = {}) => {
      const standalone = await createStandalone({
        dataFolder,
        databaseUrl: database.url,
        port: 0,
        gateway,
        authSecret: null,
        log: pino({ level: "silent" }),
        host: { takeover: "force", leaseRenewMs: beatMs },
        ...changes,
      });
      started.push(standalone);
      return standalone;
    },
    async [Symbol.asyncDispose]() {
      for (const standalone of started) await standalone.stop();
      await rm(dataFolder, { recursive: true, force: true });
      await database.drop();
    },
  };
}
