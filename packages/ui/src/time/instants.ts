/** Instants are milliseconds since 1970 in UTC; zones are IANA names. */
export type ZonedTime = {
  readonly date: string;
  readonly time: string;
  /** The city of the zone's name. */
  readonly zone: string;
  /** Like "UTC+02:00". */
  readonly offset: string;
};

export type DateStyle = "short" | "medium" | "long";

type ZoneOptions = { readonly locale: string; readonly zone: string; readonly seconds?: boolean };

/** One instant as a clock on the wall of a zone shows it, with its offset written out. */
export function zonedTime(instantMs: number, { locale, zone, seconds = false }: ZoneOptions): ZonedTime {
  return {
    date: formatDate(instantMs, { locale, zone, style: "medium" }),
    time: formatTime(instantMs, { locale, zone, seconds }),
    zone: cityOf(zone),
    offset: offsetOf(instantMs, zone),
  };
}

/** What a tender's people and this person each read; null where both clocks stand alike then. */
export function bothZones(
  instantMs: number,
  options: {
    readonly locale: string;
    readonly tenderZone: string;
    readonly userZone: string;
    readonly seconds?: boolean;
  },
): { readonly tender: ZonedTime; readonly user: ZonedTime | null } {
  const { locale, tenderZone, userZone, seconds = false } = options;
  const tender = zonedTime(instantMs, { locale, zone: tenderZone, seconds });
  const user = zonedTime(instantMs, { locale, zone: userZone, seconds });
  return { tender, user: tender.offset === user.offset ? null : user };
}

export function offsetOf(instantMs: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(instantMs);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "UTC+00:00" : name.replace("GMT", "UTC");
}

function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** A date in the calendar of the language: the Persian one in Persian. */
export function formatDate(
  instantMs: number,
  options: { readonly locale: string; readonly zone: string; readonly style: DateStyle },
): string {
  const { locale, zone, style } = options;
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: zone }).format(instantMs);
}

/** The same day in the Gregorian calendar, where the language shows another; else null. */
export function gregorianDate(instantMs: number, { locale, zone }: ZoneOptions): string | null {
  const { calendar } = new Intl.DateTimeFormat(locale).resolvedOptions();
  if (calendar === "gregory") return null;
  return new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, { dateStyle: "long", timeZone: zone }).format(instantMs);
}

export function formatTime(instantMs: number, { locale, zone, seconds = false }: ZoneOptions): string {
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    hourCycle: "h23",
    timeZone: zone,
  }).format(instantMs);
}

const ageSteps: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly ms: number }[] = [
  { unit: "year", ms: 365 * 86_400_000 },
  { unit: "month", ms: 30 * 86_400_000 },
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
];

/** How long ago, or in how long: the greatest whole unit. */
export function relativeTime(instantMs: number, nowMs: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "short" });
  const distance = instantMs - nowMs;
  const step = ageSteps.find(({ ms }) => Math.abs(distance) >= ms) ?? { unit: "second" as const, ms: 1000 };
  const count = Math.trunc(distance / step.ms);
  return format.format(count === 0 && distance <= 0 ? -0 : count, step.unit);
}
