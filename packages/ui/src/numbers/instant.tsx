import { useLocale } from "react-aria-components";
import type { ZonedTime } from "../time/instants.ts";
import { bothZones, formatDate, formatTime, gregorianDate } from "../time/instants.ts";

export type InstantProps = {
  readonly ms: number;
  /** IANA name: the zone that the reader is in. */
  readonly zone: string;
  readonly seconds?: boolean;
};

/** A date and time in one zone, for lists; the whole of it, with the Gregorian day, on hover. */
export function Instant({ ms, zone, seconds = false }: InstantProps) {
  const { locale } = useLocale();
  const full = [formatDate(ms, { locale, zone, style: "long" }), gregorianDate(ms, { locale, zone }), zone];
  return (
    <time dateTime={new Date(ms).toISOString()} title={full.filter((part) => part !== null).join(" · ")}>
      {formatDate(ms, { locale, zone, style: "medium" })}{" "}
      <span className="k-number">{formatTime(ms, { locale, zone, seconds })}</span>
    </time>
  );
}

export type BothZonesProps = Omit<InstantProps, "zone"> & { readonly tenderZone: string; readonly userZone: string };

/** A deadline: in the tender's zone and in one's own, each with its offset; once where they are alike. */
export function BothZones({ ms, tenderZone, userZone, seconds = false }: BothZonesProps) {
  const { locale } = useLocale();
  const { tender, user } = bothZones(ms, { locale, tenderZone, userZone, seconds });
  return (
    <time className="k-both-zones" dateTime={new Date(ms).toISOString()}>
      <Zoned zoned={tender} />
      {user !== null && <Zoned zoned={user} isSecond />}
    </time>
  );
}

function Zoned({ zoned, isSecond = false }: { readonly zoned: ZonedTime; readonly isSecond?: boolean }) {
  return (
    <span className={isSecond ? "k-zoned k-hint" : "k-zoned"}>
      {zoned.date} <span className="k-number">{zoned.time}</span>{" "}
      <span className="k-hint">
        {zoned.zone} <span className="k-number">{zoned.offset}</span>
      </span>
    </span>
  );
}
