import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { Figure } from "./figure.tsx";
import { TwoZones } from "./room-clock.tsx";
import { msOf } from "./room-state.ts";
import { ruleSentences } from "./rule-sentences.ts";
import type { Room } from "./use-room.ts";
import { useSay } from "./use-say.ts";

/** What is bid for, and by which rules: one sentence each. */
export function LotCard({ room }: { readonly room: Room }) {
  const t = useText();
  const { view, terms, tender } = room;
  const say = useSay(view.currency);
  const opensAt = msOf(view.opensAt);
  const endsAt = msOf(view.endsAt);
  return (
    <section className="panel lot-card" aria-labelledby="lot-title">
      <p className="lot-kind">{t(`auction.lot.${view.direction}`, { number: view.number })}</p>
      <h2 id="lot-title">{view.title}</h2>
      {terms?.grade ? <p className="text-muted">{terms.grade}</p> : null}
      <dl className="lot-facts">
        {terms?.quantity === undefined ? null : (
          <LotFact label={t("auction.lot.quantity")}>
            <Figure amount={terms.quantity.value} per={terms.quantity.unit} />
          </LotFact>
        )}
        {terms?.delivery ? <LotFact label={t("auction.lot.delivery")}>{terms.delivery}</LotFact> : null}
        {opensAt === null ? null : (
          <LotFact label={t("auction.lot.opens")}>
            <TwoZones at={opensAt} />
          </LotFact>
        )}
        {endsAt === null ? null : (
          <LotFact label={t("auction.lot.ends")}>
            <TwoZones at={endsAt} />
          </LotFact>
        )}
        {tender === null ? null : (
          <LotFact label={t("auction.lot.tender")}>
            <Link to="/tenders/$tenderId" params={{ tenderId: view.tenderId }} className="text-brand underline">
              {tender.title}
            </Link>
          </LotFact>
        )}
      </dl>
      <h3>{t("auction.lot.rules")}</h3>
      <ul className="lot-rules">
        {ruleSentences(view, terms).map((text) => (
          <li key={text.id}>{say(text)}</li>
        ))}
      </ul>
    </section>
  );
}

function LotFact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
