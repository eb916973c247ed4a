import type { PurchaseOrderRecord } from "@kontor/protocol";
import { Quantity } from "../catalogue/figure.tsx";
import { useLocale, useText } from "../i18n/use-text.ts";
import { dayText, fullTime } from "./times.ts";

/** What was sent, and what arrived of it. */
export function OrderShipments({ order }: { readonly order: PurchaseOrderRecord }) {
  const t = useText();
  const locale = useLocale();
  const { shipments, lines } = order;
  if (order.state !== "confirmed" && shipments.length === 0) return null;
  const byNo = new Map(lines.map((line) => [line.lineNo, line]));
  return (
    <section>
      <h2 className="mb-2 text-16">{t("buying.shipments")}</h2>
      {shipments.length === 0 ? <p className="text-muted">{t("buying.shipments.none")}</p> : null}
      <ol className="border-t border-line">
        {shipments.map((shipment) => (
          <li key={shipment.shipmentNo} className="border-b border-line py-2">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span>
                {t("buying.shipment", { number: shipment.shipmentNo })} <bdi>{shipment.carrier}</bdi>{" "}
                <code dir="ltr">{shipment.tracking}</code>
              </span>
              <span className="text-muted">{dayText(shipment.shippedOn, locale)}</span>
            </p>
            <p className="text-13 text-muted">
              {shipment.receivedAt === undefined
                ? t("buying.shipment.under_way")
                : `${t("buying.action.received")} ${fullTime(shipment.receivedAt, locale)}`}
            </p>
            <ul className="text-13">
              {shipment.lines.map(({ lineNo, quantity, missing, damaged }) => (
                <li key={lineNo} className="flex justify-between gap-4">
                  <span className="truncate">{byNo.get(lineNo)?.name}</span>
                  <span>
                    <Quantity value={quantity} unit={byNo.get(lineNo)?.unit ?? ""} />
                    {missing === undefined || missing === "0" ? null : ` · ${t("buying.line.missing")} ${missing}`}
                    {damaged === undefined || damaged === "0" ? null : ` · ${t("buying.line.damaged")} ${damaged}`}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}
