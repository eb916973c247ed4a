import { formatDate, formatTime, offsetOf, relativeTime } from "@kontor/ui";

const zoneOf = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Day and time in the person's own zone. */
export function shortTime(instant: string, locale: string): string {
  const at = Date.parse(instant);
  const zone = zoneOf();
  return `${formatDate(at, { locale, zone, style: "medium" })}, ${formatTime(at, { locale, zone })}`;
}

/** The same with the zone's offset written out. */
export function fullTime(instant: string, locale: string): string {
  return `${shortTime(instant, locale)} ${offsetOf(Date.parse(instant), zoneOf())}`;
}

/** How long ago, or in how long. */
export function ageOf(instant: string, locale: string): string {
  return relativeTime(Date.parse(instant), Date.now(), locale);
}

/** A day without a time, such as "2026-12-06". */
export function dayText(day: string, locale: string): string {
  return formatDate(Date.parse(`${day}T12:00:00Z`), { locale, zone: "UTC", style: "medium" });
}
