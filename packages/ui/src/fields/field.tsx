import type { ReactNode } from "react";
import { FieldError, Label, Text } from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";

/** What every field may say about itself. The unit stands beside the input, never in its placeholder alone. */
export type FieldTexts = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  /** Says that what is there cannot be taken, and what can. */
  readonly errorMessage?: string;
  readonly isRequired?: boolean;
};

/** A field's name above its control; what is to be known of it, and what is wrong, below. */
export function FieldFrame({ texts, children }: { readonly texts: FieldTexts; readonly children: ReactNode }) {
  const labels = useLabels();
  const { label, isLabelHidden, description, errorMessage, isRequired } = texts;
  return (
    <>
      <Label className={isLabelHidden ? "k-visually-hidden" : "k-label"}>
        {label}
        {isRequired && <span className="k-label-mark"> ({labels.required})</span>}
      </Label>
      {children}
      {description !== undefined && errorMessage === undefined && (
        <Text slot="description" className="k-hint">
          {description}
        </Text>
      )}
      <FieldError className="k-error">{errorMessage}</FieldError>
    </>
  );
}
