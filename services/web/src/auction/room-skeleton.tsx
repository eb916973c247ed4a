import { useText } from "../i18n/use-text.ts";

/** The room's shape while its first state is on the way. */
export function RoomSkeleton() {
  const t = useText();
  return (
    <div className="room loading-view" role="status">
      <span className="sr-only">{t("auction.loading")}</span>
      <div className="room-bar skeleton" />
      <div className="room-lot skeleton skeleton-tall" />
      <div className="room-main">
        <div className="skeleton skeleton-hero" />
        <div className="skeleton skeleton-tall" />
      </div>
      <div className="room-side skeleton skeleton-tall" />
    </div>
  );
}
