import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { Figure } from "./figure.tsx";
import { TwoZones } from "./room-clock.tsx";
import type { Room } from "./use-room.ts";

/** Instead of the form, once nobody can bid any more: what is known, and what happens next. */
export function RoomResult({ room }: { readonly room: Room }) {
  const t = useText();
  const { view, state, own, bid } = room;
  const { result } = view;
  const price = own?.award?.price ?? result?.price;
  const next = state.hero.kind === "no_award" ? "no_award" : state.hero.kind;
  return (
    <section className="panel room-result" aria-labelledby="result-title">
      <header className="panel-head">
        <h2 id="result-title">{t("auction.result.title")}</h2>
      </header>
      {state.clock.at === null ? null : (
        <p className="text-muted">
          {t("auction.result.ended")} <TwoZones at={state.clock.at} />
        </p>
      )}
      {price === undefined ? null : (
        <p className="result-price">
          <Figure amount={price} currency={view.currency} per={bid.quantity?.unit} />
        </p>
      )}
      {result?.winnerAlias === undefined ? null : (
        <p>
          {t("auction.result.winner")} <bdi>{result.winnerAlias}</bdi>
        </p>
      )}
      {view.reason === undefined ? null : <p>{view.reason}</p>}
      <p>{t(`auction.result.next.${next}`)}</p>
      <Link to="/tenders/$tenderId" params={{ tenderId: view.tenderId }} className="text-brand underline">
        {t("auction.result.tender")}
      </Link>
    </section>
  );
}
