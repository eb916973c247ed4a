import { Fault } from "@kontor/kernel";
import type { Leases } from "./leases.ts";
import type { HostLog } from "./log.ts";
import type { Timing } from "./timing.ts";
import { withDeadline } from "./timing.ts";

export type HeartbeatOptions = {
  readonly leases: Leases;
  readonly timing: Timing;
  readonly log: HostLog;
  readonly leaseRenewMs: number;
  readonly leaseTtlMs: number;
  /** The renewal was answered. */
  readonly onRenewed: () => void;
  /** Once per beat, whether or not the journal answers. */
  readonly onBeat: () => void;
};

/** Tells the journal every second that this host lives, and learns from the answer that the journal does. */
export type Heartbeat = {
  readonly start: () => Promise<void>;
  /** Renews now, unless a renewal is on its way. */
  readonly renew: () => void;
  /** For how long renewals have gone unanswered; 0 when the last one was answered. */
  readonly unansweredMs: () => number;
  readonly stop: () => Promise<void>;
};

export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { leases, timing, log, leaseRenewMs, leaseTtlMs: ms, onRenewed, onBeat } = options;
  let renewing = false;
  let failing = false;
  let tryingSince: number | null = null;
  let cancel = () => {};

  async function renewOnce(): Promise<void> {
    tryingSince ??= timing.monotonicMs();
    const late = () => new Fault("journal_unavailable", { withinMs: ms });
    await withDeadline(timing, leases.renew(), { ms, late });
    failing = false;
    tryingSince = null;
    onRenewed();
  }

  function renew(): void {
    if (renewing) return;
    renewing = true;
    void renewOnce()
      .catch((error: unknown) => {
        if (!failing) log.warn({ err: error }, "the journal does not answer this host's renewal");
        failing = true;
      })
      .finally(() => {
        renewing = false;
      });
  }

  function beat(): void {
    cancel = timing.schedule(leaseRenewMs, () => {
      renew();
      onBeat();
      beat();
    });
  }

  return {
    async start() {
      await renewOnce();
      beat();
    },
    renew,
    unansweredMs: () => (tryingSince === null ? 0 : timing.monotonicMs() - tryingSince),
    async stop() {
      cancel();
      await leases.release();
    },
  };
}
