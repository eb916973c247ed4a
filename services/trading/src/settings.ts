import { limits } from "@kontor/kernel";
import type { Timing } from "./timing.ts";
import { systemTiming } from "./timing.ts";

/** What a host may be told beside its ports. Every member has a default. */
export type HostSettings = {
  /**
   * `force`: on start take every open shard, whoever had it; for installations of one host.
   * `lease`: take only shards whose owner has stopped renewing; for many hosts on one database.
   * Either way a shard that a living host has taken from this one is left to it.
   */
  readonly takeover: "force" | "lease";
  /** Where this host can be reached; shown in the table of hosts. */
  readonly address: string;
  /** Silence of the journal for longer than this is a gap in service and reported to the engines. */
  readonly outageMinMs: number;
  /** How long commands may wait for a shard that is being recovered before they are refused. */
  readonly recoveryGraceMs: number;
  /** Shards in memory; beyond it the longest unused ones are put away until they are needed. */
  readonly liveShardsMax: number;
  /** A finished shard that nobody asks for is put away after this. */
  readonly idleMs: number;
  /** How long `stop` waits for what was taken in. */
  readonly drainMs: number;
  /** Whether `stop` leaves a snapshot of every shard that changed since its last one. */
  readonly snapshotOnStop: boolean;
  readonly timing: Timing;

  readonly batchCommandsMax: number;
  readonly batchBytesMax: number;
  readonly shardQueueMax: number;
  readonly hostQueueMax: number;
  readonly appendsInFlightMax: number;
  readonly appendDeadlineMs: number;
  readonly keyWindowMax: number;
  readonly snapshotEveryCommands: number;
  readonly snapshotCharsPerCommand: number;
  readonly leaseTtlMs: number;
  readonly leaseRenewMs: number;
};

export function settingsOf(options: Partial<HostSettings> = {}): HostSettings {
  const { batchCommandsMax, batchBytesMax, shardQueueMax, hostQueueMax, appendsInFlightMax } = limits;
  const { appendDeadlineMs, keyWindowMax, leaseTtlMs, leaseRenewMs } = limits;
  const { snapshotEveryCommands, snapshotCharsPerCommand } = limits;
  return {
    takeover: "force",
    address: "in-process",
    outageMinMs: leaseTtlMs,
    recoveryGraceMs: 2_000,
    liveShardsMax: 5_000,
    idleMs: 60_000,
    drainMs: 10_000,
    snapshotOnStop: false,
    timing: systemTiming,
    batchCommandsMax,
    batchBytesMax,
    shardQueueMax,
    hostQueueMax,
    appendsInFlightMax,
    appendDeadlineMs,
    keyWindowMax,
    snapshotEveryCommands,
    snapshotCharsPerCommand,
    leaseTtlMs,
    leaseRenewMs,
    ...options,
  };
}
