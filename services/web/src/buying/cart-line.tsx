import type { CartLineChange, CartLineRecord } from "@kontor/protocol";
import { Checkbox, QuantityField, Select } from "@kontor/ui";
import { Trash2 } from "lucide-react";
import { useRef } from "react";
import { Button } from "react-aria-components";
import { ErrorView } from "../app/state-views.tsx";
import { Money, UnitPrice } from "../catalogue/figure.tsx";
import { decimalsOf, unitName } from "../catalogue/unit-name.ts";
import { useText } from "../i18n/use-text.ts";
import { blockOf } from "./block.ts";
import { BlockView } from "./block-view.tsx";
import { useChangeLine } from "./use-cart.ts";
import { useCostCenters } from "./use-cost-centers.ts";

type LineProps = {
  readonly marketplaceId: string;
  readonly line: CartLineRecord;
  readonly agreed: ReadonlySet<string>;
  readonly onAgree: (lineId: string, isAgreed: boolean) => void;
};

/** One line: what, how many, by when, on which cost centre; and what is wrong with it. */
export function CartLine({ marketplaceId, line, agreed, onAgree }: LineProps) {
  const t = useText();
  const change = useChangeLine(marketplaceId);
  const put = (next: CartLineChange | null): void => change.mutate({ lineId: line.lineId, change: next });
  const { price, net } = line;
  return (
    <article className={`space-y-2 border-b border-line py-3 ${change.isPending ? "opacity-60" : ""}`}>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-14">{line.name}</h3>
          <p className="text-13 text-muted">
            <code dir="ltr">{line.vendorPartNo}</code>
            {line.buyerPartNo === undefined ? null : (
              <span className="ms-3">
                <code dir="ltr">{line.buyerPartNo}</code>
              </span>
            )}
          </p>
        </div>
        <div className="text-end">
          <p className="font-medium">
            {net === undefined || price === undefined ? (
              t("catalogue.on_request")
            ) : (
              <Money value={net} currency={price.currency} />
            )}
          </p>
          {price === undefined ? null : (
            <p className="text-12 text-muted">
              <UnitPrice price={price.unitPrice} currency={price.currency} unit={price.unit} per={price.per} />
            </p>
          )}
        </div>
        <Button
          className="icon-button -mt-2"
          aria-label={t("buying.line.remove", { name: line.name })}
          onPress={() => put(null)}
        >
          <Trash2 size={16} strokeWidth={1.5} aria-hidden="true" />
        </Button>
      </div>
      <LineTerms line={line} onChange={put} />
      <PriceChange line={line} agreed={agreed} onAgree={onAgree} />
      {line.faults
        .filter(({ code }) => code !== "price_changed")
        .map((fault) => (
          <BlockView
            key={fault.code}
            block={blockOf(fault)}
            unit={line.unit}
            onQuantity={(quantity) => put({ quantity })}
          />
        ))}
      {change.isError ? <ErrorView error={change.error} /> : null}
    </article>
  );
}

function LineTerms({
  line,
  onChange,
}: {
  readonly line: CartLineRecord;
  readonly onChange: (change: CartLineChange) => void;
}) {
  const t = useText();
  const centers = useCostCenters();
  const { quantity, unit, deliverOn = "", costCenterId } = line;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="w-48">
        <LineQuantity key={quantity} quantity={quantity} unit={unit} onChange={onChange} />
      </div>
      <label className="k-field w-44">
        <span className="k-label">{t("buying.line.deliver_on")}</span>
        <input
          type="date"
          className="k-input"
          defaultValue={deliverOn}
          key={deliverOn}
          onBlur={({ target }) => {
            if (target.value !== deliverOn) onChange({ deliverOn: target.value === "" ? null : target.value });
          }}
        />
      </label>
      {centers.length === 0 ? null : (
        <div className="w-48">
          <Select
            label={t("buying.line.cost_center")}
            value={costCenterId ?? "none"}
            options={[
              { id: "none", label: t("buying.line.no_cost_center") },
              ...centers.map((one) => ({ id: one.costCenterId, label: `${one.code} ${one.name}` })),
            ]}
            onChange={(id) => onChange({ costCenterId: id === null || id === "none" ? null : id })}
          />
        </div>
      )}
    </div>
  );
}

/** Told to the server when the field is left, so that half a number is not priced. */
function LineQuantity(props: {
  readonly quantity: string;
  readonly unit: string;
  readonly onChange: (change: CartLineChange) => void;
}) {
  const t = useText();
  const { quantity, unit, onChange } = props;
  const typed = useRef<string | null>(quantity);
  const settle = (): void => {
    const { current } = typed;
    if (current !== null && current !== quantity) onChange({ quantity: current });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        settle();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) settle();
      }}
    >
      <QuantityField
        label={t("catalogue.order.quantity")}
        value={quantity}
        onChange={(value) => {
          typed.current = value;
        }}
        decimalsMax={decimalsOf(unit, quantity)}
        unit={unitName(t, unit)}
      />
    </form>
  );
}

function PriceChange({ line, agreed, onAgree }: Omit<LineProps, "marketplaceId">) {
  const t = useText();
  const { before, price, lineId } = line;
  if (before === undefined || price === undefined) return null;
  return (
    <div className="border-s-2 border-warn bg-warn-bg px-3 py-2 text-13">
      <p>
        {t("buying.problem.price_changed")}{" "}
        <UnitPrice price={before.unitPrice} currency={before.currency} unit={before.unit} per={before.per} />
        {" → "}
        <UnitPrice price={price.unitPrice} currency={price.currency} unit={price.unit} per={price.per} />
      </p>
      <Checkbox isSelected={agreed.has(lineId)} onChange={(isAgreed) => onAgree(lineId, isAgreed)}>
        {t("buying.line.agree")}
      </Checkbox>
    </div>
  );
}
