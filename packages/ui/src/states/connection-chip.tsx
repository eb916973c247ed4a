import { Wifi, WifiOff } from "lucide-react";
import { fill, useLabels } from "../labels/labels.tsx";

export type ConnectionChipProps = {
  /** Of the youngest data, by the server's heartbeats. */
  readonly dataAgeMs: number;
  /** Between question and answer, in milliseconds; null before the first one. */
  readonly roundTripMs: number | null;
  /** How far the shown clock may be off. */
  readonly clockErrorMs?: number;
  /** The attempt to come back that is under way, 0 for none. */
  readonly attempt: number;
};

export type ConnectionLevel = "live" | "old" | "lost";

/** The age of the data decides, never what the socket believes of itself. */
export function connectionLevel(dataAgeMs: number): ConnectionLevel {
  if (dataAgeMs < 2_500) return "live";
  return dataAgeMs <= 5_000 ? "old" : "lost";
}

export function ConnectionChip({ dataAgeMs, roundTripMs, clockErrorMs, attempt }: ConnectionChipProps) {
  const labels = useLabels();
  const level = connectionLevel(dataAgeMs);
  const Icon = level === "lost" ? WifiOff : Wifi;
  const words = {
    live: labels.live,
    old: fill(labels.dataOld, Math.floor(dataAgeMs / 1000)),
    lost: fill(labels.reconnecting, Math.max(1, attempt)),
  };
  return (
    <span className={`k-connection k-connection-${level}`}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span>{words[level]}</span>
      {level === "live" && roundTripMs !== null && <span className="k-number">{Math.round(roundTripMs)} ms</span>}
      {clockErrorMs !== undefined && (
        <span className="k-number k-connection-error">&plusmn;&#8239;{Math.ceil(clockErrorMs)} ms</span>
      )}
    </span>
  );
}
