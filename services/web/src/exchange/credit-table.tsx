import type { OwnAccountView } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { moneyOf, moneyText, quantityOf, quantityText } from "./instrument-grid.ts";
import type { Market } from "./market.ts";
import { useNumbers } from "./numbers.ts";

/** Position, money and goods in this market's trading account; what orders hold, and what is left. */
export function CreditTable({ market, account }: { readonly market: Market; readonly account: OwnAccountView | null }) {
  const t = useText();
  const { grid, record } = market;
  const numbers = useNumbers(grid, record.terms);
  if (account === null) return <p className="py-3 text-13 text-muted">{t("exchange.credit.none")}</p>;
  const money = (text: string | null): string => (text === null ? "—" : `${numbers.money(text)} ${numbers.currency}`);
  const goods = (text: string | null): string => (text === null ? "—" : `${numbers.quantity(text)} ${numbers.unit}`);
  const free = {
    money: difference(moneyOf(grid, account.money), moneyOf(grid, account.moneyHeld)),
    goods: difference(quantityOf(grid, account.goods), quantityOf(grid, account.goodsHeld)),
  };
  const rows = [
    { name: "position", value: goods(account.position) },
    { name: "money", value: money(account.money ?? null) },
    { name: "money_held", value: money(account.moneyHeld ?? null) },
    { name: "money_free", value: money(free.money === null ? null : moneyText(grid, free.money)) },
    { name: "goods", value: goods(account.goods ?? null) },
    { name: "goods_held", value: goods(account.goodsHeld ?? null) },
    { name: "goods_free", value: goods(free.goods === null ? null : quantityText(grid, free.goods)) },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-2 py-3 sm:grid-cols-4">
      {rows.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-12 text-muted">{t(`exchange.credit.${name}`)}</dt>
          <dd className="k-number text-14 font-medium" data-credit={name}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function difference(has: bigint | null, held: bigint | null): bigint | null {
  return has === null ? null : has - (held ?? 0n);
}
