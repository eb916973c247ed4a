import { formatDecimal, roundDivide } from "@kontor/kernel";
import { Countdown, Delta } from "@kontor/ui";
import { useCallback } from "react";
import { useText } from "../i18n/use-text.ts";
import { useLive } from "../live/live-provider.tsx";
import { useStream } from "../live/use-stream.ts";
import type { Grid } from "./instrument-grid.ts";
import { priceOf, priceText } from "./instrument-grid.ts";
import type { Market } from "./market.ts";
import { ltr, useNumbers } from "./numbers.ts";
import { nextPhase, phaseRules } from "./phases.ts";

/** What is traded, at what, and in which phase: one line that never changes its height. */
export function MarketHeader({ market }: { readonly market: Market }) {
  const t = useText();
  const { grid, record, instrumentId } = market;
  const { terms } = record;
  const numbers = useNumbers(grid, terms);
  const quote = useStream(`quote:${instrumentId}`).view;
  const last = quote?.last ?? record.last;
  const price = (text: string | undefined): string => (text === undefined ? "—" : numbers.price(text));
  const facts = [
    { name: "bid", value: price(quote?.bid) },
    { name: "ask", value: price(quote?.ask) },
    { name: "high", value: price(quote?.high) },
    { name: "low", value: price(quote?.low) },
    { name: "volume", value: quote === null ? "—" : `${numbers.quantity(quote.volume)} ${numbers.unit}` },
  ];
  return (
    <header className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line bg-surface px-4 py-2">
      <div className="me-auto min-w-0 flex-1 basis-64">
        <h1 className="truncate text-16 font-semibold">{terms.title}</h1>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 xl:flex-nowrap">
          <PhaseMark market={market} />
          <p className="truncate text-12 text-muted">
            {`${terms.deliveryTerm} ${terms.place} · ${terms.period} · `}
            {t("exchange.header.steps", {
              tick: ltr(`${numbers.price(terms.tickSize)} ${numbers.per}`),
              step: ltr(`${numbers.quantity(terms.quantityStep)} ${numbers.unit}`),
            })}
          </p>
        </div>
      </div>
      <div className="flex items-baseline gap-2">
        <span className="k-number text-24 font-semibold" data-market-last>
          {price(last)}
        </span>
        <span className="text-12 text-muted">{numbers.per}</span>
        <Change grid={grid} last={last} from={quote?.previousClose ?? record.reference} />
      </div>
      <dl className="hidden gap-4 xl:flex">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-12 text-muted">{t(`exchange.header.${name}`)}</dt>
            <dd className="k-number text-13">{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

type ChangeProps = {
  readonly grid: Grid;
  readonly last: string | undefined;
  readonly from: string | undefined;
};

/** Against the last settlement, in money and percent. */
export function Change({ grid, last, from }: ChangeProps) {
  const [now, then] = [priceOf(grid, last), priceOf(grid, from)];
  if (now === null || then === null || then === 0n) return null;
  const percent = formatDecimal(roundDivide((now - then) * 10_000n, then), 2);
  return (
    <span className="flex gap-2 text-13">
      <Delta value={priceText(grid, now - then)} decimals={grid.priceScale} />
      <Delta value={percent} unit="%" />
    </span>
  );
}

/** The phase in a word, why it is, and what comes next when. */
export function PhaseMark({ market }: { readonly market: Market }) {
  const t = useText();
  const live = useLive();
  const status = useStream(`status:${market.instrumentId}`).view;
  const at = status?.next?.at;
  const remainingMs = useCallback(
    () => (at === undefined ? 0 : Math.max(0, Date.parse(at) - live.client.serverNow())),
    [at, live],
  );
  const isOpen = market.phase === "continuous";
  const tone = isOpen ? "bg-good-bg text-good" : "bg-warn-bg text-warn";
  const next = status === null ? null : nextPhase(status, 0);
  return (
    <div className="flex shrink-0 items-center gap-3 text-12" data-phase={market.phase}>
      <span
        className={`rounded-control px-2 py-0.5 font-medium ${phaseRules[market.phase].isCall ? "bg-brand-bg text-brand" : tone}`}
      >
        {t(`exchange.phase.${market.phase}`)}
        {status?.cause === undefined ? null : ` · ${t(`exchange.cause.${status.cause}`)}`}
      </span>
      {next !== null && (
        <span className="text-muted">
          {t("exchange.next_phase", { phase: t(`exchange.phase.${next.phase}`) })}{" "}
          <Countdown
            remainingMs={remainingMs}
            label={t("exchange.next_phase", { phase: t(`exchange.phase.${next.phase}`) })}
          />
        </span>
      )}
    </div>
  );
}
