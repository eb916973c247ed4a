import type { ReactNode } from "react";
import { useState } from "react";
import type { Description } from "../data/description-list.tsx";
import { DescriptionList } from "../data/description-list.tsx";
import { MoneyField } from "../fields/money-field.tsx";
import { useLabels } from "../labels/labels.tsx";
import { Banner } from "../states/banner.tsx";
import type { ButtonKind } from "./button.tsx";
import { Button } from "./button.tsx";
import { isSameAmount } from "./same-amount.ts";

export type ConfirmPanelProps = {
  /** 0: one press. 1: review first. 2: the amount typed again. 3: refused. */
  readonly level: 0 | 1 | 2 | 3;
  /** With the amount in it: "Bid 1,412.50 €/t". */
  readonly action: ReactNode;
  readonly kind?: ButtonKind;
  /** Decimal string that level 2 wants typed again. */
  readonly amount: string;
  readonly amountShown: ReactNode;
  readonly unit: ReactNode;
  readonly decimalsMax: number;
  /** Total, change to the last: what is to be looked at. */
  readonly facts: readonly Description[];
  /** Why the level is what it is. */
  readonly reason?: ReactNode;
  readonly isPending?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

/** Against fat fingers: the more unusual an amount is, the more it takes to send it. */
export function ConfirmPanel(props: ConfirmPanelProps) {
  const { level, action, kind = "primary", reason, isPending = false, onConfirm, onCancel } = props;
  const labels = useLabels();
  const [again, setAgain] = useState<string | null>(null);
  const isRepeated = again !== null && isSameAmount(again, props.amount);
  const send = (
    <Button
      kind={kind}
      size="large"
      isWide
      isPending={isPending}
      isDisabled={level === 2 && !isRepeated}
      onPress={onConfirm}
    >
      {action}
    </Button>
  );
  if (level === 0) return <div className="k-confirm">{send}</div>;
  return (
    <div className="k-confirm">
      <p className="k-confirm-amount">{props.amountShown}</p>
      <DescriptionList items={props.facts} />
      {reason !== undefined && (
        <Banner tone={level === 3 ? "danger" : "warning"} title={reason} isUrgent={level === 3} />
      )}
      {level === 2 && (
        <MoneyField
          label={labels.typeAmountAgain}
          value={again}
          onChange={setAgain}
          unit={props.unit}
          decimalsMax={props.decimalsMax}
          {...(again !== null && !isRepeated ? { errorMessage: labels.amountsDiffer } : {})}
        />
      )}
      <div className="k-confirm-actions">
        <Button size="large" onPress={onCancel}>
          {labels.back}
        </Button>
        {level !== 3 && send}
      </div>
    </div>
  );
}
