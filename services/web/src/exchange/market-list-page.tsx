import type { InstrumentRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMarketplace } from "../app/marketplace.ts";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { useStream } from "../live/use-stream.ts";
import { gridOf } from "./instrument-grid.ts";
import { Change } from "./market-header.tsx";
import { useNumbers } from "./numbers.ts";

const listedMax = 100;

/** What trades here: last price, change, best prices and phase, as they move. */
export function MarketListPage() {
  const t = useText();
  usePageTitle(t("exchange.nav.markets"));
  const markets = useMarkets();
  const { data } = markets;
  return (
    <div className="space-y-4">
      <h1 className="text-20 font-semibold">{t("exchange.nav.markets")}</h1>
      {markets.isPending ? <LoadingView /> : null}
      {markets.error ? <ErrorView error={markets.error} onRetry={() => void markets.refetch()} /> : null}
      {data?.length === 0 ? (
        <StateFrame title={t("exchange.markets.empty")} text={t("exchange.markets.empty_text")} />
      ) : null}
      {data !== undefined && data.length > 0 ? <MarketTable markets={data} /> : null}
    </div>
  );
}

export function useMarkets() {
  const kontor = useKontor();
  const { company } = useSession();
  const marketplaceId = useMarketplace()?.marketplaceId;
  return useQuery({
    queryKey: ["markets", company, marketplaceId],
    enabled: marketplaceId !== undefined,
    staleTime: 60_000,
    queryFn: async (): Promise<readonly InstrumentRecord[]> => {
      const query = { state: "listed", limit: listedMax } as const;
      return requireValue(await kontor.instruments.list(marketplaceId ?? "", query).page()).data;
    },
  });
}

function MarketTable({ markets }: { readonly markets: readonly InstrumentRecord[] }) {
  const t = useText();
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th>{t("exchange.column.market")}</th>
          <th className="text-end">{t("exchange.column.last")}</th>
          <th className="text-end">{t("exchange.column.change")}</th>
          <th className="text-end">{t("exchange.header.bid")}</th>
          <th className="text-end">{t("exchange.header.ask")}</th>
          <th className="text-end">{t("exchange.header.volume")}</th>
          <th>{t("exchange.column.phase")}</th>
        </tr>
      </thead>
      <tbody>
        {markets.map((record) => (
          <MarketRow key={record.instrumentId} record={record} />
        ))}
      </tbody>
    </table>
  );
}

function MarketRow({ record }: { readonly record: InstrumentRecord }) {
  const t = useText();
  const { terms, instrumentId } = record;
  const grid = useMemo(() => gridOf(terms), [terms]);
  const numbers = useNumbers(grid, terms);
  const quote = useStream(`quote:${instrumentId}`).view;
  const price = (text: string | undefined): string => (text === undefined ? "—" : numbers.price(text));
  const last = quote?.last ?? record.last;
  return (
    <tr data-market={instrumentId}>
      <td>
        <Link to="/markets/$instrumentId" params={{ instrumentId }} className="font-medium text-brand hover:underline">
          {terms.title}
        </Link>
        <span className="block text-12 text-muted">{`${terms.deliveryTerm} ${terms.place} · ${terms.period}`}</span>
      </td>
      <td data-label={t("exchange.column.last")} className="text-end">
        <span className="k-number font-medium">{price(last)}</span>{" "}
        <span className="text-12 text-muted">{numbers.per}</span>
      </td>
      <td data-label={t("exchange.column.change")} className="text-end">
        <Change grid={grid} last={last} from={quote?.previousClose ?? record.reference} />
      </td>
      <td data-label={t("exchange.header.bid")} className="text-end">
        <span className="k-number">{price(quote?.bid)}</span>
      </td>
      <td data-label={t("exchange.header.ask")} className="text-end">
        <span className="k-number">{price(quote?.ask)}</span>
      </td>
      <td data-label={t("exchange.header.volume")} className="text-end">
        <span className="k-number">{quote === null ? "—" : numbers.quantity(quote.volume)}</span>{" "}
        <span className="text-12 text-muted">{numbers.unit}</span>
      </td>
      <td data-label={t("exchange.column.phase")}>{t(`exchange.phase.${quote?.phase ?? record.phase}`)}</td>
    </tr>
  );
}
