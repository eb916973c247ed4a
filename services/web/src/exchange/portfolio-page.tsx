import type { FillRecord, InstrumentRecord, OrderRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMarketplace } from "../app/marketplace.ts";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { CreditTable } from "./credit-table.tsx";
import { gridOf } from "./instrument-grid.ts";
import type { Market } from "./market.ts";
import { useAccount } from "./market.ts";
import { useMarkets } from "./market-list-page.tsx";
import { useNumbers } from "./numbers.ts";
import { clockOf, OrderTable } from "./order-table.tsx";
import { liveOrderRows, orderRowOf } from "./own-orders.ts";
import { useCancelling } from "./trading.ts";

/** What the company has in all markets: orders that stand, positions, money, goods, and what it traded. */
export function PortfolioPage() {
  const t = useText();
  usePageTitle(t("exchange.nav.portfolio"));
  const markets = useMarkets();
  return (
    <div className="space-y-6">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 font-semibold">{t("exchange.nav.portfolio")}</h1>
        <StatementLink />
      </header>
      {markets.isPending ? <LoadingView /> : null}
      {markets.error ? <ErrorView error={markets.error} onRetry={() => void markets.refetch()} /> : null}
      {markets.data?.map((record) => (
        <Holding key={record.instrumentId} record={record} />
      ))}
      <History records={markets.data ?? []} />
    </div>
  );
}

/** The day so far, in UTC, as a table file. */
function StatementLink() {
  const t = useText();
  const marketplaceId = useMarketplace()?.marketplaceId;
  if (marketplaceId === undefined) return null;
  const day = new Date().toISOString().slice(0, 10);
  const href = `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/statements/${day}/table`;
  return (
    <a className="button button-quiet text-13" href={href} download={`statement-${day}.csv`}>
      {t("exchange.statement", { day })}
    </a>
  );
}

function Holding({ record }: { readonly record: InstrumentRecord }) {
  const { instrumentId, terms } = record;
  const account = useAccount(instrumentId);
  const { cancelling, cancel } = useCancelling();
  const market = useMemo<Market>(
    () => ({ record, instrumentId, grid: gridOf(terms), phase: record.phase, book: null }),
    [record, instrumentId, terms],
  );
  const isEmpty = account === null || (Object.keys(account.orders).length === 0 && account.money === undefined);
  if (isEmpty) return null;
  return (
    <section className="border-t border-line pt-3">
      <h2 className="text-16 font-semibold">
        <Link to="/markets/$instrumentId" params={{ instrumentId }} className="text-brand hover:underline">
          {terms.title}
        </Link>
      </h2>
      <CreditTable market={market} account={account} />
      <OrderTable
        orders={liveOrderRows(instrumentId, account.orders, cancelling)}
        grid={market.grid}
        terms={terms}
        onCancel={(orderId) => void cancel(instrumentId, orderId)}
      />
    </section>
  );
}

const pageSize = 50;

function useHistory() {
  const kontor = useKontor();
  const { company } = useSession();
  const marketplaceId = useMarketplace()?.marketplaceId;
  return useQuery({
    queryKey: ["own-trading", company, marketplaceId],
    enabled: marketplaceId !== undefined,
    queryFn: async (): Promise<{ readonly orders: readonly OrderRecord[]; readonly fills: readonly FillRecord[] }> => {
      const market = marketplaceId ?? "";
      const [orders, fills] = await Promise.all([
        kontor.instruments.orders(market, { limit: pageSize }).page(),
        kontor.instruments.fills(market, { limit: pageSize }).page(),
      ]);
      return { orders: requireValue(orders).data, fills: requireValue(fills).data };
    },
  });
}

function History({ records }: { readonly records: readonly InstrumentRecord[] }) {
  const t = useText();
  const { data, isPending, error, refetch } = useHistory();
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />;
  if (isPending) return <LoadingView rows={4} />;
  const ended = data.orders.filter(({ state }) => state !== "open");
  return (
    <>
      <section className="border-t border-line pt-3">
        <h2 className="mb-2 text-16 font-semibold">{t("exchange.fills")}</h2>
        {data.fills.length === 0 ? <p className="text-13 text-muted">{t("exchange.fills.empty")}</p> : null}
        <RowList
          rows={data.fills.map((fill) => ({ ...fill, key: fill.fillId, name: fill.tradeId }))}
          records={records}
        />
      </section>
      <section className="border-t border-line pt-3">
        <h2 className="mb-2 text-16 font-semibold">{t("exchange.orders.ended")}</h2>
        {ended.length === 0 ? <p className="text-13 text-muted">{t("exchange.orders.ended_empty")}</p> : null}
        <RowList
          rows={ended.map((order) => ({
            ...order,
            key: order.orderId,
            name: order.orderId,
            word: orderRowOf(order).word,
          }))}
          records={records}
        />
      </section>
    </>
  );
}

type HistoryRow = Pick<FillRecord, "instrumentId" | "side" | "quantity" | "at"> & {
  readonly key: string;
  readonly name: string;
  readonly price?: string | undefined;
  readonly word?: string;
};

function RowList({
  rows,
  records,
}: {
  readonly rows: readonly HistoryRow[];
  readonly records: readonly InstrumentRecord[];
}) {
  if (rows.length === 0) return null;
  return (
    <table className="data-table text-13">
      <tbody>
        {rows.map((row) => {
          const record = records.find(({ instrumentId }) => instrumentId === row.instrumentId);
          return record === undefined ? null : <OneRow key={row.key} row={row} record={record} />;
        })}
      </tbody>
    </table>
  );
}

function OneRow({ row, record }: { readonly row: HistoryRow; readonly record: InstrumentRecord }) {
  const t = useText();
  const grid = useMemo(() => gridOf(record.terms), [record.terms]);
  const numbers = useNumbers(grid, record.terms);
  return (
    <tr>
      <td>{record.terms.grade}</td>
      <td data-label={t("exchange.column.side")} className={row.side === "buy" ? "text-up" : "text-down"}>
        {t(`exchange.${row.side}`)}
      </td>
      <td data-label={t("exchange.column.quantity")} className="text-end">
        <span className="k-number">{`${numbers.quantity(row.quantity)} ${numbers.unit}`}</span>
      </td>
      <td data-label={t("exchange.column.price")} className="text-end">
        <span className="k-number">{row.price === undefined ? "—" : numbers.price(row.price)}</span>
      </td>
      {row.word === undefined ? null : (
        <td data-label={t("exchange.column.state")}>{t(`exchange.state.${row.word}`)}</td>
      )}
      <td data-label={t("exchange.column.time")}>
        <time className="k-number" dateTime={row.at}>
          {clockOf(row.at, numbers.locale)}
        </time>
      </td>
      <td data-label={t("exchange.column.id")} className="font-mono text-12">
        {row.name.slice(row.name.lastIndexOf("-") + 1)}
      </td>
    </tr>
  );
}
