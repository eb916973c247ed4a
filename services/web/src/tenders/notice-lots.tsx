import type { TenderView } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { InstantText } from "./instant.tsx";
import { AmountText, QuantityText } from "./numbers.tsx";
import { Remaining } from "./remaining.tsx";

type Lot = TenderView["lots"][string];

/** Every lot with its quantity, place, start price and times; its title leads to the auction room. */
export function NoticeLots({ view }: { readonly view: TenderView }) {
  const t = useText();
  const lots = Object.entries(view.lots).sort(([, a], [, b]) => a.number - b.number);
  return (
    <section aria-labelledby="lots">
      <h2 id="lots" className="mb-2 text-16">
        {t("tenders.lots")}
      </h2>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t("tenders.lot")}</th>
            <th scope="col" className="text-end">
              {t("tenders.quantity")}
            </th>
            <th scope="col" className="text-end">
              {t("tenders.start_price")}
            </th>
            <th scope="col">{t("tenders.phase")}</th>
            <th scope="col" className="text-end">
              {t("tenders.auction")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lots.map(([lotId, lot]) => (
            <LotRow key={lotId} lotId={lotId} lot={lot} currency={view.currency} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LotRow(props: { readonly lotId: string; readonly lot: Lot; readonly currency: string }) {
  const t = useText();
  const { lotId, lot, currency } = props;
  const { title, grade, quantity, delivery, rules } = lot.terms;
  const start = rules?.startPrice;
  return (
    <tr>
      <td data-label={t("tenders.lot")}>
        <a href={`/auctions/${encodeURIComponent(lotId)}`} className="font-medium text-brand hover:underline">
          {lot.number}. <bdi>{title}</bdi>
        </a>
        <span className="block text-12 text-muted">
          <bdi>{[grade, delivery].filter((part) => part !== undefined && part !== "").join(" · ")}</bdi>
        </span>
      </td>
      <td data-label={t("tenders.quantity")} className="text-end">
        {quantity === undefined ? "–" : <QuantityText {...quantity} />}
      </td>
      <td data-label={t("tenders.start_price")} className="text-end">
        {start === undefined ? (
          <span className="text-muted">{t("tenders.hidden")}</span>
        ) : (
          <AmountText value={start} currency={currency} scale={rules?.priceScale ?? 2} />
        )}
      </td>
      <td data-label={t("tenders.phase")}>{t(`tenders.lot_phase.${lot.phase}`)}</td>
      <td data-label={t("tenders.auction")} className="text-end">
        <LotTimes lot={lot} />
      </td>
    </tr>
  );
}

function LotTimes({ lot }: { readonly lot: Lot }) {
  const isOpen = lot.phase === "open";
  if (isOpen && lot.endsAt !== undefined) return <Remaining until={lot.endsAt} />;
  const at = lot.endsAt ?? lot.opensAt;
  return at === undefined ? <span className="text-muted">–</span> : <InstantText at={at} />;
}
