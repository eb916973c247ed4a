import type { PurchaseOrderLineRecord, PurchaseOrderRecord } from "@kontor/protocol";
import { Money, Quantity, UnitPrice } from "../catalogue/figure.tsx";
import { useLocale, useText } from "../i18n/use-text.ts";
import { dayText } from "./times.ts";
import { useCostCenters } from "./use-cost-centers.ts";

/** Lines with what the vendor says of each. */
export function OrderLines({ order }: { readonly order: PurchaseOrderRecord }) {
  const t = useText();
  return (
    <section>
      <h2 className="mb-2 text-16">{t("buying.lines", { count: order.lines.length })}</h2>
      <ol className="border-t border-line">
        {order.lines.map((line) => (
          <OrderLine key={line.lineNo} line={line} />
        ))}
      </ol>
    </section>
  );
}

function OrderLine({ line }: { readonly line: PurchaseOrderLineRecord }) {
  const t = useText();
  const { lineNo, name, vendorPartNo, quantity, unit, price, net, state } = line;
  const isOff = state === "disapproved" || state === "refused" || state === "cancelled";
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 border-b border-line py-2">
      <span className="k-number text-13 text-muted">{lineNo}</span>
      <div className={`min-w-0 ${isOff ? "text-muted line-through" : ""}`}>
        <p className="truncate">{name}</p>
        <p className="text-13 text-muted">
          <code dir="ltr">{vendorPartNo}</code>
          <CostCenter id={line.costCenterId} />
        </p>
      </div>
      <div className={`text-end ${isOff ? "text-muted" : ""}`}>
        <p>
          <Money value={net} currency={price.currency} />
        </p>
        <p className="text-13 text-muted">
          <Quantity value={quantity} unit={unit} />
          {" × "}
          <UnitPrice price={price.unitPrice} currency={price.currency} unit={price.unit} per={price.per} />
        </p>
      </div>
      <div className="col-span-2 col-start-2 text-13">
        {state === "open" || state === "confirmed" ? null : (
          <p className="text-warn">{t(`buying.line_state.${state}`)}</p>
        )}
        <LineNews line={line} />
      </div>
    </li>
  );
}

/** What is proposed instead, why, and how much of it has come. */
function LineNews({ line }: { readonly line: PurchaseOrderLineRecord }) {
  const t = useText();
  const locale = useLocale();
  const { proposal, reason, deliverOn, delivery, unit } = line;
  return (
    <>
      {deliverOn === undefined ? null : (
        <p className="text-muted">
          {t("buying.line.deliver_on")} {dayText(deliverOn, locale)}
        </p>
      )}
      {proposal?.deliverOn === undefined ? null : (
        <p>
          {t("buying.line.proposed_day")} {dayText(proposal.deliverOn, locale)}
        </p>
      )}
      {proposal?.quantity === undefined ? null : (
        <p>
          {t("buying.line.proposed_quantity")} <Quantity value={proposal.quantity} unit={unit} />
        </p>
      )}
      {reason === undefined || reason === "" ? null : <p className="text-muted">{reason}</p>}
      {delivery === undefined || delivery.shipped === "0" ? null : (
        <p className="text-muted">
          {t("buying.line.shipped")} <Quantity value={delivery.shipped} unit={unit} />
          {" · "}
          {t("buying.line.received")} <Quantity value={delivery.received} unit={unit} />
        </p>
      )}
    </>
  );
}

function CostCenter({ id }: { readonly id: string | undefined }) {
  const center = useCostCenters().find(({ costCenterId }) => costCenterId === id);
  if (center === undefined) return null;
  return (
    <span className="ms-3">
      {center.code} {center.name}
    </span>
  );
}
