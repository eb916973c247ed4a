import type { PurchaseOrderRecord } from "@kontor/protocol";
import { Link } from "@tanstack/react-router";
import { useMarketplace } from "../app/marketplace.ts";
import { useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { Money, Quantity } from "../catalogue/figure.tsx";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import { ApprovalRoute } from "./approval-route.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { usePeople } from "./people.ts";
import { ageOf, fullTime } from "./times.ts";
import { useWaiting } from "./use-orders.ts";

/** Orders that wait for somebody's word: amount, age, until when, and the decision right there. */
export function ApprovalsPage() {
  const t = useText();
  const market = useMarketplace();
  usePageTitle(t("buying.approvals"));
  return (
    <div className="max-w-4xl space-y-4">
      <h1 className="text-20">{t("buying.approvals")}</h1>
      {market === null ? <LoadingView /> : <Waiting key={market.marketplaceId} marketplaceId={market.marketplaceId} />}
    </div>
  );
}

function Waiting({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const { user } = useSession();
  const found = useWaiting(marketplaceId);
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <LoadingView rows={6} />;
  const mine = found.data.filter(({ requestedBy }) => requestedBy === user.id);
  const others = found.data.filter(({ requestedBy }) => requestedBy !== user.id);
  return (
    <>
      {others.length === 0 ? (
        <StateFrame title={t("buying.approvals.none")} text={t("buying.approvals.none_text")}>
          <Link to="/orders" className="text-brand underline">
            {t("buying.orders")}
          </Link>
        </StateFrame>
      ) : null}
      {others.map((order) => (
        <WaitingOrder key={order.orderId} marketplaceId={marketplaceId} order={order} />
      ))}
      {mine.length === 0 ? null : <h2 className="pt-4 text-16">{t("buying.approvals.mine")}</h2>}
      {mine.map((order) => (
        <WaitingOrder key={order.orderId} marketplaceId={marketplaceId} order={order} />
      ))}
    </>
  );
}

function WaitingOrder({
  marketplaceId,
  order,
}: {
  readonly marketplaceId: string;
  readonly order: PurchaseOrderRecord;
}) {
  const t = useText();
  const locale = useLocale();
  const personOf = usePeople();
  const vendorName = useVendorNames(marketplaceId);
  const { orderId, number, buyerNumber, vendorId, total, currency, createdAt, expiresAt, requestedBy, approval } =
    order;
  return (
    <article className="space-y-3 border-t border-control py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h3 className="text-16">
          <Link to="/orders/$orderId" params={{ orderId }} className="text-brand hover:underline">
            <bdi>{buyerNumber === "" ? t("buying.order.number", { number }) : buyerNumber}</bdi>
          </Link>
          <span className="ms-3 font-normal text-muted">
            <bdi>{vendorName(vendorId)}</bdi>
          </span>
        </h3>
        <p className="text-24 font-semibold">
          <Money value={total} currency={currency} />
        </p>
      </div>
      <p className="text-13 text-muted">
        <bdi>{personOf(requestedBy)}</bdi>, {ageOf(createdAt, locale)}
        {expiresAt === undefined ? null : (
          <span className="ms-3">{t("buying.approval.due", { time: fullTime(expiresAt, locale) })}</span>
        )}
      </p>
      <ul className="text-13">
        {order.lines.map(({ lineNo, name, quantity, unit, gross, price }) => (
          <li key={lineNo} className="grid grid-cols-[minmax(0,1fr)_auto_6rem] gap-3 py-0.5">
            <span className="truncate">{name}</span>
            <span className="text-muted">
              <Quantity value={quantity} unit={unit} />
            </span>
            <span className="text-end">
              <Money value={gross} currency={price.currency} />
            </span>
          </li>
        ))}
      </ul>
      {approval === undefined ? null : (
        <ApprovalRoute route={approval} {...(expiresAt === undefined ? {} : { expiresAt })} />
      )}
      <DecisionForm marketplaceId={marketplaceId} order={order} />
    </article>
  );
}
