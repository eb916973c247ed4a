import { Link } from "@tanstack/react-router";
import { useMarketplace, useMarketplaces } from "../app/marketplace.ts";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { LotsNow } from "./lots-now.tsx";
import { NextDeadlines } from "./next-deadlines.tsx";

/** Home of a marketplace: what runs now, what closes next. */
export function HomePage() {
  const t = useText();
  const marketplace = useMarketplace();
  const all = useMarketplaces();
  usePageTitle(marketplace?.name ?? t("shell.nav.home"));
  if (all.isPending) return <LoadingView />;
  if (all.isError) return <ErrorView error={all.error} onRetry={() => void all.refetch()} />;
  if (marketplace === null) return <StateFrame title={t("shell.no_market.title")} text={t("shell.no_market.text")} />;
  return (
    <div className="space-y-8">
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-24">{marketplace.name}</h1>
          <p className="max-w-[68ch] text-muted">{marketplace.description}</p>
        </div>
        <Link to="/tenders" className="text-brand underline">
          {t("tenders.all")}
        </Link>
      </header>
      <LotsNow marketplaceId={marketplace.marketplaceId} />
      <NextDeadlines marketplaceId={marketplace.marketplaceId} />
    </div>
  );
}
