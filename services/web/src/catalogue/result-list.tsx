import type { PriceAnswer } from "@kontor/protocol";
import { Button } from "@kontor/ui";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { Quantity, UnitPrice } from "./figure.tsx";
import { PriceSource } from "./price-source.tsx";
import { ProductSign } from "./product-sign.tsx";
import type { Hit } from "./use-catalogue.ts";
import { usePriceSources, useVendorNames } from "./use-catalogue.ts";

type ListProps = {
  readonly marketplaceId: string;
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly isStale: boolean;
  readonly isMorePending: boolean;
  readonly onMore: (() => void) | undefined;
};

/** Dense rows, one product each, at one's own least price. */
export function ResultList({ marketplaceId, total, hits, isStale, isMorePending, onMore }: ListProps) {
  const t = useText();
  const vendorName = useVendorNames(marketplaceId);
  const sources = usePriceSources(marketplaceId, hits);
  return (
    <>
      <p role="status" className="mb-1 text-13 text-muted">
        {t("catalogue.found", { count: total })}
      </p>
      <ul className={`border-t border-line transition-opacity ${isStale ? "opacity-60" : ""}`}>
        {hits.map((hit) => (
          <ResultRow
            key={hit.productId}
            marketplaceId={marketplaceId}
            hit={hit}
            vendor={vendorName(hit.vendorId)}
            answer={sources.get(hit.offerId)}
          />
        ))}
      </ul>
      {onMore === undefined ? null : (
        <Button className="mt-4" isPending={isMorePending} onPress={onMore}>
          {t("catalogue.more", { count: total - hits.length })}
        </Button>
      )}
    </>
  );
}

function ResultRow(props: {
  readonly marketplaceId: string;
  readonly hit: Hit;
  readonly vendor: string;
  readonly answer: PriceAnswer | undefined;
}) {
  const { marketplaceId, hit, vendor, answer } = props;
  const t = useText();
  return (
    <li className="relative border-b border-line hover:bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 sm:flex-nowrap">
        <ProductSign marketplaceId={marketplaceId} hit={hit} />
        <div className="min-w-0 flex-1 basis-48">
          <Link
            to="/catalogue/$productId"
            params={{ productId: hit.productId }}
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {hit.name}
          </Link>
          <p className="truncate text-13 text-muted">
            {hit.brand === undefined ? null : <span>{hit.brand}</span>}
            {hit.partNo === undefined ? null : (
              <span className="ms-2">
                <code dir="ltr">{hit.partNo}</code>
              </span>
            )}
          </p>
        </div>
        <p className="hidden w-52 text-13 text-muted md:block">
          <bdi className="block truncate">{vendor}</bdi>
          {hit.offers > 1 ? <span className="text-12">{t("catalogue.vendors", { count: hit.offers - 1 })}</span> : null}
        </p>
        <HitPrice hit={hit} answer={answer} />
      </div>
    </li>
  );
}

function HitPrice({ hit, answer }: { readonly hit: Hit; readonly answer: PriceAnswer | undefined }) {
  const t = useText();
  const { from, least } = hit;
  const place = "ms-auto w-full ps-13 sm:w-56 sm:ps-0 sm:text-end";
  if (from === undefined) return <p className={`${place} text-13 text-muted`}>{t("catalogue.on_request")}</p>;
  const { unitPrice, basis, currency } = answer ?? {};
  return (
    <div className={place}>
      <p className="font-medium">
        {unitPrice === undefined || basis === undefined || currency === undefined ? (
          <UnitPrice price={from.price} currency={from.currency} unit={from.unit} />
        ) : (
          <UnitPrice price={unitPrice} currency={currency} unit={basis.unit} per={basis.priceBaseQuantity} />
        )}
      </p>
      <p className="truncate text-12 text-muted">
        {answer === undefined ? null : <PriceSource answer={answer} />}
        {least === undefined ? null : (
          <span className="ms-2">
            {t("catalogue.from_quantity")} <Quantity value={least.quantity} unit={least.unit} />
          </span>
        )}
      </p>
    </div>
  );
}
