import type { OfferRecord } from "@kontor/protocol";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMarketplace } from "../app/marketplace.ts";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import { OfferCompare } from "./offer-compare.tsx";
import { OrderBox } from "./order-box.tsx";
import { ProductFacts } from "./product-facts.tsx";
import { textIn } from "./product-text.ts";
import { labelIn } from "./use-catalogue.ts";
import { useProduct } from "./use-product.ts";

const route = getRouteApi("/catalogue/$productId");

/** All of one product: what it is, who sells it, what it costs the one who looks and why. */
export function ProductPage() {
  const market = useMarketplace();
  const { productId } = route.useParams();
  if (market === null) return <LoadingView rows={10} />;
  return <Product key={productId} marketplaceId={market.marketplaceId} productId={productId} />;
}

function Product({ marketplaceId, productId }: { readonly marketplaceId: string; readonly productId: string }) {
  const t = useText();
  const language = useLocale();
  const found = useProduct(marketplaceId, productId);
  const { data } = found;
  const text = data === undefined ? null : textIn(data.product.texts, language);
  usePageTitle(text?.name ?? t("catalogue.title"));
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  if (data === undefined) return <LoadingView rows={10} />;
  const { product, offers, path } = data;
  return (
    <article className="space-y-6">
      <nav aria-label={t("catalogue.classes")} className="text-13 text-muted">
        <Link to="/catalogue" className="text-brand hover:underline">
          {t("catalogue.title")}
        </Link>
        {path.map(({ scheme, code, labels }) => (
          <span key={code}>
            {" / "}
            <Link to="/catalogue" search={{ in: `${scheme}=${code}` }} className="text-brand hover:underline">
              {labelIn(labels, language)}
            </Link>
          </span>
        ))}
      </nav>
      <header>
        <h1 className="text-24">{text?.name}</h1>
        <p className="mt-1 flex flex-wrap gap-x-4 text-muted">
          {product.brand === undefined ? null : <span>{product.brand.name}</span>}
          {product.partNo === undefined ? null : <code dir="ltr">{product.partNo}</code>}
        </p>
      </header>
      {offers.length === 0 ? (
        <StateFrame title={t("catalogue.offers.none")} text={t("catalogue.offers.none_text")} />
      ) : (
        <Offers marketplaceId={marketplaceId} offers={offers} />
      )}
      <ProductFacts marketplaceId={marketplaceId} found={data} />
    </article>
  );
}

function Offers({
  marketplaceId,
  offers,
}: {
  readonly marketplaceId: string;
  readonly offers: readonly OfferRecord[];
}) {
  const [chosenId, choose] = useState(offers[0]?.offerId ?? "");
  const chosen = offers.find(({ offerId }) => offerId === chosenId) ?? offers[0];
  return (
    <div className="gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_22rem]">
      <OfferCompare marketplaceId={marketplaceId} offers={offers} chosenId={chosenId} onChoose={choose} />
      {chosen === undefined ? null : <OrderBox key={chosen.offerId} marketplaceId={marketplaceId} offer={chosen} />}
    </div>
  );
}
