import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import type {
  CheckboxProps as AriaCheckboxProps,
  RadioGroupProps as AriaRadioGroupProps,
  SwitchProps as AriaSwitchProps,
} from "react-aria-components";
import {
  Checkbox as AriaCheckbox,
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
  FieldError,
  Label,
  Radio,
  Text,
} from "react-aria-components";
import { classNames } from "./class-names.ts";

export type CheckboxProps = Omit<AriaCheckboxProps, "className" | "style" | "children"> & {
  readonly children?: ReactNode;
};

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className="k-check">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="k-check-box" aria-hidden>
            {isIndeterminate && <Minus size={14} strokeWidth={2.5} />}
            {isSelected && !isIndeterminate && <Check size={14} strokeWidth={2.5} />}
          </span>
          {children !== undefined && <span>{children}</span>}
        </>
      )}
    </AriaCheckbox>
  );
}

export type SwitchProps = Omit<AriaSwitchProps, "className" | "style" | "children"> & { readonly children: ReactNode };

/** For what takes effect at once. */
export function Switch({ children, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className="k-switch">
      <span className="k-switch-track" aria-hidden>
        <span className="k-switch-thumb" />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  );
}

export type RadioOption = {
  readonly value: string;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
};

export type RadioGroupProps = Omit<AriaRadioGroupProps, "className" | "style" | "children"> & {
  readonly label: string;
  readonly options: readonly RadioOption[];
  /** `halves`: buy and sell beside each other; `segments`: a small row; `cards`: with descriptions. */
  readonly look?: "list" | "halves" | "segments" | "cards";
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly errorMessage?: string;
};

export function RadioGroup(props: RadioGroupProps) {
  const { label, options, look = "list", isLabelHidden, description, errorMessage, ...rest } = props;
  return (
    <AriaRadioGroup
      {...rest}
      isInvalid={errorMessage !== undefined}
      className={classNames("k-field", `k-radios-${look}`)}
    >
      <Label className={isLabelHidden ? "k-visually-hidden" : "k-label"}>{label}</Label>
      <div className="k-radios">
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled === true}
            className="k-radio"
            data-option={option.value}
          >
            <span className="k-radio-dot" aria-hidden />
            <span className="k-radio-text">
              <span className="k-radio-label">{option.label}</span>
              {option.description !== undefined && <span className="k-hint">{option.description}</span>}
            </span>
          </Radio>
        ))}
      </div>
      {description !== undefined && (
        <Text slot="description" className="k-hint">
          {description}
        </Text>
      )}
      <FieldError className="k-error">{errorMessage}</FieldError>
    </AriaRadioGroup>
  );
}
