import type { OwnFillView } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import type { Market } from "./market.ts";
import { useNumbers } from "./numbers.ts";
import { clockOf } from "./order-table.tsx";

/** The company's last trades in one market, newest first. */
export function FillTable(props: {
  readonly market: Market;
  readonly fills: readonly (readonly [string, OwnFillView])[];
}) {
  const t = useText();
  const { market, fills } = props;
  const numbers = useNumbers(market.grid, market.record.terms);
  if (fills.length === 0) return <p className="py-3 text-13 text-muted">{t("exchange.fills.empty")}</p>;
  const newest = [...fills].sort(([, a], [, b]) => (a.at < b.at ? 1 : -1));
  return (
    <table className="data-table text-13">
      <thead>
        <tr>
          <th>{t("exchange.column.side")}</th>
          <th className="text-end">{t("exchange.column.price")}</th>
          <th className="text-end">{t("exchange.column.quantity")}</th>
          <th className="text-end">{t("exchange.column.fee")}</th>
          <th>{t("exchange.column.time")}</th>
          <th>{t("exchange.column.id")}</th>
        </tr>
      </thead>
      <tbody>
        {newest.map(([name, fill]) => (
          <tr key={name} data-fill={name} className={fill.busted ? "line-through" : ""}>
            <td data-label={t("exchange.column.side")} className={fill.side === "buy" ? "text-up" : "text-down"}>
              {t(`exchange.${fill.side}`)}
            </td>
            <td data-label={t("exchange.column.price")} className="text-end">
              <span className="k-number">{numbers.price(fill.price)}</span>
            </td>
            <td data-label={t("exchange.column.quantity")} className="text-end">
              <span className="k-number">{numbers.quantity(fill.quantity)}</span>
            </td>
            <td data-label={t("exchange.column.fee")} className="text-end">
              <span className="k-number">{numbers.money(fill.fee)}</span>
            </td>
            <td data-label={t("exchange.column.time")}>
              <time className="k-number" dateTime={fill.at}>
                {clockOf(fill.at, numbers.locale)}
              </time>
            </td>
            <td data-label={t("exchange.column.id")} className="font-mono text-12">
              {name}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
