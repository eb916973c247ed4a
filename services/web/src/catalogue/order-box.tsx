import type { OfferRecord, PriceAnswer } from "@kontor/protocol";
import { Button, QuantityField } from "@kontor/ui";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { useMay } from "../app/permissions.ts";
import { ErrorView } from "../app/state-views.tsx";
import { useAddToCart } from "../buying/use-cart.ts";
import { useText } from "../i18n/use-text.ts";
import { Money } from "./figure.tsx";
import { PriceWhy } from "./price-why.tsx";
import { adviceOf } from "./quantity-advice.ts";
import { QuantityAdviceView } from "./quantity-advice-view.tsx";
import { decimalsOf, unitName } from "./unit-name.ts";
import { usePrice } from "./use-product.ts";

/** A quantity of one offer: what it comes to, why, and into the cart. */
export function OrderBox({ marketplaceId, offer }: { readonly marketplaceId: string; readonly offer: OfferRecord }) {
  const t = useText();
  const may = useMay();
  const [quantity, setQuantity] = useState<string | null>(offer.minQuantity);
  const add = useAddToCart(marketplaceId);
  const found = usePrice(marketplaceId, { offerId: offer.offerId, quantity: useDeferredValue(quantity) });
  const answer = found.data;
  const advice = adviceOf(answer?.quantityVerdict);
  const isSettled = !found.isPlaceholderData && answer?.outcome === "priced" && advice === null;
  const put = (): void => {
    if (quantity !== null) add.mutate({ offerId: offer.offerId, quantity, unit: offer.orderUnit });
  };
  return (
    <section className="mt-6 space-y-3 border-t border-line pt-4 xl:mt-0 xl:border-t-0 xl:border-s xl:ps-6 xl:pt-0">
      <h2 className="text-16">{t("catalogue.order")}</h2>
      <QuantityField
        label={t("catalogue.order.quantity")}
        value={quantity}
        onChange={(value) => {
          setQuantity(value);
          add.reset();
        }}
        decimalsMax={decimalsOf(offer.orderUnit, offer.minQuantity)}
        step={offer.multiple ?? "1"}
        unit={unitName(t, offer.orderUnit)}
      />
      {advice === null ? null : <QuantityAdviceView advice={advice} unit={offer.orderUnit} onChoose={setQuantity} />}
      {answer === undefined ? null : <Sums answer={answer} isStale={found.isPlaceholderData} />}
      {found.isError ? <ErrorView error={found.error} onRetry={() => void found.refetch()} /> : null}
      {may("change_cart") ? (
        <Button
          kind="primary"
          isWide
          isPending={add.isPending}
          isDisabled={!isSettled || quantity === null}
          onPress={put}
        >
          {t("catalogue.order.add")}
        </Button>
      ) : (
        <p className="text-13 text-muted">{t("catalogue.order.no_permission")}</p>
      )}
      {add.isError ? <ErrorView error={add.error} /> : null}
      {add.isSuccess ? (
        <p role="status" className="text-13">
          {t("catalogue.order.added", { count: add.data.lines.length })}{" "}
          <Link to="/cart" className="text-brand underline">
            {t("catalogue.order.to_cart")}
          </Link>
        </p>
      ) : null}
      {answer === undefined ? null : <PriceWhy answer={answer} />}
    </section>
  );
}

function Sums({ answer, isStale }: { readonly answer: PriceAnswer; readonly isStale: boolean }) {
  const t = useText();
  const { net, tax, gross, currency } = answer;
  if (answer.outcome === "on_request" || net === undefined)
    return <p className="text-muted">{t(`catalogue.cause.${answer.cause ?? "no_price"}`)}</p>;
  return (
    <dl className={`transition-opacity ${isStale ? "opacity-60" : ""}`}>
      <div className="flex items-baseline justify-between">
        <dt className="text-muted">{t("catalogue.net")}</dt>
        <dd className="text-24 font-semibold">
          <Money value={net} currency={currency} />
        </dd>
      </div>
      {tax === undefined || gross === undefined ? null : (
        <>
          <SumLine name={t("catalogue.tax")} value={tax} currency={currency} />
          <SumLine name={t("catalogue.gross")} value={gross} currency={currency} />
        </>
      )}
    </dl>
  );
}

function SumLine({
  name,
  value,
  currency,
}: {
  readonly name: string;
  readonly value: string;
  readonly currency: string;
}) {
  return (
    <div className="flex justify-between text-13">
      <dt className="text-muted">{name}</dt>
      <dd>
        <Money value={value} currency={currency} />
      </dd>
    </div>
  );
}
