import type { CommandAnswer, ViewAnswer } from "@kontor/bus";
import { problemOf } from "@kontor/protocol";
import { refusal } from "./answers.ts";
import type { HostPhase } from "./assembly.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { ServiceGaps } from "./service-gaps.ts";
import type { HostSettings } from "./settings.ts";

const retry = { retryAfterMs: 1_000 };

export type Hindrances = {
  /** Why no command is taken in now; null when they are. */
  readonly ofCommands: () => CommandAnswer | null;
  /**
   * Why views cannot be answered now; null when they can. A host that may have been replaced must not show what may be
   * old; one without rivals shows its last committed state.
   */
  readonly ofViews: () => ViewAnswer | null;
  /** Whether the journal has been asked for too long without an answer. */
  readonly isJournalLost: () => boolean;
};

export type HindrancesOptions = {
  readonly phase: () => HostPhase;
  readonly settings: Pick<HostSettings, "takeover" | "leaseTtlMs" | "recoveryGraceMs">;
  readonly gaps: ServiceGaps;
  readonly heartbeat: () => Heartbeat;
};

export function createHindrances({ phase, settings, gaps, heartbeat }: HindrancesOptions): Hindrances {
  const { takeover, leaseTtlMs, recoveryGraceMs } = settings;
  const isJournalLost = () => heartbeat().unansweredMs() > recoveryGraceMs;
  /** Whether others may believe this host dead; a little before they do. */
  const hasLapsed = () => takeover === "lease" && gaps.silentMs() > leaseTtlMs * 0.8;
  return {
    isJournalLost,
    ofCommands() {
      if (phase() === "stopping" || phase() === "stopped") return refusal("shutting_down", retry);
      return isJournalLost() || hasLapsed() ? refusal("unavailable", retry) : null;
    },
    ofViews: () => (hasLapsed() ? { found: false, retry: problemOf("unavailable", retry) } : null),
  };
}
