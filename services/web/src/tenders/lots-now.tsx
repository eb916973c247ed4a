import type { LotSummary } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { AmountText, QuantityText } from "./numbers.tsx";
import { Remaining } from "./remaining.tsx";

const shownMax = 12;
const againMs = 10_000;

/** Lots that are bid on at this moment, the next to close first. */
export function LotsNow({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const kontor = useKontor();
  const { company } = useSession();
  const lots = useQuery({
    queryKey: ["lots-now", company, marketplaceId],
    refetchInterval: againMs,
    queryFn: async () => {
      return requireValue(await kontor.lots.list(marketplaceId, { phase: ["open", "paused"], limit: shownMax }).page());
    },
  });
  return (
    <section aria-labelledby="lots-now">
      <h2 id="lots-now" className="mb-2 text-16">
        {t("tenders.now")}
      </h2>
      {lots.isPending ? <LoadingView rows={3} /> : null}
      {lots.isError ? <ErrorView error={lots.error} onRetry={() => void lots.refetch()} /> : null}
      {lots.data?.data.length === 0 ? <p className="text-muted">{t("tenders.now_none")}</p> : null}
      {lots.data === undefined || lots.data.data.length === 0 ? null : <LotTable lots={lots.data.data} />}
    </section>
  );
}

function LotTable({ lots }: { readonly lots: readonly LotSummary[] }) {
  const t = useText();
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{t("tenders.lot")}</th>
          <th scope="col" className="text-end">
            {t("tenders.quantity")}
          </th>
          <th scope="col" className="text-end">
            {t("tenders.best")}
          </th>
          <th scope="col" className="text-end">
            {t("tenders.bids")}
          </th>
          <th scope="col" className="text-end">
            {t("tenders.closes_in")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr key={lot.lotId}>
            <td data-label={t("tenders.lot")}>
              <a className="text-brand underline" href={`/auctions/${encodeURIComponent(lot.lotId)}`}>
                {lot.title}
              </a>
            </td>
            <td data-label={t("tenders.quantity")} className="text-end">
              <QuantityText {...lot.quantity} />
            </td>
            <td data-label={t("tenders.best")} className="text-end">
              {lot.bestPrice === undefined ? (
                <span className="text-muted">{t("tenders.hidden")}</span>
              ) : (
                <AmountText value={lot.bestPrice} currency={lot.currency} scale={lot.priceScale} />
              )}
            </td>
            <td data-label={t("tenders.bids")} className="k-number-cell text-end">
              {lot.bidCount ?? "–"}
            </td>
            <td data-label={t("tenders.closes_in")} className="text-end">
              {lot.endsAt === undefined ? t(`tenders.lot_phase.${lot.phase}`) : <Remaining until={lot.endsAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
