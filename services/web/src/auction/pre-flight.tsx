import { Button } from "react-aria-components";
import { useSettings } from "../app/settings-provider.tsx";
import { useText } from "../i18n/use-text.ts";
import { playAlert } from "./alert-sound.ts";
import type { Room } from "./use-room.ts";

type Check = { readonly id: string; readonly state: "good" | "warn" | "waiting"; readonly text: string };

const delayGoodMs = 300;
const clockGoodMs = 100;

/** What should be looked at before the auction opens: the clock, the delay, the sound, the session, the permission. */
export function PreFlight({ room }: { readonly room: Room }) {
  const t = useText();
  const { sound } = useSettings();
  const { link, own, state } = room;
  const { clockErrorMs, roundTripMs } = link;
  const measured = (id: string, ms: number | null, goodMs: number): Check => ({
    id,
    state: stateOf(ms, goodMs),
    text: ms === null ? t("auction.check.measuring") : t(`auction.check.${id}_value`, { ms: Math.round(ms) }),
  });
  const isAdmitted = own?.admitted === true;
  const checks: readonly Check[] = [
    measured("clock", clockErrorMs, clockGoodMs),
    measured("delay", roundTripMs, delayGoodMs),
    {
      id: "session",
      state: link.level === "fresh" ? "good" : "warn",
      text: t(`auction.check.session_${link.level === "fresh" ? "good" : "bad"}`),
    },
    {
      id: "admission",
      state: isAdmitted ? "good" : "warn",
      text: t(isAdmitted ? "auction.check.admitted" : "auction.check.not_admitted"),
    },
    {
      id: "sound",
      state: sound ? "good" : "warn",
      text: t(sound ? "auction.check.sound_on" : "auction.check.sound_off"),
    },
  ];
  return (
    <section className="panel pre-flight" aria-labelledby="check-title">
      <header className="panel-head">
        <h2 id="check-title">{t("auction.check.title")}</h2>
      </header>
      <p className="text-muted">{t(state.stage === "lobby" ? "auction.check.lobby" : "auction.check.early")}</p>
      <ul>
        {checks.map((check) => (
          <li key={check.id} data-state={check.state}>
            <span aria-hidden="true">{{ good: "✓", warn: "!", waiting: "…" }[check.state]}</span>
            <span>{t(`auction.check.${check.id}`)}</span>
            <span className="check-value">{check.text}</span>
          </li>
        ))}
      </ul>
      <Button className="button button-quiet" onPress={() => playAlert()}>
        {t("auction.check.play")}
      </Button>
    </section>
  );
}

function stateOf(ms: number | null, goodMs: number): Check["state"] {
  if (ms === null) return "waiting";
  return ms <= goodMs ? "good" : "warn";
}
