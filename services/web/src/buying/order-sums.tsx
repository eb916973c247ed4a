import type { PurchaseOrderRecord } from "@kontor/protocol";
import { isPositive } from "../catalogue/decimal-text.ts";
import { Money } from "../catalogue/figure.tsx";
import { useText } from "../i18n/use-text.ts";

/** What an order costs, and what of it is paid. */
export function OrderSums({ order }: { readonly order: PurchaseOrderRecord }) {
  const t = useText();
  const { currency } = order;
  const lines = [
    ["net", order.net, true],
    ["tax", order.tax, true],
    ["freight", order.freight, false],
    ["small_order_fee", order.smallOrderFee, false],
    ["charges_tax", order.chargesTax, false],
    ["total", order.total, true],
    ["paid", order.captured, false],
    ["credited", order.credited, false],
    ["refunded", order.refunded, false],
    ["due", order.due, false],
  ] as const;
  return (
    <dl className="border-t border-line pt-2">
      {lines
        .filter(([, value, isAlways]) => isAlways || isPositive(value))
        .map(([name, value]) => (
          <div
            key={name}
            className={`flex justify-between py-1 ${name === "total" ? "text-16 font-semibold" : "text-13"}`}
          >
            <dt className={name === "total" ? "" : "text-muted"}>{t(`buying.sum.${name}`)}</dt>
            <dd>
              <Money value={value} currency={currency} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
