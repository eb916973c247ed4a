import type { PurchaseOrderSummary } from "@kontor/protocol";
import { Button, Select } from "@kontor/ui";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMarketplace } from "../app/marketplace.ts";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { Money } from "../catalogue/figure.tsx";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import { orderStates } from "./order-search.ts";
import { OrderStateWord } from "./order-state-word.tsx";
import { usePeople } from "./people.ts";
import { shortTime } from "./times.ts";
import { useOrders } from "./use-orders.ts";

const route = getRouteApi("/orders");

/** What one's company has ordered, the newest first. */
export function OrdersPage() {
  const t = useText();
  const market = useMarketplace();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle(t("buying.orders"));
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h1 className="text-20">{t("buying.orders")}</h1>
        <div className="w-56">
          <Select
            label={t("buying.orders.state")}
            isLabelHidden
            value={state ?? "all"}
            options={[
              { id: "all", label: t("buying.orders.all") },
              ...orderStates.map((id) => ({ id, label: t(`buying.state.${id}`) })),
            ]}
            onChange={(id) => {
              const chosen = orderStates.find((name) => name === id);
              void navigate({
                search: ({ m }) => ({
                  ...(m === undefined ? {} : { m }),
                  ...(chosen === undefined ? {} : { state: chosen }),
                }),
              });
            }}
          />
        </div>
      </div>
      {market === null ? (
        <LoadingView />
      ) : (
        <OrderList key={market.marketplaceId} marketplaceId={market.marketplaceId} />
      )}
    </div>
  );
}

function OrderList({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const search = route.useSearch();
  const vendorName = useVendorNames(marketplaceId);
  const { state } = search;
  const found = useOrders(marketplaceId, state === undefined ? {} : { state });
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <LoadingView rows={8} />;
  const orders = found.data.pages.flatMap(({ data }) => data);
  if (orders.length === 0)
    return state === undefined ? (
      <StateFrame title={t("buying.orders.none")} text={t("buying.orders.none_text")}>
        <Link to="/catalogue" className="text-brand underline">
          {t("catalogue.title")}
        </Link>
      </StateFrame>
    ) : (
      <StateFrame title={t("buying.orders.none_filtered")} text={t(`buying.state.${state}`)}>
        <Link to="/orders" search={{}} className="text-brand underline">
          {t("buying.orders.all")}
        </Link>
      </StateFrame>
    );
  return (
    <>
      <ul className="border-t border-line">
        {orders.map((order) => (
          <OrderRow key={order.orderId} order={order} vendor={vendorName(order.vendorId)} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          {t("buying.orders.more")}
        </Button>
      ) : null}
    </>
  );
}

function OrderRow({ order, vendor }: { readonly order: PurchaseOrderSummary; readonly vendor: string }) {
  const locale = useLocale();
  const t = useText();
  const personOf = usePeople();
  const { orderId, number, buyerNumber, state, fulfilment, total, currency, createdAt, requestedBy } = order;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2 hover:bg-surface md:grid-cols-[8rem_minmax(0,1fr)_15rem_16rem_7rem]">
      <Link to="/orders/$orderId" params={{ orderId }} className="font-medium after:absolute after:inset-0">
        <bdi>{buyerNumber === "" ? t("buying.order.number", { number }) : buyerNumber}</bdi>
      </Link>
      <bdi className="order-3 col-span-2 truncate text-13 text-muted md:order-none md:col-span-1">{vendor}</bdi>
      <span className="order-4 text-13 md:order-none">
        <OrderStateWord state={state} />
        {fulfilment === undefined ? null : (
          <span className="ms-2 text-muted">{t(`buying.fulfilment.${fulfilment}`)}</span>
        )}
      </span>
      <span className="order-5 truncate text-end text-13 text-muted md:order-none md:text-start">
        {shortTime(createdAt, locale)}
        <span className="ms-2 hidden md:inline">
          <bdi>{personOf(requestedBy)}</bdi>
        </span>
      </span>
      <span className="order-2 text-end font-medium md:order-none">
        <Money value={total} currency={currency} />
      </span>
    </li>
  );
}
