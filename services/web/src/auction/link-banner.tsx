import { useText } from "../i18n/use-text.ts";
import type { Room } from "./use-room.ts";

/** What old data means and what is still safe; above the room, so that it never covers the form. */
export function LinkBanner({ room }: { readonly room: Room }) {
  const t = useText();
  const { level, ageMs } = room.link;
  const { view, state } = room;
  const notes: string[] = [];
  if (level === "lost") notes.push(t("auction.banner.lost", { seconds: Math.floor((ageMs ?? 0) / 1000) }));
  if (level === "down") notes.push(t("auction.banner.down"));
  if (view.phase === "paused") notes.push(t("auction.banner.paused"));
  if (view.phase === "paused" && view.reason !== undefined) notes.push(view.reason);
  if (state.stage === "closing") notes.push(t("auction.banner.closing"));
  if (notes.length === 0) return null;
  return (
    <p className="room-banner" data-level={level === "fresh" ? "note" : level}>
      {notes.join(" ")}
    </p>
  );
}
