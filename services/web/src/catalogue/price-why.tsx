import type { PriceAnswer } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { Figure, Money, Quantity } from "./figure.tsx";
import { traceLines } from "./price-trace.ts";

/** The way to the price: each list that was asked, and why it did or did not say it. */
export function PriceWhy({ answer }: { readonly answer: PriceAnswer }) {
  const t = useText();
  const { tier, percent, promotions, currency, nextRungs } = answer;
  const lines = traceLines(answer.trace);
  if (lines.length === 0) return null;
  const next = nextRungs[0];
  return (
    <details className="border-t border-line pt-2 text-13">
      <summary className="min-h-6 cursor-pointer font-medium text-brand">{t("catalogue.why")}</summary>
      <ol className="mt-2 space-y-1.5">
        {lines.map(({ id, level, name, isChosen, verdict }) => (
          <li key={id} className={isChosen ? "border-s-2 border-brand ps-2" : "ps-2.5 text-muted"}>
            <span className="block">
              {t(`catalogue.level.${level}`)}
              {name === null ? null : (
                <span className="ms-1 font-medium">
                  <bdi>{name}</bdi>
                </span>
              )}
            </span>
            <span className="block">{t(`catalogue.verdict.${verdict}`)}</span>
          </li>
        ))}
      </ol>
      {tier === undefined ? null : (
        <p className="mt-2 text-muted">
          {t("catalogue.why.tier")} <Quantity value={tier.minQuantity} unit={tier.unit} />
          {percent === undefined ? null : (
            <span className="ms-2">
              <Figure value={percent} />
              {"\u202f%"}
            </span>
          )}
        </p>
      )}
      {next === undefined ? null : (
        <p className="mt-1 text-muted">
          {t("catalogue.why.next")} <Quantity value={next.minQuantity} unit={next.unit} />
          {": "}
          <Money value={next.price} currency={currency} />
        </p>
      )}
      {promotions.map(({ promotionId, before, after }) => (
        <p key={promotionId} className="mt-1 text-muted">
          {t("catalogue.why.promotion")} <Money value={before} currency={currency} />
          {" → "}
          <Money value={after} currency={currency} />
        </p>
      ))}
    </details>
  );
}
