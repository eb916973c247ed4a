import { Button, TextField } from "@kontor/ui";
import { useState } from "react";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useText } from "../i18n/use-text.ts";
import { BlockView } from "./block-view.tsx";
import { StepProblem } from "./decision-form.tsx";
import type { QuickOutcome, QuickRow } from "./quick-rows.ts";
import { mended, quantityIn, quickOutcome, settled } from "./quick-rows.ts";
import { useAddToCart, useChangeLine } from "./use-cart.ts";
import { useQuickOrder } from "./use-quick-order.ts";

/** What became of the lines: the count that is in the cart, then each that wants a hand as a field. */
export function QuickRows(props: {
  readonly marketplaceId: string;
  readonly outcome: QuickOutcome;
  readonly onOutcome: (outcome: QuickOutcome) => void;
}) {
  const t = useText();
  const { marketplaceId, outcome, onOutcome } = props;
  return (
    <section className="space-y-2">
      <p role="status" className="font-medium">
        {t("buying.quick.added", { count: outcome.added })}
        {outcome.rows.length === 0 ? null : ` ${t("buying.quick.left", { count: outcome.rows.length })}`}
      </p>
      <ol className={outcome.rows.length === 0 ? "" : "border-t border-line"}>
        {outcome.rows.map((row) => (
          <QuickRowView
            key={`${row.row} ${row.text} ${row.kind}`}
            marketplaceId={marketplaceId}
            row={row}
            onMended={(answer) => onOutcome(mended(outcome, row.row, answer))}
            onSettled={() => onOutcome(settled(outcome, row.row))}
          />
        ))}
      </ol>
    </section>
  );
}

type RowProps = {
  readonly marketplaceId: string;
  readonly row: QuickRow;
  readonly onMended: (answer: QuickOutcome) => void;
  readonly onSettled: () => void;
};

function QuickRowView({ marketplaceId, row, onMended, onSettled }: RowProps) {
  const t = useText();
  const [text, setText] = useState(row.text);
  const again = useQuickOrder(marketplaceId);
  const change = useChangeLine(marketplaceId);
  const send = (): void => again.mutate({ text }, { onSuccess: (record) => onMended(quickOutcome(record)) });
  return (
    <li className="space-y-2 border-b border-line py-3">
      <p className="text-13">
        <span className="text-muted">{t("buying.quick.row", { row: row.row })}</span>{" "}
        <span className="font-medium">{t(`buying.quick.${row.kind}`)}</span>
      </p>
      {row.kind === "faulty" ? (
        <>
          <code dir="ltr">{row.text}</code>
          {row.blocks.map((block) => (
            <BlockView
              key={block.code}
              block={block}
              {...(row.unit === null ? {} : { unit: row.unit })}
              onQuantity={(quantity) => {
                const { lineId } = row;
                if (lineId !== null) change.mutate({ lineId, change: { quantity } }, { onSuccess: onSettled });
              }}
            />
          ))}
        </>
      ) : (
        <div className="flex flex-wrap items-end gap-2">
          <div className="w-80 max-w-full" dir="ltr">
            <TextField label={t("buying.quick.line")} isLabelHidden value={text} onChange={setText} />
          </div>
          <Button isPending={again.isPending} isDisabled={text.trim() === ""} onPress={send}>
            {t("buying.quick.again")}
          </Button>
          <Button kind="quiet" onPress={onSettled}>
            {t("buying.quick.drop")}
          </Button>
        </div>
      )}
      <RowChoices marketplaceId={marketplaceId} row={row} text={text} onSettled={onSettled} />
      <StepProblem error={again.error ?? change.error} />
    </li>
  );
}

/** What an ambiguous number may mean. */
function RowChoices(props: Omit<RowProps, "onMended"> & { readonly text: string }) {
  const { marketplaceId, row, text, onSettled } = props;
  const add = useAddToCart(marketplaceId);
  const vendorName = useVendorNames(marketplaceId);
  const quantity = quantityIn(text);
  if (row.choices.length === 0 || quantity === null) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {row.choices.map(({ offerId, vendorId, vendorPartNo, name }) => (
        <li key={offerId}>
          <Button
            size="small"
            isPending={add.isPending}
            onPress={() => add.mutate({ offerId, quantity }, { onSuccess: onSettled })}
          >
            {`${name} · ${vendorName(vendorId)} · ${vendorPartNo}`}
          </Button>
        </li>
      ))}
    </ul>
  );
}
