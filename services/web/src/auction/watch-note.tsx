import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import type { Room } from "./use-room.ts";

/** Instead of the form, for who does not bid here: why, and the way in. */
export function WatchNote({ room }: { readonly room: Room }) {
  const t = useText();
  const kind = room.audience === "owner" ? "owner" : "public";
  return (
    <section className="panel watch-note" aria-labelledby="watch-title">
      <header className="panel-head">
        <h2 id="watch-title">{t(`auction.watch.${kind}.title`)}</h2>
      </header>
      <p className="text-muted">{t(`auction.watch.${kind}.text`)}</p>
      <Link to="/tenders/$tenderId" params={{ tenderId: room.view.tenderId }} className="text-brand underline">
        {t("auction.watch.tender")}
      </Link>
    </section>
  );
}
