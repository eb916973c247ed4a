import type { CartRecord } from "@kontor/protocol";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMarketplace } from "../app/marketplace.ts";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { CartLine } from "./cart-line.tsx";
import { CartOrderView } from "./cart-order.tsx";
import { cartView } from "./cart-view.ts";
import { CheckoutBox } from "./checkout-box.tsx";
import { useCart } from "./use-cart.ts";

/** What is about to be bought, by vendor, at the prices of now; and ordering it. */
export function CartPage() {
  const t = useText();
  const market = useMarketplace();
  usePageTitle(t("buying.cart"));
  return (
    <div className="space-y-4">
      <h1 className="text-20">{t("buying.cart")}</h1>
      {market === null ? <LoadingView /> : <Cart key={market.marketplaceId} marketplaceId={market.marketplaceId} />}
    </div>
  );
}

function Cart({ marketplaceId }: { readonly marketplaceId: string }) {
  const found = useCart(marketplaceId);
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <LoadingView rows={8} />;
  return <FilledCart marketplaceId={marketplaceId} cart={found.data} />;
}

function FilledCart({ marketplaceId, cart }: { readonly marketplaceId: string; readonly cart: CartRecord }) {
  const t = useText();
  const view = cartView(cart);
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const agree = (lineId: string, isAgreed: boolean): void => {
    const next = new Set(agreed);
    if (isAgreed) next.add(lineId);
    else next.delete(lineId);
    setAgreed(next);
  };
  const lineProps = { marketplaceId, agreed, onAgree: agree };
  return (
    <div className="gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 space-y-8">
        {cart.lines.length === 0 ? <EmptyCart /> : null}
        {view.orders.map((one) => (
          <CartOrderView key={`${one.order.vendorId} ${one.order.currency}`} {...lineProps} shown={one} />
        ))}
        {view.loose.length === 0 ? null : (
          <section>
            <h2 className="mb-2 text-16">{t("buying.cart.loose")}</h2>
            {view.loose.map((line) => (
              <CartLine key={line.lineId} {...lineProps} line={line} />
            ))}
          </section>
        )}
      </div>
      <CheckoutBox marketplaceId={marketplaceId} cart={cart} view={view} agreed={agreed} />
    </div>
  );
}

function EmptyCart() {
  const t = useText();
  return (
    <StateFrame title={t("buying.cart.empty")} text={t("buying.cart.empty_text")}>
      <p className="flex gap-4">
        <Link to="/catalogue" className="text-brand underline">
          {t("catalogue.title")}
        </Link>
        <Link to="/quick-order" className="text-brand underline">
          {t("buying.quick")}
        </Link>
      </p>
    </StateFrame>
  );
}
