import { useEffect, useState } from "react";

/** Draws again every so many milliseconds; null stands still. */
export function useTick(everyMs: number | null): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => setCount((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
