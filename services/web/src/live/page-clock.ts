import type { ClientClock } from "@kontor/sdk";

/** Time that only goes forward: whoever sets the clock of his device moves no countdown of ours. */
export const pageClock: ClientClock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
