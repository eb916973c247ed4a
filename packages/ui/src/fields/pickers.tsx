import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import type { Key } from "react-aria-components";
import {
  ComboBox as AriaComboBox,
  Select as AriaSelect,
  Button,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";
import type { FieldTexts } from "./field.tsx";
import { FieldFrame } from "./field.tsx";

export type Option = {
  readonly id: string;
  readonly label: string;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
};

type PickerProps = FieldTexts & {
  readonly options: readonly Option[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
};

const idOf = (key: Key | null): string | null => (key === null ? null : String(key));

function Options({ options }: { readonly options: readonly Option[] }) {
  const labels = useLabels();
  return (
    <Popover className="k-popover k-popover-list" offset={4}>
      <ListBox
        items={options}
        className="k-list"
        renderEmptyState={() => <p className="k-list-empty">{labels.noOptions}</p>}
      >
        {(option) => (
          <ListBoxItem
            id={option.id}
            textValue={option.label}
            isDisabled={option.isDisabled === true}
            className="k-option"
          >
            {({ isSelected }) => (
              <>
                <span className="k-option-mark" aria-hidden>
                  {isSelected && <Check size={16} strokeWidth={1.5} />}
                </span>
                <span className="k-option-text">
                  <Text slot="label">{option.label}</Text>
                  {option.description !== undefined && (
                    <Text slot="description" className="k-hint">
                      {option.description}
                    </Text>
                  )}
                </span>
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

export type SelectProps = PickerProps;

/** One of a few. */
export function Select(props: SelectProps) {
  const { options, value, onChange, placeholder = "–", isDisabled = false, isRequired = false, errorMessage } = props;
  return (
    <AriaSelect
      className="k-field"
      value={value}
      onChange={(key) => onChange(idOf(key as Key | null))}
      placeholder={placeholder}
      isDisabled={isDisabled}
      isRequired={isRequired}
      isInvalid={errorMessage !== undefined}
      validationBehavior="aria"
    >
      <FieldFrame texts={props}>
        <Button className="k-input k-select">
          <SelectValue className="k-select-value">
            {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
          </SelectValue>
          <ChevronDown size={16} strokeWidth={1.5} aria-hidden />
        </Button>
      </FieldFrame>
      <Options options={options} />
    </AriaSelect>
  );
}

export type ComboBoxProps = PickerProps & {
  /** Given, the options are already those for the text: nothing is filtered here. */
  readonly onSearch?: (text: string) => void;
};

/** One of many, found by typing. */
export function ComboBox(props: ComboBoxProps) {
  const { options, value, onChange, onSearch, placeholder = "", isDisabled = false, isRequired = false } = props;
  const labels = useLabels();
  return (
    <AriaComboBox
      className="k-field"
      {...(onSearch === undefined ? { defaultItems: options } : { items: options, onInputChange: onSearch })}
      selectedKey={value}
      onSelectionChange={(key) => onChange(idOf(key))}
      isDisabled={isDisabled}
      isRequired={isRequired}
      isInvalid={props.errorMessage !== undefined}
      validationBehavior="aria"
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <FieldFrame texts={props}>
        <div className="k-input-row">
          <Input className="k-input" placeholder={placeholder} />
          <Button className="k-step" aria-label={labels.open}>
            <ChevronDown size={16} strokeWidth={1.5} aria-hidden />
          </Button>
        </div>
      </FieldFrame>
      <Options options={options} />
    </AriaComboBox>
  );
}
