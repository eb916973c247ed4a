import { flush, flushInMs, notice, silentAnnouncer, thresholdPassed } from "@kontor/ui";
import { useEffect, useRef, useState } from "react";
import { useSettings } from "../app/settings-provider.tsx";
import { playAlert, shake } from "./alert-sound.ts";
import type { Told } from "./announcements.ts";
import { clockTexts, lostLead, noticesOf, standingTexts } from "./announcements.ts";
import { useSay } from "./use-say.ts";
import { useTick } from "./use-tick.ts";

type RoomAnnouncerProps = {
  readonly told: Told;
  readonly currency: string;
  /** Grows each time that somebody asks to hear his state. */
  readonly asked: number;
};

const lookEveryMs = 500;

/** Two silent places that speak: changes politely and seldom, what cannot wait at once. */
export function RoomAnnouncer({ told, currency, asked }: RoomAnnouncerProps) {
  const say = useSay(currency);
  const { sound } = useSettings();
  const [spoken, setSpoken] = useState({ polite: "", assertive: "" });
  const state = useRef(silentAnnouncer);
  const before = useRef(told);
  const heard = useRef(asked);
  useTick(lookEveryMs);
  useEffect(() => {
    const now = performance.now();
    const tell = (topic: string, text: string, urgent: boolean): void => {
      const step = notice(state.current, { topic, text, urgent }, now);
      state.current = step.state;
      if (step.say !== null) setSpoken((was) => ({ ...was, [step.say?.region ?? "polite"]: step.say?.text ?? "" }));
    };
    const last = before.current;
    before.current = told;
    for (const { topic, texts, urgent } of noticesOf(last, told)) tell(topic, texts.map(say).join(" "), urgent);
    if (lostLead(last, told)) {
      shake();
      if (sound) playAlert();
    }
    const { clock } = told.room;
    const passed = thresholdPassed(last.room.clock.remainingMs ?? 0, clock.remainingMs ?? 0);
    if (passed !== null && clock.kind === "closes_in") tell("clock", clockTexts(told.room).map(say).join(" "), false);
    if (asked !== heard.current) {
      heard.current = asked;
      tell("status", [...standingTexts(told), ...clockTexts(told.room)].map(say).join(" "), true);
    }
    if (flushInMs(state.current, now) !== 0) return;
    const step = flush(state.current, now);
    state.current = step.state;
    if (step.say !== null) setSpoken((was) => ({ ...was, polite: step.say?.text ?? "" }));
  });
  return (
    <>
      <p className="sr-only" aria-live="polite">
        {spoken.polite}
      </p>
      <p className="sr-only" aria-live="assertive">
        {spoken.assertive}
      </p>
    </>
  );
}
