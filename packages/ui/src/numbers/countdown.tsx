import { useEffect, useState } from "react";
import { useLocale } from "react-aria-components";
import { fill, useLabels } from "../labels/labels.tsx";
import { countdownFace, localDigits, nextFaceInMs } from "../time/countdown.ts";

export type CountdownProps = {
  /** Milliseconds left, by the server's clock: asked for at every change of the face, never counted here. */
  readonly remainingMs: () => number;
  /** What it counts to, for who cannot see it: "closes in". */
  readonly label: string;
  readonly size?: "normal" | "large" | "hero";
  /** Time stands still. */
  readonly isFrozen?: boolean;
};

/** A clock that says nothing by itself; what is told of it comes from the announcer. */
export function Countdown({ remainingMs, label, size = "normal", isFrozen = false }: CountdownProps) {
  const { locale } = useLocale();
  const labels = useLabels();
  const left = useRemaining(remainingMs, isFrozen);
  const { days, text, tone } = countdownFace(left);
  return (
    <span
      className={`k-countdown k-countdown-${size} k-countdown-${tone}`}
      data-frozen={isFrozen || undefined}
      role="timer"
      aria-live="off"
      aria-label={label}
    >
      {days > 0 && <span className="k-countdown-days">{fill(labels.days, localDigits(String(days), locale))} </span>}
      <span className="k-number">{localDigits(text, locale)}</span>
    </span>
  );
}

/** Wakes when the face changes; a page that comes back to sight looks at once. */
function useRemaining(remainingMs: () => number, isFrozen: boolean): number {
  const [left, setLeft] = useState(remainingMs);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const now = remainingMs();
      setLeft(now);
      clearTimeout(timer);
      const next = nextFaceInMs(now);
      if (!isFrozen && Number.isFinite(next)) timer = setTimeout(look, next);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [remainingMs, isFrozen]);
  return left;
}
