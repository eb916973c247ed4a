import { fromAbsolute, parseDateTime, toCalendarDateTime, toZoned } from "@internationalized/date";

/** What a wall clock's reading means in a zone; twice or never where clocks are put back or forward. */
export type WallReading =
  | { readonly kind: "once"; readonly instant: string }
  | { readonly kind: "twice"; readonly instant: string; readonly later: string }
  | { readonly kind: "never" }
  | { readonly kind: "unreadable" };

/** `text` like "2027-03-28T02:30", as date and time inputs give it. */
export function readWallTime(text: string, zone: string): WallReading {
  try {
    const wall = parseDateTime(text);
    const earlier = toZoned(wall, zone, "earlier").toDate();
    const later = toZoned(wall, zone, "later").toDate();
    const instant = earlier.toISOString();
    if (earlier.getTime() === later.getTime()) return { kind: "once", instant };
    return wallTimeOf(instant, zone) === text.slice(0, 16)
      ? { kind: "twice", instant, later: later.toISOString() }
      : { kind: "never" };
  } catch {
    return { kind: "unreadable" };
  }
}

/** The reading of a zone's wall clock at an instant, to the minute. */
export function wallTimeOf(instant: string, zone: string): string {
  return toCalendarDateTime(fromAbsolute(Date.parse(instant), zone))
    .toString()
    .slice(0, 16);
}

/** Whether a zone's clocks are put forward or back between two instants. */
export function clocksChange(fromMs: number, toMs: number, zone: string): boolean {
  return fromAbsolute(fromMs, zone).offset !== fromAbsolute(toMs, zone).offset;
}
