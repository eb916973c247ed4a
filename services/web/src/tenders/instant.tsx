import { zonedTime } from "@kontor/ui";
import { useLocale } from "../i18n/use-text.ts";

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An instant in the reader's zone with its offset; `isFull` adds UTC, which every party reads alike. */
export function InstantText({ at, isFull = false }: { readonly at: string; readonly isFull?: boolean }) {
  const locale = useLocale();
  const here = zonedTime(Date.parse(at), { locale, zone: ownZone });
  const everywhere = zonedTime(Date.parse(at), { locale, zone: "UTC" });
  return (
    <time dateTime={at} className="whitespace-nowrap">
      <bdi>{here.date}</bdi> <span className="k-number">{here.time}</span>{" "}
      <span className="k-number text-12 text-muted">{here.offset}</span>
      {isFull && here.offset !== everywhere.offset ? (
        <span className="block text-12 text-muted">
          <bdi>{everywhere.date}</bdi> <span className="k-number">{everywhere.time} UTC</span>
        </span>
      ) : null}
    </time>
  );
}
