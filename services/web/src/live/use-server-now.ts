import { useEffect, useState } from "react";
import { useLive } from "./live-provider.tsx";

const waitMinMs = 50;

/**
 * The server's time in milliseconds, by the offset that the live connection measures; never the wall clock alone.
 * Looks again when `nextInMs` of the present time is over.
 */
export function useServerNow(nextInMs: (now: number) => number): number {
  const live = useLive();
  const [{ now }, setTick] = useState(() => ({ now: live.client.serverNow() }));
  const dueAt = now + nextInMs(now);
  useEffect(() => {
    if (!Number.isFinite(dueAt)) return;
    const wait = Math.max(waitMinMs, dueAt - live.client.serverNow());
    const timer = setTimeout(() => setTick({ now: live.client.serverNow() }), wait);
    return () => clearTimeout(timer);
  }, [live, dueAt]);
  return now;
}
