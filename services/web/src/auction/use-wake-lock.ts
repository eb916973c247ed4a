import { useEffect } from "react";

/** Keeps the screen awake while the auction runs, where the device allows it. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isGone = false;
    const take = async (): Promise<void> => {
      if (document.visibilityState !== "visible") return;
      // A refusal, say on a low battery, leaves the screen as it would be anyway.
      const taken = await navigator.wakeLock.request("screen").catch(() => null);
      if (isGone) await taken?.release();
      else lock = taken;
    };
    void take();
    const again = (): void => void take();
    document.addEventListener("visibilitychange", again);
    return () => {
      isGone = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, [wanted]);
}
