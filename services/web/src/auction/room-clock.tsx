import { countdownFace, formatDate, formatTime, localDigits, nextFaceInMs, offsetOf } from "@kontor/ui";
import { useEffect, useState } from "react";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { ClockState } from "./room-state.ts";

type RoomClockProps = { readonly clock: ClockState; readonly serverNow: () => number };

/** What is left, by the server's clock. It says nothing by itself: the announcer does that, and seldom. */
export function RoomClock({ clock, serverNow }: RoomClockProps) {
  const t = useText();
  const running = clock.kind === "closes_in" || clock.kind === "starts_in";
  const left = useRemaining(running ? clock.at : null, serverNow) ?? clock.remainingMs;
  const tone = clock.kind === "closes_in" && left !== null ? countdownFace(left).tone : "calm";
  return (
    <div className="room-clock" data-tone={clock.kind === "frozen" ? "warning" : tone} role="timer" aria-live="off">
      <span className="room-clock-label">{t(`auction.clock.${clock.kind}`)}</span>
      {left === null || clock.kind === "ended" || clock.kind === "confirming" ? null : <Face ms={left} />}
    </div>
  );
}

function Face({ ms }: { readonly ms: number }) {
  const t = useText();
  const locale = useLocale();
  const { days, text } = countdownFace(ms);
  return (
    <span className="k-number room-clock-face" dir="ltr">
      {days > 0 ? <span className="room-clock-days">{t("auction.clock.days", { days })} </span> : null}
      {localDigits(text, locale)}
    </span>
  );
}

/** Milliseconds until the instant; draws again when the face changes. Null where there is none. */
function useRemaining(at: number | null, serverNow: () => number): number | null {
  const [, draw] = useState(0);
  const left = at === null ? null : Math.max(0, at - serverNow());
  useEffect(() => {
    if (at === null || left === null || left <= 0) return;
    const timer = setTimeout(() => draw((count) => count + 1), nextFaceInMs(left));
    return () => clearTimeout(timer);
  });
  return left;
}

/** The instant on the wall clocks of the server's day (UTC) and of this person, offsets written out. */
export function TwoZones({ at }: { readonly at: number }) {
  const locale = useLocale();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = offsetOf(at, own) === offsetOf(at, "UTC") ? ["UTC"] : [own, "UTC"];
  return (
    <span className="two-zones">
      {zones.map((zone) => (
        <span key={zone}>
          {formatDate(at, { locale, zone, style: "medium" })}{" "}
          <bdi className="k-number">{formatTime(at, { locale, zone, seconds: true })}</bdi>{" "}
          <bdi className="k-unit" dir="ltr">
            {zone === "UTC" ? "UTC" : offsetOf(at, zone)}
          </bdi>
        </span>
      ))}
    </span>
  );
}
