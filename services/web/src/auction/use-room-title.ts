import { countdownFace } from "@kontor/ui";
import { useEffect } from "react";
import { useText } from "../i18n/use-text.ts";
import { heroText } from "./announcements.ts";
import type { Room } from "./use-room.ts";
import { useSay } from "./use-say.ts";

/** The title of the tab: what is left, where one stands, which lot. It counts on while the tab is hidden. */
export function useRoomTitle(room: Room): void {
  const t = useText();
  const { view, state, serverNow } = room;
  const say = useSay(view.currency);
  const { kind, at } = state.clock;
  const rest = `${say(heroText(state))} · ${view.title}`;
  const label = t(`auction.clock.${kind}`);
  useEffect(() => {
    const write = (): void => {
      const runs = at !== null && (kind === "closes_in" || kind === "starts_in");
      const face = runs ? countdownFace(Math.max(0, at - serverNow())) : null;
      const left = face === null ? label : face.text.replace(/\.\d$/, "");
      document.title = `${face !== null && face.days > 0 ? `${face.days} d ` : ""}${left} · ${rest}`;
    };
    write();
    const timer = setInterval(write, 1_000);
    return () => clearInterval(timer);
  }, [kind, at, label, rest, serverNow]);
}
