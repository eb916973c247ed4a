import type { Clock, Micros } from "@kontor/kernel";
import { microsOfMs } from "@kontor/kernel";

/** Commands could not be taken from `from` until `to`. */
export type Gap = { readonly from: Micros; readonly to: Micros };

export type ServiceGapsOptions = {
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  /** Shorter silences are none. */
  readonly minMs: number;
  readonly onGap: (gap: Gap) => void;
};

/**
 * Notices when this host was out of service: stopped, starved, or without its journal. The journal's last word counts,
 * by a clock that runs on while the process does not; the host asks it every second.
 */
export type ServiceGaps = {
  /** The journal has just answered. A gap that ends with this is reported before the call returns. */
  readonly contact: () => void;
  /** A gap has begun and not ended: nothing may be decided, for engines must hear of it first. */
  readonly isOpen: () => boolean;
  /** Milliseconds since the journal's last word. */
  readonly silentMs: () => number;
  /** Gaps of this host that ended after an instant. */
  readonly endedAfter: (at: Micros) => readonly Gap[];
};

const gapsKept = 100;

export function createServiceGaps({ clock, monotonicMs, minMs, onGap }: ServiceGapsOptions): ServiceGaps {
  const gaps: Gap[] = [];
  let last = monotonicMs();
  const silentMs = () => monotonicMs() - last;

  return {
    contact() {
      const silent = silentMs();
      last += silent;
      if (silent <= minMs) return;
      const to = clock.now();
      const gap: Gap = { from: to - Math.round(microsOfMs(silent)), to };
      gaps.push(gap);
      if (gaps.length > gapsKept) gaps.shift();
      onGap(gap);
    },
    isOpen: () => silentMs() > minMs,
    silentMs,
    endedAfter: (at) => gaps.filter(({ to }) => to > at),
  };
}
