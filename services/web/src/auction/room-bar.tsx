import { CircleHelp, Volume2, VolumeX } from "lucide-react";
import { Button } from "react-aria-components";
import { useSettings } from "../app/settings-provider.tsx";
import { useText } from "../i18n/use-text.ts";
import { LinkChip } from "./link-chip.tsx";
import { RoomClock } from "./room-clock.tsx";
import type { Room } from "./use-room.ts";

type RoomBarProps = { readonly room: Room; readonly onHelp: () => void; readonly onLot: (number: number) => void };

/** Always in sight: which lot, in which state, how long still, and whether what is shown is true now. */
export function RoomBar({ room, onHelp, onLot }: RoomBarProps) {
  const t = useText();
  const { view, state, tender, link, serverNow } = room;
  const { sound, change } = useSettings();
  const lots = Object.values(tender?.lots ?? {}).sort((a, b) => a.number - b.number);
  const Sound = sound ? Volume2 : VolumeX;
  return (
    <header className="room-bar">
      <div className="room-name">
        {lots.length > 1 ? (
          <select
            className="lot-switch"
            aria-label={t("auction.bar.lot")}
            value={view.number}
            onChange={(event) => onLot(Number(event.currentTarget.value))}
          >
            {lots.map((lot) => (
              <option key={lot.number} value={lot.number}>
                {t("auction.bar.lot_name", { number: lot.number, title: lot.terms.title ?? "" })}
              </option>
            ))}
          </select>
        ) : (
          <h1>{view.title}</h1>
        )}
        {tender === null ? null : <p className="room-tender">{tender.title}</p>}
      </div>
      <span className="stage-word" data-stage={state.stage}>
        {t(`auction.stage.${state.stage}`)}
      </span>
      {state.extensions > 0 && state.stage === "open" ? (
        <span className="stage-extended">{t("auction.bar.extended", { count: state.extensions })}</span>
      ) : null}
      <RoomClock clock={state.clock} serverNow={serverNow} />
      <LinkChip link={link} />
      <div className="room-tools">
        <Button
          className="icon-button"
          aria-pressed={sound}
          aria-label={t(sound ? "auction.bar.mute" : "auction.bar.unmute")}
          onPress={() => change({ sound: !sound })}
        >
          <Sound size={20} strokeWidth={1.5} aria-hidden="true" />
        </Button>
        <Button className="icon-button help-button" aria-label={t("auction.keys.title")} onPress={onHelp}>
          <CircleHelp size={20} strokeWidth={1.5} aria-hidden="true" />
        </Button>
      </div>
    </header>
  );
}
