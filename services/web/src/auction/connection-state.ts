/** How far what is on the screen can be relied on, by the age of what was heard last, whatever the socket says of itself. */
export type ConnectionLevel = "starting" | "fresh" | "late" | "lost" | "down";

export type ConnectionFacts = {
  /** Since anything came in, in milliseconds; null before the first word. */
  readonly ageMs: number | null;
  /** Since the room was opened. */
  readonly waitedMs: number;
  /** The client has given up: the session ended or access went. */
  readonly closed: boolean;
};

const freshMs = 2_500;
const lateMs = 5_000;
const lostMs = 15_000;

export function connectionLevel({ ageMs, waitedMs, closed }: ConnectionFacts): ConnectionLevel {
  if (closed) return "down";
  if (ageMs === null) return waitedMs < lateMs ? "starting" : levelOfAge(waitedMs);
  return levelOfAge(ageMs);
}

function levelOfAge(ageMs: number): ConnectionLevel {
  if (ageMs < freshMs) return "fresh";
  if (ageMs < lateMs) return "late";
  return ageMs < lostMs ? "lost" : "down";
}

/** Presets are offers to bid relative to what is shown, so they need it to be true now. */
export function mayUseSteps(level: ConnectionLevel): boolean {
  return level === "fresh";
}

/** A typed price goes over HTTP all the same; where data is old the required price is read anew before. */
export function needsFreshQuote(level: ConnectionLevel): boolean {
  return level !== "fresh";
}
