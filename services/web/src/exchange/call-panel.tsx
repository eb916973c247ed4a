import { useText } from "../i18n/use-text.ts";
import { useStream } from "../live/use-stream.ts";
import type { Market } from "./market.ts";
import { PhaseMark } from "./market-header.tsx";
import { useNumbers } from "./numbers.ts";
import { callOutlook } from "./phases.ts";

/** In place of the ladder while a call runs: what it would trade if it ended now, and when it may end. */
export function CallPanel({ market }: { readonly market: Market }) {
  const t = useText();
  const numbers = useNumbers(market.grid, market.record.terms);
  const { view } = useStream(`auction:${market.instrumentId}`);
  const outlook = view === null ? null : callOutlook(view);
  const quantity = (text: string): string => `${numbers.quantity(text)} ${numbers.unit}`;
  return (
    <section aria-label={t("exchange.call")} className="flex flex-1 flex-col gap-4 p-4">
      <PhaseMark market={market} />
      {outlook?.kind === "price" ? (
        <dl className="space-y-3">
          <Fact name="price" value={`${numbers.price(outlook.price)} ${numbers.per}`} isHero />
          <Fact name="quantity" value={quantity(outlook.quantity)} />
          {outlook.imbalance !== null && (
            <Fact name={`surplus_${outlook.imbalance.side}`} value={quantity(outlook.imbalance.quantity)} />
          )}
        </dl>
      ) : (
        <p className="text-13 text-muted">{t("exchange.call.no_price")}</p>
      )}
      <p className="text-12 text-muted">{t("exchange.call.rule")}</p>
    </section>
  );
}

function Fact(props: { readonly name: string; readonly value: string; readonly isHero?: boolean }) {
  const t = useText();
  const size = props.isHero ? "text-24 font-semibold" : "text-16";
  return (
    <div>
      <dt className="text-12 text-muted">{t(`exchange.call.${props.name}`)}</dt>
      <dd className={`k-number ${size}`}>{props.value}</dd>
    </div>
  );
}
