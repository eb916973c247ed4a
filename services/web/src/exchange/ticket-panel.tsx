import { Button, MoneyField, RadioGroup, Select, Switch } from "@kontor/ui";
import type { Ref } from "react";
import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { priceOf, priceText, quantityText, tickAt } from "./instrument-grid.ts";
import type { Market } from "./market.ts";
import { useNumbers } from "./numbers.ts";
import { phaseRules, timesInForce } from "./phases.ts";
import type { TicketDraft, TicketField } from "./ticket.ts";
import { orderKinds, ticketFields } from "./ticket.ts";
import { TicketOutlook } from "./ticket-outlook.tsx";
import { TicketSend } from "./ticket-send.tsx";
import { faultText } from "./ticket-texts.ts";
import type { Ticket } from "./use-ticket.ts";

export type TicketPanelProps = {
  readonly market: Market;
  readonly ticket: Ticket;
  readonly quantityRef: Ref<HTMLInputElement>;
};

/** Side, price, quantity, what would come of it, and one button that says all of it. */
export function TicketPanel({ market, ticket, quantityRef }: TicketPanelProps) {
  const t = useText();
  const { draft, edit } = ticket;
  const kinds = orderKinds(market.record.terms, market.phase);
  const [isReviewed, setReviewed] = useState(false);
  const change = (next: Partial<TicketDraft>): void => {
    setReviewed(false);
    edit(next);
  };
  if (kinds.length === 0) return <NoOrders market={market} />;
  const option = (area: string) => (id: string) => ({ id, label: t(`exchange.${area}.${id}`) });
  return (
    <form
      aria-label={t("exchange.ticket")}
      className="flex min-h-0 flex-1 flex-col gap-2 p-3"
      onSubmit={(event) => event.preventDefault()}
    >
      <RadioGroup
        label={t("exchange.side")}
        isLabelHidden
        look="halves"
        value={draft.side}
        onChange={(side) => change({ side: side === "sell" ? "sell" : "buy" })}
        options={[
          { value: "buy", label: t("exchange.buy") },
          { value: "sell", label: t("exchange.sell") },
        ]}
      />
      <div className="grid gap-2 sm:grid-cols-[2fr_3fr]">
        <Select
          label={t("exchange.kind")}
          value={draft.kind}
          onChange={(id) => change({ kind: kinds.find((kind) => kind === id) ?? draft.kind })}
          options={kinds.map(option("kind"))}
        />
        <Select
          label={t("exchange.tif")}
          value={draft.tif}
          onChange={(id) =>
            change({ tif: timesInForce(draft.kind, market.phase).find((tif) => tif === id) ?? draft.tif })
          }
          options={timesInForce(draft.kind, market.phase).map(option("tif"))}
        />
      </div>
      {ticketFields[draft.kind].map((field) => (
        <AmountField
          key={field}
          field={field}
          market={market}
          ticket={ticket}
          onEdit={change}
          inputRef={field === "quantity" ? quantityRef : null}
        />
      ))}
      <TicketOutlook market={market} draft={draft} view={ticket.view} />
      <Switch isSelected={ticket.endsWithConnection} onChange={ticket.setEndsWithConnection}>
        <span className="text-12">{t("exchange.ends_with_connection")}</span>
      </Switch>
      <TicketSend market={market} ticket={ticket} isReviewed={isReviewed} onReviewed={setReviewed} />
    </form>
  );
}

type AmountFieldProps = {
  readonly field: TicketField;
  readonly market: Market;
  readonly ticket: Ticket;
  readonly onEdit: (change: Partial<TicketDraft>) => void;
  readonly inputRef: Ref<HTMLInputElement>;
};

/** A price moves by ticks, a quantity by steps, both with Shift by ten; a wrong value offers its neighbours. */
function AmountField({ field, market, ticket, onEdit, inputRef }: AmountFieldProps) {
  const t = useText();
  const { grid, record } = market;
  const numbers = useNumbers(grid, record.terms);
  const isPrice = field === "price" || field === "stopPrice";
  const value = ticket.draft[field];
  const fault = ticket.view.faults.find((one) => one.field === field);
  const shown = fault !== undefined && fault.wrong !== "missing" ? faultText(t, numbers, fault) : undefined;
  const step = isPrice
    ? priceText(grid, tickAt(grid, priceOf(grid, value) ?? priceOf(grid, record.reference) ?? 0n))
    : quantityText(grid, grid.step);
  return (
    <div>
      <MoneyField
        label={t(`exchange.field.${field}`)}
        value={value === "" ? null : value}
        onChange={(next) => onEdit({ [field]: next ?? "" })}
        decimalsMax={isPrice ? grid.priceScale : grid.quantityScale}
        unit={isPrice ? numbers.per : numbers.unit}
        step={step}
        {...(inputRef === null ? {} : { inputRef })}
        {...(shown === undefined ? {} : { errorMessage: shown })}
      />
      {fault?.wrong === "off_step" && (
        <div className="mt-1 flex gap-2">
          {[fault.below, fault.above].map((neighbour) =>
            neighbour === null ? null : (
              <Button key={neighbour} size="small" onPress={() => onEdit({ [field]: neighbour })}>
                <span className="k-number">{isPrice ? numbers.price(neighbour) : numbers.quantity(neighbour)}</span>
              </Button>
            ),
          )}
        </div>
      )}
    </div>
  );
}

function NoOrders({ market }: { readonly market: Market }) {
  const t = useText();
  const phase = phaseRules[market.phase].isCall ? "auction" : market.phase;
  return (
    <section aria-label={t("exchange.ticket")} className="space-y-2 p-3">
      <h2 className="text-14 font-semibold">{t("exchange.ticket.closed")}</h2>
      <p className="text-13 text-muted">{t(`exchange.phase_text.${phase}`)}</p>
    </section>
  );
}
