import { Minus, Plus } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { useId, useState } from "react";
import { Button as AriaButton, TextField as AriaTextField, Group, Input, useLocale } from "react-aria-components";
import { Button } from "../controls/button.tsx";
import { classNames } from "../controls/class-names.ts";
import { fill, useLabels } from "../labels/labels.tsx";
import { formatAmount } from "../money/format-amount.ts";
import type { AmountDraft, AmountRules } from "./amount-draft.ts";
import { amountOf, draftOf, settledDraft, stepped, typedDraft } from "./amount-draft.ts";
import type { FieldTexts } from "./field.tsx";
import { FieldFrame } from "./field.tsx";

export type MoneyFieldProps = FieldTexts & {
  /** Decimal string, or null. A new value from outside replaces what stands there; one's own is not written back. */
  readonly value: string | null;
  /** Null while the text is empty, a question or wrong. */
  readonly onChange: (value: string | null, draft: AmountDraft) => void;
  readonly decimalsMax: number;
  /** Currency and unit, like "€/t": always to be seen. */
  readonly unit: ReactNode;
  /** Decimal string: arrows and buttons go by it, with Shift by ten of it. */
  readonly step?: string;
  readonly allowNegative?: boolean;
  readonly isDisabled?: boolean;
  /** What the amount comes to, said live below the field. */
  readonly echo?: ReactNode;
  readonly size?: "normal" | "large";
  readonly inputRef?: Ref<HTMLInputElement>;
};

const directions: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowDown: -1 };

/** Money and quantities: reads strictly, asks when it must, writes out on leaving. */
export function MoneyField(props: MoneyFieldProps) {
  const { value, onChange, decimalsMax, unit, step, echo, inputRef, isDisabled = false, size = "normal" } = props;
  const { locale } = useLocale();
  const labels = useLabels();
  const echoId = useId();
  const rules: AmountRules = { locale, decimalsMax, allowNegative: props.allowNegative === true };
  const [draft, setDraft] = useDraft(value, rules);
  const put = (next: AmountDraft): void => {
    setDraft(next);
    onChange(amountOf(next), next);
  };
  const move = (count: number): void => {
    if (step !== undefined && !isDisabled) put(draftOf(stepped(amountOf(draft), step, count), rules));
  };
  const { parsed } = draft;
  const wrong = parsed.kind === "fault" ? fill(labels.amountFaults[parsed.fault], decimalsMax) : props.errorMessage;
  const texts: FieldTexts = wrong === undefined ? props : { ...props, errorMessage: wrong };
  return (
    <AriaTextField
      className={classNames("k-field", "k-money", `k-money-${size}`)}
      value={draft.text}
      onChange={(text) => put(typedDraft(text, rules))}
      onBlur={() => setDraft(settledDraft(draft, rules))}
      isInvalid={wrong !== undefined}
      isDisabled={isDisabled}
      isRequired={props.isRequired === true}
      validationBehavior="aria"
    >
      <FieldFrame texts={texts}>
        <Group className="k-input-row">
          {step !== undefined && <StepButton icon="minus" onStep={() => move(-1)} isDisabled={isDisabled} />}
          <Input
            {...(inputRef === undefined ? {} : { ref: inputRef })}
            className="k-input k-money-input"
            dir="ltr"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            aria-describedby={echoId}
            onFocus={(event) => event.currentTarget.select()}
            onKeyDown={(event) => {
              const direction = directions[event.key];
              if (direction === undefined || step === undefined) return;
              event.preventDefault();
              move(direction * (event.shiftKey ? 10 : 1));
            }}
          />
          <span className="k-affix k-unit">{unit}</span>
          {step !== undefined && <StepButton icon="plus" onStep={() => move(1)} isDisabled={isDisabled} />}
        </Group>
      </FieldFrame>
      <output className="k-echo" id={echoId}>
        {parsed.kind === "amount" && echo}
      </output>
      {parsed.kind === "question" && (
        <Question readings={parsed.readings} rules={rules} onAnswer={(answer) => put(draftOf(answer, rules))} />
      )}
    </AriaTextField>
  );
}

/** Follows the value from outside, but not the echo of what was typed here. */
function useDraft(value: string | null, rules: AmountRules): [AmountDraft, (draft: AmountDraft) => void] {
  const [draft, setDraft] = useState(() => draftOf(value, rules));
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if (value !== amountOf(draft)) setDraft(draftOf(value, rules));
  }
  return [draft, setDraft];
}

type StepButtonProps = {
  readonly icon: "minus" | "plus";
  readonly onStep: () => void;
  readonly isDisabled: boolean;
};

function StepButton({ icon, onStep, isDisabled }: StepButtonProps) {
  const labels = useLabels();
  const Icon = icon === "plus" ? Plus : Minus;
  return (
    <AriaButton
      slot={null}
      className="k-step"
      aria-label={icon === "plus" ? labels.increase : labels.decrease}
      excludeFromTabOrder
      isDisabled={isDisabled}
      onPress={onStep}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
    </AriaButton>
  );
}

type QuestionProps = {
  readonly readings: readonly string[];
  readonly rules: AmountRules;
  readonly onAnswer: (value: string | null) => void;
};

function Question({ readings, rules, onAnswer }: QuestionProps) {
  const labels = useLabels();
  return (
    <div className="k-question" role="alert">
      <span>{labels.doYouMean}</span>
      {readings.map((reading) => (
        <Button key={reading} size="small" slot={null} onPress={() => onAnswer(reading)}>
          <span className="k-number">{formatAmount(reading, { locale: rules.locale })}</span>
        </Button>
      ))}
      {readings.length === 1 && (
        <Button kind="quiet" size="small" slot={null} onPress={() => onAnswer(null)}>
          {labels.typeAgain}
        </Button>
      )}
    </div>
  );
}
