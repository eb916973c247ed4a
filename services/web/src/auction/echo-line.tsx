import { currencyDecimals } from "@kontor/ui";
import { useText } from "../i18n/use-text.ts";
import { echoOf } from "./bid-form.ts";
import type { BidTerms } from "./bid-terms.ts";
import { Figure } from "./figure.tsx";

/** What the bid comes to: price, quantity and total, and how far it goes. Its place is kept while it is empty. */
export function EchoLine({ bid, price }: { readonly bid: BidTerms; readonly price: bigint | null }) {
  const t = useText();
  if (price === null) return <p className="echo" />;
  const echo = echoOf(price, bid, currencyDecimals(bid.currency));
  const { quantity, total, percentOfOwn, steps } = echo;
  return (
    <p className="echo">
      <bdi dir="ltr">
        <Figure amount={echo.price} currency={bid.currency} per={quantity?.unit} />
        {quantity === null || total === null ? null : (
          <>
            {" × "}
            <Figure amount={quantity.value} per={quantity.unit} />
            {" = "}
            <strong>
              <Figure amount={total} currency={bid.currency} />
            </strong>
          </>
        )}
      </bdi>
      {percentOfOwn === null ? null : (
        <span>
          {" · "}
          {t("auction.echo.change", { percent: `\u2066${percentOfOwn.replace("-", "\u2212")}\u202f%\u2069` })}
        </span>
      )}
      {steps === null || steps === 0n ? null : <span> · {t("auction.echo.steps", { count: Number(steps) })}</span>}
    </p>
  );
}
