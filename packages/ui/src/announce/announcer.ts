/**
 * Decides what a screen reader is told and when. Pure: times are milliseconds of one monotonic clock.
 * Of each topic only the newest text is told; polite texts wait so that at most one is told in three seconds.
 */
export type Announcement = { readonly region: "polite" | "assertive"; readonly text: string };
export type Notice = { readonly topic: string; readonly text: string; readonly urgent?: boolean };

export type AnnouncerState = {
  readonly waiting: readonly { readonly topic: string; readonly text: string }[];
  readonly politeAt: number | null;
};

export type AnnouncerStep = { readonly state: AnnouncerState; readonly say: Announcement | null };

export const politeEveryMs = 3_000;
export const silentAnnouncer: AnnouncerState = { waiting: [], politeAt: null };

/** Takes a notice in. An urgent one is told at once, and takes the place of what waits on its topic. */
export function notice(state: AnnouncerState, { topic, text, urgent = false }: Notice, now: number): AnnouncerStep {
  const others = state.waiting.filter((item) => item.topic !== topic);
  if (urgent) return { state: { ...state, waiting: others }, say: { region: "assertive", text } };
  return flush({ ...state, waiting: [...others, { topic, text }] }, now);
}

/** Tells what waits, if it may be told by now. */
export function flush(state: AnnouncerState, now: number): AnnouncerStep {
  const dueIn = flushInMs(state, now);
  if (dueIn === null || dueIn > 0) return { state, say: null };
  const text = state.waiting.map((item) => item.text).join(" ");
  return { state: { waiting: [], politeAt: now }, say: { region: "polite", text } };
}

/** Until `flush` has something to tell; null when nothing waits. */
export function flushInMs(state: AnnouncerState, now: number): number | null {
  if (state.waiting.length === 0) return null;
  return state.politeAt === null ? 0 : Math.max(0, state.politeAt + politeEveryMs - now);
}

/** Remaining times, in milliseconds, at which a silent clock speaks. */
export const clockThresholdsMs: readonly number[] = [600_000, 300_000, 120_000, 60_000, 30_000, 10_000];

/** The threshold that was passed between two looks at a clock, the lowest if there were several; else null. */
export function thresholdPassed(beforeMs: number, afterMs: number): number | null {
  return clockThresholdsMs.findLast((threshold) => beforeMs > threshold && afterMs <= threshold) ?? null;
}
