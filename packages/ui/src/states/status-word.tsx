import { Ban, Check, Circle, CircleAlert, CircleDot, Clock, Lock, Pause, X } from "lucide-react";
import type { ReactNode } from "react";

export type StatusTone = "neutral" | "active" | "good" | "warning" | "danger";
export type StatusSign = "dot" | "ring" | "check" | "cross" | "clock" | "pause" | "alert" | "ban" | "lock";

const signs = {
  dot: CircleDot,
  ring: Circle,
  check: Check,
  cross: X,
  clock: Clock,
  pause: Pause,
  alert: CircleAlert,
  ban: Ban,
  lock: Lock,
};

export type StatusWordProps = {
  readonly tone: StatusTone;
  readonly sign: StatusSign;
  readonly children: ReactNode;
};

/** A state: a sign and a word. The colour only repeats them. */
export function StatusWord({ tone, sign, children }: StatusWordProps) {
  const Sign = signs[sign];
  return (
    <span className={`k-status k-status-${tone}`}>
      <Sign size={14} strokeWidth={2} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

export type BadgeProps = { readonly tone?: StatusTone; readonly children: ReactNode };

/** A short property of a thing: "contract price", "alternative". */
export function Badge({ tone = "neutral", children }: BadgeProps) {
  return <span className={`k-badge k-badge-${tone}`}>{children}</span>;
}
