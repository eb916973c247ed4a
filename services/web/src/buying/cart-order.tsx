import { isPositive } from "../catalogue/decimal-text.ts";
import { Money } from "../catalogue/figure.tsx";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useText } from "../i18n/use-text.ts";
import { blockOf } from "./block.ts";
import { BlockView } from "./block-view.tsx";
import { CartLine } from "./cart-line.tsx";
import type { CartOrder } from "./cart-view.ts";

/** One vendor's order in the making, with all that it costs. */
export function CartOrderView(props: {
  readonly marketplaceId: string;
  readonly shown: CartOrder;
  readonly agreed: ReadonlySet<string>;
  readonly onAgree: (lineId: string, isAgreed: boolean) => void;
}) {
  const t = useText();
  const { marketplaceId, shown, agreed, onAgree } = props;
  const { order, lines } = shown;
  const vendorName = useVendorNames(marketplaceId);
  const { currency } = order;
  const sums = [
    ["net", order.net],
    ["freight", order.freight],
    ["small_order_fee", order.smallOrderFee],
    ["charges_tax", order.chargesTax],
    ["tax", order.tax],
  ] as const;
  return (
    <section>
      <h2 className="border-b border-control pb-2 text-16">
        <bdi>{vendorName(order.vendorId)}</bdi>
      </h2>
      {lines.map((line) => (
        <CartLine key={line.lineId} marketplaceId={marketplaceId} line={line} agreed={agreed} onAgree={onAgree} />
      ))}
      <div className="mt-3 grid gap-3 sm:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="space-y-2">
          {order.faults.map((fault) => (
            <BlockView key={fault.code} block={blockOf({ currency, ...fault })} />
          ))}
        </div>
        <dl className="text-13">
          {sums
            .filter(([name, value]) => name === "net" || name === "tax" || isPositive(value))
            .map(([name, value]) => (
              <div key={name} className="flex justify-between py-0.5">
                <dt className="text-muted">{t(`buying.sum.${name}`)}</dt>
                <dd>
                  <Money value={value} currency={currency} />
                </dd>
              </div>
            ))}
          <div className="mt-1 flex items-baseline justify-between border-t border-line pt-1 font-semibold">
            <dt>{t("buying.sum.total")}</dt>
            <dd className="text-16">
              <Money value={order.total} currency={currency} />
            </dd>
          </div>
        </dl>
      </div>
    </section>
  );
}
