import { Link } from "@tanstack/react-router";
import { useMarketplace } from "../app/marketplace.ts";
import { LoadingView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { QuickForm } from "./quick-form.tsx";
import { RecentTable } from "./recent-table.tsx";

/** Ordering by those who know the numbers: paste, a file, or what was ordered lately. */
export function QuickOrderPage() {
  const t = useText();
  const market = useMarketplace();
  usePageTitle(t("buying.quick"));
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-20">{t("buying.quick")}</h1>
        <Link to="/cart" className="text-brand underline">
          {t("catalogue.order.to_cart")}
        </Link>
      </div>
      {market === null ? (
        <LoadingView />
      ) : (
        <>
          <QuickForm key={market.marketplaceId} marketplaceId={market.marketplaceId} />
          <RecentTable key={`${market.marketplaceId} recent`} marketplaceId={market.marketplaceId} />
        </>
      )}
    </div>
  );
}
