import type { LotTerms } from "@kontor/protocol";
import { Trash2 } from "lucide-react";
import type { ClipboardEvent } from "react";
import { useText } from "../i18n/use-text.ts";
import { DecimalInput } from "./decimal-input.tsx";
import { withChangedLot } from "./draft-terms.ts";
import type { LotColumn } from "./paste-rows.ts";
import { unitChoices } from "./trade-lists.ts";
import type { DraftDesk } from "./use-draft.ts";
import { useProblemText } from "./use-problem-text.ts";
import { fieldIdOf } from "./wizard-state.ts";

const quantityDecimals = 6;
const valueDecimals = 6;

type LotRowProps = {
  readonly desk: DraftDesk;
  readonly lot: LotTerms;
  readonly index: number;
  readonly onPaste: (text: string, column: LotColumn) => void;
  readonly onRemove: () => void;
};

/** One lot; a sheet that is pasted into a cell goes from there to the right and down. */
export function LotRow(props: LotRowProps) {
  const { desk, lot, index, onPaste, onRemove } = props;
  const t = useText();
  const { terms, change } = desk;
  const put = (changes: Partial<LotTerms>): void => change(withChangedLot(terms, index, changes));
  const pasteInto = (column: LotColumn) => (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    onPaste(text, column);
  };
  const cell = { desk, index };
  return (
    <tr>
      <td data-label={t("buyer.lot.number")}>
        <span className="k-number inline-block pt-2.5 text-muted">{index + 1}</span>
      </td>
      {(["title", "grade"] as const).map((column) => (
        <td key={column} data-label={t(`buyer.lot.${column}`)} onPaste={pasteInto(column)}>
          <TextCell {...cell} column={column} value={lot[column]} onChange={(text) => put({ [column]: text })} />
        </td>
      ))}
      <td data-label={t("buyer.lot.quantity")} className="text-end" onPaste={pasteInto("quantity")}>
        <AmountCell
          {...cell}
          column="quantity"
          pointer="quantity/value"
          value={lot.quantity.value}
          decimalsMax={quantityDecimals}
          onChange={(value) => put({ quantity: { ...lot.quantity, value: value ?? "" } })}
        />
      </td>
      <td data-label={t("buyer.lot.unit")} onPaste={pasteInto("unit")}>
        <select
          className="field-input"
          aria-label={t("buyer.lot.unit")}
          value={lot.quantity.unit}
          onChange={(event) => put({ quantity: { ...lot.quantity, unit: event.target.value } })}
        >
          {unitChoices(lot.quantity.unit).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </td>
      <td data-label={t("buyer.lot.delivery")} onPaste={pasteInto("delivery")}>
        <TextCell {...cell} column="delivery" value={lot.delivery} onChange={(delivery) => put({ delivery })} />
      </td>
      <td data-label={t("buyer.lot.startPrice")} className="text-end" onPaste={pasteInto("startPrice")}>
        <AmountCell
          {...cell}
          column="startPrice"
          pointer="rules/startPrice"
          value={lot.rules.startPrice}
          decimalsMax={lot.rules.priceScale}
          decimals={lot.rules.priceScale}
          onChange={(startPrice) => put({ rules: { ...lot.rules, startPrice } })}
        />
      </td>
      <td data-label={t("buyer.lot.estimatedValue")} className="text-end" onPaste={pasteInto("estimatedValue")}>
        <AmountCell
          {...cell}
          column="estimatedValue"
          pointer="estimatedValue"
          value={lot.estimatedValue}
          decimalsMax={valueDecimals}
          onChange={(estimatedValue) => put({ estimatedValue })}
        />
      </td>
      <td data-label="">
        <button
          type="button"
          className="icon-button disabled:opacity-40"
          aria-label={`${t("buyer.lot.remove")} ${index + 1}`}
          title={t("buyer.lot.remove")}
          disabled={terms.lots.length === 1}
          onClick={onRemove}
        >
          <Trash2 size={16} strokeWidth={1.5} aria-hidden />
        </button>
      </td>
    </tr>
  );
}

type Cell = { readonly desk: DraftDesk; readonly index: number; readonly column: LotColumn };

function TextCell(props: Cell & { readonly value: string; readonly onChange: (text: string) => void }) {
  const { desk, index, column, value, onChange } = props;
  const t = useText();
  const pointer = `/lots/${index}/${column}`;
  const problem = useProblemText(desk)(pointer);
  return (
    <div>
      <input
        id={fieldIdOf(pointer)}
        className="field-input"
        dir="auto"
        maxLength={200}
        aria-label={t(`buyer.lot.${column}`)}
        aria-invalid={problem !== undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem === undefined ? null : <p className="field-error">{problem}</p>}
    </div>
  );
}

function AmountCell(
  props: Cell & {
    readonly pointer: string;
    readonly value: string | null;
    readonly decimalsMax: number;
    readonly decimals?: number;
    readonly onChange: (value: string | null) => void;
  },
) {
  const { desk, index, column, pointer, ...rest } = props;
  const t = useText();
  const at = `/lots/${index}/${pointer}`;
  const problem = useProblemText(desk)(at);
  return <DecimalInput {...rest} id={fieldIdOf(at)} label={t(`buyer.lot.${column}`)} error={problem} />;
}
