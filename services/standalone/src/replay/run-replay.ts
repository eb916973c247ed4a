import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { createStandalone } from "../create-standalone.ts";
import { parseStandaloneConfig } from "../settings.ts";
import { ConductedClock } from "./conducted-clock.ts";
import type { RecordedAuction, RecordedEnd } from "./recorded-auction.ts";
import { Replay } from "./replay.ts";

export type ReplayOptions = {
  readonly record: RecordedAuction;
  /** Recorded time over time taken while the lot is live; left out, that takes a few seconds. */
  readonly speed?: number;
  /** An empty database; left out, an embedded server is run in a temporary folder. */
  readonly databaseUrl?: string;
  readonly say: (line: string) => void;
};

export type ReplayOutcome = {
  readonly recorded: RecordedEnd;
  readonly replayed: RecordedEnd;
  /** Recorded acts that the platform did not accept. */
  readonly refused: number;
  readonly agrees: boolean;
};

const dayMicros = 86_400_000_000;
/** The host looks at the clock this often, so that a conducted instant is noticed at once. */
const beatMs = 20;

/**
 * Plays a recorded auction through a whole installation: gateway, websockets, host and journal. Every act is stamped
 * at its recorded instant; see `ConductedClock`.
 *
 * @throws Error when the installation does not start; ProblemError when it refuses what belongs to no bidder
 */
export async function runReplay({ record, speed, databaseUrl, say }: ReplayOptions): Promise<ReplayOutcome> {
  const config = parseStandaloneConfig({ KONTOR_RATE_LIMITS: "off" });
  if (!config.ok) throw new Error(config.faults.join("; "));
  const dataFolder = await mkdtemp(join(tmpdir(), "kontor-replay-"));
  const clock = new ConductedClock(Math.min(record.opensAt, ...record.bids.map(({ at }) => at)) - dayMicros);
  try {
    const standalone = await createStandalone({
      dataFolder,
      databaseUrl: databaseUrl ?? null,
      port: 0,
      gateway: config.config.gateway,
      authSecret: null,
      log: pino({ level: "silent" }),
      clock,
      host: { leaseRenewMs: beatMs, takeover: "force" },
    });
    try {
      return await new Replay({ record, speed, say, standalone, clock }).run();
    } finally {
      await standalone.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}
