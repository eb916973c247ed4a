import { Button, ConfirmPanel, Dialog } from "@kontor/ui";
import { useText } from "../i18n/use-text.ts";
import type { Market } from "./market.ts";
import { ltr, useNumbers } from "./numbers.ts";
import type { Flight } from "./order-flight.ts";
import type { TicketDraft } from "./ticket.ts";
import { reasonTexts, refusalText } from "./ticket-texts.ts";
import type { TicketView } from "./ticket-view.ts";
import type { Ticket } from "./use-ticket.ts";

export type TicketSendProps = {
  readonly market: Market;
  readonly ticket: Ticket;
  readonly isReviewed: boolean;
  readonly onReviewed: (isReviewed: boolean) => void;
};

/** The button with the order in it, what it takes to press it, and the one line that tells where the order is. */
export function TicketSend({ market, ticket, isReviewed, onReviewed }: TicketSendProps) {
  const t = useText();
  const numbers = useNumbers(market.grid, market.record.terms);
  const { draft, view, flight } = ticket;
  const { plan } = view;
  const price = decisivePrice(draft, view);
  const action = plan
    ? t(`exchange.send.${draft.side}`, {
        quantity: ltr(`${numbers.quantity(draft.quantity)} ${numbers.unit}`),
        price: numbers.price(price),
      })
    : t(`exchange.${draft.side}`);
  const isPending = flight?.state === "sending" || flight?.state === "unknown";
  const level = plan?.confirmation.level ?? 0;
  const send = (): void => {
    onReviewed(false);
    void ticket.send();
  };
  const press = (): void => (level === 0 ? send() : onReviewed(true));
  return (
    <div className="mt-auto space-y-1.5 max-lg:sticky max-lg:bottom-0 max-lg:bg-surface max-lg:py-2">
      <Button kind={draft.side} size="large" isWide isDisabled={plan === null} isPending={isPending} onPress={press}>
        {action}
      </Button>
      <FlightLine flight={flight} />
      {plan !== null && (
        <Dialog title={t("exchange.review")} isOpen={isReviewed} onClose={() => onReviewed(false)} size="small">
          <ConfirmPanel
            level={level}
            action={action}
            kind={draft.side}
            amount={price}
            amountShown={action}
            unit={numbers.per}
            decimalsMax={market.grid.priceScale}
            facts={[
              { term: t("exchange.outlook.total"), value: `${numbers.money(plan.outlook.total)} ${numbers.currency}` },
              { term: t("exchange.outlook.fees"), value: `${numbers.money(plan.outlook.fees)} ${numbers.currency}` },
              { term: t("exchange.outlook.worst"), value: numbers.price(plan.outlook.worst) },
            ]}
            reason={reasonTexts(t, plan.confirmation.reasons, plan.confirmation.distanceBps)}
            isPending={isPending}
            onConfirm={send}
            onCancel={() => onReviewed(false)}
          />
        </Dialog>
      )}
    </div>
  );
}

/** One line of fixed height: nothing jumps when an answer comes. */
function FlightLine({ flight }: { readonly flight: Flight | null }) {
  const t = useText();
  return (
    <p
      role="status"
      data-flight={flight?.state}
      className={`min-h-9 text-12 ${flight?.state === "rejected" ? "text-danger" : "text-muted"}`}
    >
      {flight === null ? null : flightText()}
    </p>
  );

  function flightText(): string {
    if (flight?.state === "rejected") return refusalText(t, flight.problem);
    if (flight?.state !== "accepted") return t(`exchange.flight.${flight?.state}`);
    const id = String(flight.result["orderId"] ?? "");
    return t("exchange.flight.accepted", { name: id.slice(id.lastIndexOf("-") + 1), at: flight.at.slice(11, 23) });
  }
}

/** The price by which an order of its kind is known. */
function decisivePrice(draft: TicketDraft, view: TicketView): string {
  if (draft.kind === "market") return view.protectedLimit;
  return draft.kind === "stop" ? draft.stopPrice : draft.price;
}
