import { useText } from "../i18n/use-text.ts";
import type { Market } from "./market.ts";
import type { Numbers } from "./numbers.ts";
import { useNumbers } from "./numbers.ts";
import type { TicketDraft } from "./ticket.ts";
import { warningText } from "./ticket-texts.ts";
import type { TicketView } from "./ticket-view.ts";

type Row = { readonly name: string; readonly value: string; readonly isShort?: boolean };

/** What would come of the order: lines that stay where they are, filled or not, so that nothing below them moves. */
export function TicketOutlook(props: {
  readonly market: Market;
  readonly draft: TicketDraft;
  readonly view: TicketView;
}) {
  const t = useText();
  const { market, draft, view } = props;
  const numbers = useNumbers(market.grid, market.record.terms);
  const rows = outlookRows(view, draft, numbers);
  return (
    <div className="space-y-1 border-t border-line pt-2">
      <dl className="space-y-0.5 text-12">
        {rows.map(({ name, value, isShort }) => (
          <div key={name} className="flex justify-between gap-2">
            <dt className="text-muted">{t(`exchange.outlook.${name}`)}</dt>
            <dd className={`k-number ${isShort ? "font-medium text-danger" : ""}`}>{value}</dd>
          </div>
        ))}
      </dl>
      {view.plan?.warnings.map((warning) => (
        <p key={warning.code} className="rounded-control bg-warn-bg px-2 py-1 text-12 text-warn">
          {warningText(t, numbers, warning)}
        </p>
      ))}
    </div>
  );
}

function outlookRows({ plan, protectedLimit }: TicketView, draft: TicketDraft, numbers: Numbers): readonly Row[] {
  const money = (text: string | undefined): string =>
    text === undefined ? "—" : `${numbers.money(text)} ${numbers.currency}`;
  const outlook = plan?.outlook;
  const worst = draft.kind === "market" ? protectedLimit : outlook?.worst;
  const share = outlook === undefined ? "" : ` (${(outlook.shareNow / 10).toFixed(0)} %)`;
  const quantity = (text: string | undefined): string =>
    text === undefined ? "—" : `${numbers.quantity(text)} ${numbers.unit}`;
  return [
    { name: "total", value: money(outlook?.total) },
    { name: "fees", value: money(outlook?.fees) },
    { name: "worst", value: worst === undefined ? "—" : numbers.price(worst) },
    { name: "now", value: outlook === undefined ? "—" : quantity(outlook.tradesNow) + share },
    { name: "rests", value: quantity(outlook?.restsAfter) },
    creditRow(plan?.credit ?? null, numbers),
  ];
}

function creditRow(credit: NonNullable<TicketView["plan"]>["credit"], numbers: Numbers): Row {
  if (credit === null || credit.kind === "on_trust") return { name: "money_after", value: "—" };
  const isShort = credit.short !== null;
  return credit.kind === "money"
    ? { name: "money_after", value: `${numbers.money(credit.after)} ${numbers.currency}`, isShort }
    : { name: "goods_after", value: `${numbers.quantity(credit.after)} ${numbers.unit}`, isShort };
}
