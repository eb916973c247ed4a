import type { InstrumentRecord } from "@kontor/protocol";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useMay } from "../app/permissions.ts";
import { ErrorView, LoadingView, NoPermissionView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { BookPanel } from "./book-panel.tsx";
import { CallPanel } from "./call-panel.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { Dock } from "./dock.tsx";
import type { Market } from "./market.ts";
import { useInstrument, useMarket } from "./market.ts";
import { MarketHeader } from "./market-header.tsx";
import { phaseRules } from "./phases.ts";
import { TapePanel } from "./tape-panel.tsx";
import { TicketPanel } from "./ticket-panel.tsx";
import { useMedia } from "./use-media.ts";
import { useTicket } from "./use-ticket.ts";

/** One market: watched and traded on one screen without scrolling, on a phone in four tabs. */
export function ExchangePage() {
  const { instrumentId } = useParams({ strict: false });
  const instrument = useInstrument(instrumentId ?? "");
  const { data } = instrument;
  if (data !== undefined) return <Exchange key={data.instrumentId} record={data} />;
  if (instrument.isPending) return <LoadingView rows={12} />;
  return <ErrorView error={instrument.error} onRetry={() => void instrument.refetch()} />;
}

const wide = "(min-width: 64rem)";
const tall = "(min-height: 60rem)";

function Exchange({ record }: { readonly record: InstrumentRecord }) {
  usePageTitle(record.terms.title);
  const market = useMarket(record);
  const isWide = useMedia(wide);
  return isWide ? <DeskLayout market={market} /> : <PhoneLayout market={market} />;
}

/** Book, tape or call, as the phase has it; a press on a level sets the price and leads to the quantity. */
function useParts(market: Market, isMini = false) {
  const may = useMay();
  const isTall = useMedia(tall);
  const quantity = useRef<HTMLInputElement>(null);
  const ticket = useTicket(market);
  const canTrade = may("submit_order");
  const levels = isTall ? 30 : 15;
  const takePrice = (price: string): void => {
    ticket.edit(ticket.draft.kind === "market" ? { kind: "limit", price } : { price });
    quantity.current?.focus();
  };
  const book = phaseRules[market.phase].showsLadder ? (
    <BookPanel market={market} onPrice={takePrice} levelsMax={isMini ? 8 : levels} isMini={isMini} />
  ) : (
    <CallPanel market={market} />
  );
  return {
    isTall,
    takePrice,
    book,
    tape: <TapePanel market={market} />,
    ticket: canTrade ? (
      <TicketPanel market={market} ticket={ticket} quantityRef={quantity} />
    ) : (
      <div className="p-3">
        <NoPermissionView />
      </div>
    ),
  };
}

function DeskLayout({ market }: { readonly market: Market }) {
  const t = useText();
  const { book, tape, ticket, isTall } = useParts(market);
  const [shown, setShown] = useState<"book" | "tape">("book");
  const panel = "flex min-h-0 min-w-0 flex-col bg-surface";
  return (
    <div className="-m-4 flex h-[calc(100dvh-3.5rem)] flex-col overflow-hidden md:-m-6">
      <MarketHeader market={market} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_15.5rem_18rem] gap-px bg-line">
        <div className="flex min-h-0 min-w-0 flex-col gap-px">
          <div className={`${panel} flex-1`}>
            <ChartPanel market={market} />
          </div>
          <div className={`${panel} h-[220px]`}>
            <Dock market={market} />
          </div>
        </div>
        <div className={panel}>
          {isTall ? null : (
            <Choice
              label={t("exchange.book_or_tape")}
              values={["book", "tape"]}
              chosen={shown}
              onChoose={(value) => setShown(value)}
            />
          )}
          {isTall || shown === "book" ? book : tape}
          {isTall ? <div className="flex h-64 flex-col border-t border-line">{tape}</div> : null}
        </div>
        <div className={panel}>{ticket}</div>
      </div>
    </div>
  );
}

const phoneTabs = ["chart", "book", "trade", "orders"] as const;

function PhoneLayout({ market }: { readonly market: Market }) {
  const t = useText();
  const [tab, setTab] = useState<(typeof phoneTabs)[number]>("trade");
  const { book, tape, ticket } = useParts(market, tab === "trade");
  return (
    <div className="-m-4 flex min-h-[calc(100dvh-3.5rem)] flex-col bg-surface md:-m-6">
      <MarketHeader market={market} />
      <Choice label={t("exchange.parts")} values={phoneTabs} chosen={tab} onChoose={setTab} />
      {tab === "chart" && (
        <div className="flex h-[60dvh] flex-col">
          <ChartPanel market={market} />
        </div>
      )}
      {tab === "book" && (
        <>
          <div className="flex h-[70dvh] flex-col">{book}</div>
          <div className="flex h-64 flex-col border-t border-line">{tape}</div>
        </>
      )}
      {tab === "trade" && (
        <div className="grid flex-1 grid-cols-[9.5rem_minmax(0,1fr)]">
          <div className="flex h-[26rem] flex-col border-e border-line">{book}</div>
          <div className="flex min-w-0 flex-col">{ticket}</div>
        </div>
      )}
      {tab === "orders" && <Dock market={market} />}
    </div>
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
};

/** A row of toggles over one place on the screen. */
function Choice<Value extends string>({ label, values, chosen, onChoose }: ChoiceProps<Value>) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend that nobody needs here
    <div role="group" aria-label={label} className="flex shrink-0 border-b border-line">
      {values.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          className="min-h-9 flex-1 cursor-pointer border-b-2 border-transparent px-2 text-13 text-muted aria-pressed:border-brand aria-pressed:font-medium aria-pressed:text-text pointer-coarse:min-h-11"
          onClick={() => onChoose(value)}
        >
          {t(`exchange.part.${value}`)}
        </button>
      ))}
    </div>
  );
}
