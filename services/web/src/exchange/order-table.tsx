import { Button } from "@kontor/ui";
import { useText } from "../i18n/use-text.ts";
import type { Grid } from "./instrument-grid.ts";
import { useNumbers } from "./numbers.ts";
import type { OrderRow } from "./own-orders.ts";

export type OrderTableProps = {
  readonly orders: readonly OrderRow[];
  readonly grid: Grid;
  readonly terms: { readonly currency: string; readonly unit: string };
  readonly onCancel: (orderId: string) => void;
};

/** Each order with its state as a word, the server's time and its id. */
export function OrderTable({ orders, grid, terms, onCancel }: OrderTableProps) {
  const t = useText();
  const numbers = useNumbers(grid, terms);
  if (orders.length === 0) return <p className="py-3 text-13 text-muted">{t("exchange.orders.empty")}</p>;
  const price = (text: string | undefined): string => (text === undefined ? "—" : numbers.price(text));
  const heads = ["side", "price", "quantity", "filled", "state", "time", "id"] as const;
  return (
    <table className="data-table text-13">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} className={isAmount(head) ? "text-end" : ""}>
              {t(`exchange.column.${head}`)}
            </th>
          ))}
          <th>
            <span className="sr-only">{t("exchange.column.action")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.orderId} data-order={order.name} data-state={order.word}>
            <td data-label={t("exchange.column.side")} className={order.side === "buy" ? "text-up" : "text-down"}>
              {t(`exchange.${order.side}`)}
            </td>
            <td data-label={t("exchange.column.price")} className="text-end">
              <span className="k-number">{price(order.price ?? order.stopPrice)}</span>
            </td>
            <td data-label={t("exchange.column.quantity")} className="text-end">
              <span className="k-number">{numbers.quantity(order.quantity)}</span>
            </td>
            <td data-label={t("exchange.column.filled")} className="text-end">
              <span className="k-number">{numbers.quantity(order.filled)}</span>
            </td>
            <td data-label={t("exchange.column.state")}>{t(`exchange.state.${order.word}`)}</td>
            <td data-label={t("exchange.column.time")}>
              <time className="k-number" dateTime={order.at}>
                {clockOf(order.at, numbers.locale)}
              </time>
            </td>
            <td data-label={t("exchange.column.id")} className="font-mono text-12">
              {order.name}
            </td>
            <td className="text-end">
              <Button
                size="small"
                kind="quiet"
                isDisabled={order.word === "cancel_sent"}
                onPress={() => onCancel(order.orderId)}
              >
                {t("exchange.cancel")}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isAmount(head: string): boolean {
  return head === "price" || head === "quantity" || head === "filled";
}

/** Of today the time alone, else the date with it. */
export function clockOf(at: string, locale: string): string {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat(locale, isToday ? clock : { ...clock, month: "short", day: "numeric" }).format(moment);
}
