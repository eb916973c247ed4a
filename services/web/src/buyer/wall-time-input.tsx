import type { Calendar } from "@kontor/protocol";
import { zonedTime } from "@kontor/ui";
import { useState } from "react";
import { useLocale, useText } from "../i18n/use-text.ts";
import { FieldFrame } from "./fields.tsx";
import type { DraftDesk } from "./use-draft.ts";
import { useProblemText } from "./use-problem-text.ts";
import type { WallReading } from "./wall-time.ts";
import { clocksChange, readWallTime, wallTimeOf } from "./wall-time.ts";
import { fieldIdOf } from "./wizard-state.ts";

type Zones = { readonly written: string; readonly own: string };

type WallTimeInputProps = {
  readonly desk: DraftDesk;
  readonly name: keyof Calendar;
  readonly zones: Zones;
  readonly onChange: (at: string | null) => void;
};

/** A date and time as a clock on the wall; below it the same instant elsewhere, and what a change of clocks does to it. */
export function WallTimeInput({ desk, name, zones, onChange }: WallTimeInputProps) {
  const t = useText();
  const problemAt = useProblemText(desk);
  const at = desk.terms.calendar[name];
  const [text, setText] = useState(() => (at === null ? "" : wallTimeOf(at, zones.written)));
  const reading = text === "" ? null : readWallTime(text, zones.written);
  const put = (next: string): void => {
    setText(next);
    const read = next === "" ? null : readWallTime(next, zones.written);
    onChange(read !== null && "instant" in read ? read.instant : null);
  };
  const pointer = `/calendar/${name}`;
  const error = reading?.kind === "never" ? t("buyer.time.never") : problemAt(pointer);
  return (
    <div className="space-y-1 border-b border-line pb-4">
      <FieldFrame
        id={fieldIdOf(pointer)}
        label={t(`buyer.calendar.${name}`)}
        hint={t(`buyer.calendar.${name}.hint`)}
        error={error}
      >
        {(id, describedBy) => (
          <input
            id={id}
            type="datetime-local"
            dir="ltr"
            className="field-input k-number sm:max-w-72"
            aria-describedby={describedBy}
            aria-invalid={error !== undefined}
            value={text}
            onChange={(event) => put(event.target.value)}
          />
        )}
      </FieldFrame>
      {at === null ? null : <Elsewhere at={at} zones={zones} />}
      {at === null ? null : <ClockNotes at={at} now={desk.now} zone={zones.written} />}
      {reading?.kind === "twice" ? <TwiceQuestion reading={reading} at={at} zones={zones} onChange={onChange} /> : null}
    </div>
  );
}

/** The instant in the zone it was written in, in one's own and in UTC. */
function Elsewhere({ at, zones }: { readonly at: string; readonly zones: Zones }) {
  const locale = useLocale();
  const shown = [...new Set([zones.written, zones.own, "UTC"])];
  return (
    <ul className="text-13 text-muted">
      {shown.map((zone) => {
        const { date, time, offset } = zonedTime(Date.parse(at), { locale, zone });
        return (
          <li key={zone}>
            <bdi>{date}</bdi> <span className="k-number font-medium text-text">{time}</span>{" "}
            <bdi>{zone.replaceAll("_", " ")}</bdi> {zone === "UTC" ? null : <bdi className="k-number">{offset}</bdi>}
          </li>
        );
      })}
    </ul>
  );
}

function ClockNotes({ at, now, zone }: { readonly at: string; readonly now: number; readonly zone: string }) {
  const t = useText();
  const atMs = Date.parse(at);
  const weekday = new Date(wallTimeOf(at, zone).slice(0, 10)).getUTCDay();
  return (
    <>
      {clocksChange(now, atMs, zone) ? (
        <p className="border-s-2 border-warn ps-3 text-13">{t("buyer.time.clocks_change")}</p>
      ) : null}
      {weekday === 0 || weekday === 6 ? (
        <p className="border-s-2 border-warn ps-3 text-13">{t("buyer.time.weekend")}</p>
      ) : null}
    </>
  );
}

function TwiceQuestion(props: {
  readonly reading: Extract<WallReading, { kind: "twice" }>;
  readonly at: string | null;
  readonly zones: Zones;
  readonly onChange: (at: string) => void;
}) {
  const { reading, at, zones, onChange } = props;
  const t = useText();
  const locale = useLocale();
  return (
    <fieldset className="text-13">
      <legend>{t("buyer.time.twice")}</legend>
      {[reading.instant, reading.later].map((instant) => (
        <label key={instant} className="me-4 inline-flex items-center gap-2">
          <input type="radio" checked={at === instant} onChange={() => onChange(instant)} />
          <bdi className="k-number">{zonedTime(Date.parse(instant), { locale, zone: zones.written }).offset}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
