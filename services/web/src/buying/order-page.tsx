import type { PurchaseOrderRecord } from "@kontor/protocol";
import { Button, Timeline } from "@kontor/ui";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMarketplace } from "../app/marketplace.ts";
import { useMay } from "../app/permissions.ts";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import { ApprovalRoute } from "./approval-route.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { OrderLines } from "./order-lines.tsx";
import { OrderShipments } from "./order-shipments.tsx";
import { OrderStateWord } from "./order-state-word.tsx";
import { OrderSums } from "./order-sums.tsx";
import { usePeople } from "./people.ts";
import { ProposalForm } from "./proposal-form.tsx";
import { fullTime } from "./times.ts";
import { useOrder, useReorder } from "./use-orders.ts";

const route = getRouteApi("/orders/$orderId");

/** One purchase order: the next step on top, then its lines, money, deliveries and history. */
export function OrderPage() {
  const market = useMarketplace();
  const { orderId } = route.useParams();
  if (market === null) return <LoadingView rows={10} />;
  return <Order key={orderId} marketplaceId={market.marketplaceId} orderId={orderId} />;
}

function Order({ marketplaceId, orderId }: { readonly marketplaceId: string; readonly orderId: string }) {
  const t = useText();
  const found = useOrder(marketplaceId, orderId);
  const vendorName = useVendorNames(marketplaceId);
  usePageTitle(t("buying.orders"));
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const order = found.data;
  if (order === undefined) return <LoadingView rows={10} />;
  const { number, buyerNumber, state, fulfilment, vendorId } = order;
  return (
    <article className="space-y-6">
      <header className="space-y-1">
        <Link to="/orders" className="text-13 text-brand hover:underline">
          {t("buying.orders")}
        </Link>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="text-24">
            <bdi>{buyerNumber === "" ? t("buying.order.number", { number }) : buyerNumber}</bdi>
          </h1>
          <OrderStateWord state={state} />
          {fulfilment === undefined ? null : <span className="text-muted">{t(`buying.fulfilment.${fulfilment}`)}</span>}
        </div>
        <p className="text-muted">
          <bdi>{vendorName(vendorId)}</bdi>
        </p>
      </header>
      <NextStep marketplaceId={marketplaceId} order={order} />
      <div className="gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-6">
          <OrderLines order={order} />
          <OrderShipments order={order} />
        </div>
        <aside className="mt-6 space-y-6 xl:mt-0">
          <OrderSums order={order} />
          <Reorder marketplaceId={marketplaceId} orderId={order.orderId} />
          <History order={order} />
        </aside>
      </div>
    </article>
  );
}

function NextStep({ marketplaceId, order }: { readonly marketplaceId: string; readonly order: PurchaseOrderRecord }) {
  const t = useText();
  const { approval, expiresAt, state, reason } = order;
  return (
    <>
      {approval === undefined ? null : (
        <section className="space-y-3">
          <h2 className="text-16">{t("buying.approval")}</h2>
          <ApprovalRoute route={approval} {...(expiresAt === undefined ? {} : { expiresAt })} />
        </section>
      )}
      {state === "awaiting_approval" ? <DecisionForm marketplaceId={marketplaceId} order={order} /> : null}
      {state === "answered" ? <ProposalForm marketplaceId={marketplaceId} order={order} /> : null}
      {reason === undefined ? null : <p className="border-s-2 border-line ps-3">{reason}</p>}
    </>
  );
}

function Reorder({ marketplaceId, orderId }: { readonly marketplaceId: string; readonly orderId: string }) {
  const t = useText();
  const may = useMay();
  const reorder = useReorder(marketplaceId);
  if (!may("change_cart")) return null;
  return (
    <div className="space-y-2 text-13">
      <Button isPending={reorder.isPending} onPress={() => reorder.mutate(orderId)}>
        {t("buying.reorder")}
      </Button>
      {reorder.isError ? <ErrorView error={reorder.error} /> : null}
      {reorder.isSuccess ? (
        <p role="status">
          {t("buying.reorder.done", { left: reorder.data.left.length })}{" "}
          <Link to="/cart" className="text-brand underline">
            {t("catalogue.order.to_cart")}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

const toldActions = new Set([
  "approval_asked",
  "approved",
  "disapproved",
  "placed",
  "answered",
  "confirmed",
  "refused",
  "cancelled",
  "expired",
  "shipped",
  "received",
  "proposals_answered",
  "refunded",
  "undeliverable",
]);

function History({ order }: { readonly order: PurchaseOrderRecord }) {
  const t = useText();
  const locale = useLocale();
  const personOf = usePeople();
  return (
    <section className="space-y-2">
      <h2 className="text-16">{t("buying.history")}</h2>
      <Timeline
        label={t("buying.history")}
        entries={order.history.map(({ action, by, at }) => ({
          id: `${action} ${at}`,
          time: fullTime(at, locale),
          title: toldActions.has(action) ? t(`buying.action.${action}`) : action.replaceAll("_", " "),
          detail: <bdi>{personOf(by) ?? t("buying.history.other_side")}</bdi>,
        }))}
      />
    </section>
  );
}
