import { useState } from "react";
import { useLocale, useText } from "../i18n/use-text.ts";
import { withLot, withoutLot } from "./draft-terms.ts";
import { LotRow } from "./lot-row.tsx";
import type { LotColumn, Pasted } from "./paste-rows.ts";
import { lotColumns, pasteRows } from "./paste-rows.ts";
import type { DraftDesk } from "./use-draft.ts";

const numeric = new Set<LotColumn>(["quantity", "startPrice", "estimatedValue"]);

/** Shares of the sheet: what has to be read in full has room. */
const widths: Readonly<Record<LotColumn, string>> = {
  title: "w-[24%]",
  grade: "w-[12%]",
  quantity: "w-[11%]",
  unit: "w-20",
  delivery: "w-[15%]",
  startPrice: "w-[12%]",
  estimatedValue: "w-[13%]",
};

/** Lots as a sheet: typed row by row, or pasted from a spreadsheet into any cell. */
export function StepLots({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const locale = useLocale();
  const { terms, change } = desk;
  const [pasted, setPasted] = useState<Pasted | null>(null);
  // Fields hold what is typed into them; a paste writes over them all.
  const [round, setRound] = useState(0);
  const renew = (): void => setRound((count) => count + 1);
  const paste = (text: string, row: number, column: LotColumn): void => {
    const outcome = pasteRows(terms, text, { row, column, locale });
    setPasted(outcome);
    renew();
    change(outcome.terms);
  };
  return (
    <div className="space-y-3">
      <div className="lg:[&_.field-input]:px-2 lg:[&_td]:px-1 lg:[&_th]:px-1">
        <table className="data-table lg:table-fixed">
          <caption className="sr-only">{t("buyer.step.lots")}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-8">
                {t("buyer.lot.number")}
              </th>
              {lotColumns.map((column) => (
                <th key={column} scope="col" className={`${widths[column]} ${numeric.has(column) ? "text-end" : ""}`}>
                  {t(`buyer.lot.${column}`)}
                </th>
              ))}
              <th scope="col" className="w-12">
                <span className="sr-only">{t("buyer.lot.remove")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {terms.lots.map((lot, index) => (
              <LotRow
                // biome-ignore lint/suspicious/noArrayIndexKey: lots of a draft are known by their place; the round renews them
                key={`${round}-${index}`}
                desk={desk}
                lot={lot}
                index={index}
                onPaste={(text, column) => paste(text, index, column)}
                onRemove={() => {
                  renew();
                  change(withoutLot(terms, index));
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" className="button button-quiet" onClick={() => change(withLot(terms))}>
        {t("buyer.lot.add")}
      </button>
      <p className="text-13 text-muted">{t("buyer.lot.paste_hint")}</p>
      {pasted === null ? null : <PasteNote pasted={pasted} />}
    </div>
  );
}

/** What of a pasted sheet could not be taken; nothing is left out silently. */
function PasteNote({ pasted }: { readonly pasted: Pasted }) {
  const t = useText();
  const { unread, droppedRows } = pasted;
  if (unread.length === 0 && droppedRows === 0) return <p role="status">{t("buyer.paste.all")}</p>;
  return (
    <div role="status" className="space-y-1 border-s-2 border-warn ps-3">
      {droppedRows === 0 ? null : <p>{t("buyer.paste.dropped", { count: droppedRows })}</p>}
      {unread.length === 0 ? null : <p>{t("buyer.paste.unread", { count: unread.length })}</p>}
      <ul className="text-13">
        {unread.map(({ row, column, text }) => (
          <li key={`${row}-${column}`}>
            {t("buyer.paste.cell", { row, column: t(`buyer.lot.${column}`) })} <bdi className="font-mono">{text}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
