import { Button, HoldButton, Tabs } from "@kontor/ui";
import { useEffect, useRef, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { CreditTable } from "./credit-table.tsx";
import { FillTable } from "./fill-table.tsx";
import type { Market } from "./market.ts";
import { useAccount } from "./market.ts";
import { OrderTable } from "./order-table.tsx";
import { liveOrderRows } from "./own-orders.ts";
import { refusalText } from "./ticket-texts.ts";
import { useCancelEverything, useCancelling } from "./trading.ts";

/** What the company has here: its orders, its trades, its money and goods; and the ways out of all of it. */
export function Dock({ market }: { readonly market: Market }) {
  const t = useText();
  const { instrumentId } = market;
  const account = useAccount(instrumentId);
  const { cancelling, refused, cancel, cancelAll } = useCancelling();
  const orders = account === null ? [] : liveOrderRows(instrumentId, account.orders, cancelling);
  const fills = Object.entries(account?.fills ?? {});
  const [tab, setTab] = useState("orders");
  usePanicKey(() => void cancelAll(instrumentId));
  return (
    <section aria-label={t("exchange.dock")} className="relative flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1 [&_.k-hold-hint]:sr-only [&_.k-hold]:min-h-8 [&_.k-hold]:py-0">
        <span role="status" className="me-auto text-12 text-danger">
          {refused?.state === "rejected" ? refusalText(t, refused.problem) : null}
          {refused?.state === "undecided" ? t("exchange.flight.undecided") : null}
        </span>
        <Button
          size="small"
          isDisabled={orders.length === 0}
          onPress={() => void cancelAll(instrumentId)}
          aria-keyshortcuts="Alt+C"
        >
          {t("exchange.cancel_all")} <kbd className="text-12 text-muted">Alt+C</kbd>
        </Button>
        <CancelEverything />
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-3">
        <Tabs
          label={t("exchange.dock")}
          selected={tab}
          onSelect={setTab}
          items={[
            {
              id: "orders",
              label: t("exchange.orders"),
              count: orders.length,
              content: (
                <OrderTable
                  orders={orders}
                  grid={market.grid}
                  terms={market.record.terms}
                  onCancel={(orderId) => void cancel(instrumentId, orderId)}
                />
              ),
            },
            {
              id: "fills",
              label: t("exchange.fills"),
              count: fills.length,
              content: <FillTable market={market} fills={fills} />,
            },
            { id: "credit", label: t("exchange.credit"), content: <CreditTable market={market} account={account} /> },
          ]}
        />
      </div>
    </section>
  );
}

function CancelEverything() {
  const t = useText();
  const { cancelEverything, isUnderWay } = useCancelEverything();
  return (
    <HoldButton onHeld={() => void cancelEverything()} isDisabled={isUnderWay}>
      {t("exchange.cancel_everything")}
    </HoldButton>
  );
}

/** Alt+C anywhere on the screen, but not from a dialog over it. */
function usePanicKey(onPanic: () => void): void {
  const newest = useRef(onPanic);
  useEffect(() => {
    newest.current = onPanic;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!event.altKey || event.code !== "KeyC" || document.querySelector("[role=dialog]") !== null) return;
      event.preventDefault();
      newest.current();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
