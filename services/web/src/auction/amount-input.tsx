import { formatDecimal } from "@kontor/kernel";
import { currencySign, MoneyField } from "@kontor/ui";
import type { RefObject } from "react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { UnitPrice } from "./lot-money.ts";
import { lotTotal, unitPriceOf } from "./lot-money.ts";
import { minorOf } from "./step-size.ts";
import { unitSymbol } from "./unit-symbol.ts";
import type { Room } from "./use-room.ts";
import { moneyText } from "./use-say.ts";

type AmountInputProps = {
  readonly room: Room;
  /** The price per unit as a decimal; empty for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `quick` with Ctrl or Cmd. */
  readonly onEnter: (quick: boolean) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
};

const wayPlace = "kontor.auction.amount";

/** The amount, per unit or for the whole lot; the other one stands in the line below the form. */
export function AmountInput({ room, value, onChange, onEnter, inputRef }: AmountInputProps) {
  const t = useText();
  const [way, setWay] = useState<"unit" | "total">(() =>
    localStorage.getItem(wayPlace) === "total" ? "total" : "unit",
  );
  const { bid, state } = room;
  const isTotal = way === "total" && bid.quantity !== null;
  const choose = (next: "unit" | "total"): void => {
    localStorage.setItem(wayPlace, next);
    setWay(next);
  };
  const field = { isDisabled: state.form.kind !== "enabled" && value === "", inputRef };
  return (
    <form
      className="amount-input"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        onEnter(event.ctrlKey || event.metaKey);
      }}
    >
      {bid.quantity === null ? null : (
        <div className="amount-ways">
          {(["unit", "total"] as const).map((one) => (
            <Button key={one} className="amount-way" aria-pressed={way === one} onPress={() => choose(one)}>
              {one === "unit"
                ? t("auction.form.per_unit", { unit: unitSymbol(bid.quantity?.unit ?? "") })
                : t("auction.form.total")}
            </Button>
          ))}
        </div>
      )}
      {isTotal ? (
        <TotalField {...{ room, value, onChange, field }} />
      ) : (
        <UnitField {...{ room, value, onChange, field }} />
      )}
    </form>
  );
}

type FieldProps = Pick<AmountInputProps, "room" | "value" | "onChange"> & {
  readonly field: { readonly isDisabled: boolean; readonly inputRef: RefObject<HTMLInputElement | null> };
};

function UnitField({ room, value, onChange, field }: FieldProps) {
  const t = useText();
  const locale = useLocale();
  const { bid } = room;
  const per = bid.quantity === null ? "" : `/${unitSymbol(bid.quantity.unit)}`;
  const step = bid.stepMin ?? bid.grid;
  return (
    <MoneyField
      label={t(bid.takesMaximum ? "auction.form.maximum_amount" : "auction.form.amount")}
      size="large"
      value={value === "" ? null : value}
      onChange={(next) => onChange(next === null ? "" : atScale(next, bid.scale))}
      decimalsMax={bid.scale}
      unit={<bdi dir="ltr">{`${currencySign(bid.currency, locale)}${per}`}</bdi>}
      {...(step === null ? {} : { step: formatDecimal(step, bid.scale) })}
      {...field}
    />
  );
}

function TotalField({ room, value, onChange, field }: FieldProps) {
  const t = useText();
  const locale = useLocale();
  const { bid } = room;
  const [between, setBetween] = useState<Extract<UnitPrice, { kind: "between" }> | null>(null);
  const price = minorOf(value === "" ? undefined : value, bid.scale);
  const { quantity } = bid;
  if (quantity === null) return null;
  const take = (next: string | null): void => {
    const unit = next === null ? null : unitPriceOf(next, quantity, bid.scale);
    setBetween(unit?.kind === "between" ? unit : null);
    onChange(unit?.kind === "exact" ? formatDecimal(unit.price, bid.scale) : "");
  };
  const money = (minor: bigint): string =>
    moneyText(formatDecimal(minor, bid.scale), { locale, currency: bid.currency });
  return (
    <>
      <MoneyField
        label={t("auction.form.total_amount")}
        size="large"
        value={price === null ? null : lotTotal(price, quantity, { price: bid.scale, money: bid.scale })}
        onChange={take}
        decimalsMax={bid.scale}
        unit={currencySign(bid.currency, locale)}
        {...field}
      />
      {between === null ? null : (
        <p className="bid-hint">
          {t("auction.form.between")}{" "}
          {[between.below, between.above].map((one) => (
            <Button
              key={one.toString()}
              className="button button-quiet"
              onPress={() => {
                setBetween(null);
                onChange(formatDecimal(one, bid.scale));
              }}
            >
              <bdi>{money(one)}</bdi>
            </Button>
          ))}
        </p>
      )}
    </>
  );
}

function atScale(value: string, scale: number): string {
  const minor = minorOf(value, scale);
  return minor === null ? value : formatDecimal(minor, scale);
}
