import { Search, X } from "lucide-react";
import type { ReactNode } from "react";
import type {
  SearchFieldProps as AriaSearchFieldProps,
  TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";
import {
  SearchField as AriaSearchField,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  Button,
  Input,
  Label,
} from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";
import type { FieldTexts } from "./field.tsx";
import { FieldFrame } from "./field.tsx";

export type TextFieldProps = Omit<AriaTextFieldProps, "className" | "style" | "children" | "isInvalid"> &
  FieldTexts & { readonly placeholder?: string; readonly prefix?: ReactNode; readonly suffix?: ReactNode };

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, isLabelHidden, description, errorMessage, placeholder = "", prefix, suffix, ...rest } = props;
  return (
    <AriaTextField {...rest} isInvalid={errorMessage !== undefined} className="k-field">
      <FieldFrame texts={props}>
        <div className="k-input-row">
          {prefix !== undefined && <span className="k-affix">{prefix}</span>}
          <Input className="k-input" placeholder={placeholder} />
          {suffix !== undefined && <span className="k-affix">{suffix}</span>}
        </div>
      </FieldFrame>
    </AriaTextField>
  );
}

export type TextAreaProps = Omit<AriaTextFieldProps, "className" | "style" | "children" | "isInvalid" | "type"> &
  FieldTexts & { readonly rows?: number };

/** Text of several lines. */
export function TextArea(props: TextAreaProps) {
  const { label, isLabelHidden, description, errorMessage, rows = 4, ...rest } = props;
  return (
    <AriaTextField {...rest} isInvalid={errorMessage !== undefined} className="k-field">
      <FieldFrame texts={props}>
        <AriaTextArea className="k-input k-area" rows={rows} />
      </FieldFrame>
    </AriaTextField>
  );
}

export type SearchFieldProps = Omit<AriaSearchFieldProps, "className" | "style" | "children"> & {
  readonly label: string;
  readonly placeholder?: string;
};

export function SearchField({ label, placeholder = "", ...rest }: SearchFieldProps) {
  const labels = useLabels();
  return (
    <AriaSearchField {...rest} className="k-field k-search">
      <Label className="k-visually-hidden">{label}</Label>
      <div className="k-input-row">
        <Search size={16} strokeWidth={1.5} className="k-search-icon" aria-hidden />
        <Input className="k-input" placeholder={placeholder} />
        <Button className="k-icon-button k-search-clear" aria-label={labels.clear}>
          <X size={14} strokeWidth={1.5} aria-hidden />
        </Button>
      </div>
    </AriaSearchField>
  );
}
