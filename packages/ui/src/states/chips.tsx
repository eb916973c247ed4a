import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, ToggleButton } from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";

export type ChipProps = {
  readonly children: ReactNode;
  readonly isDisabled?: boolean;
  readonly onPress?: () => void;
};

/** A ready answer: "required bid", "-1 step". */
export function Chip({ children, isDisabled = false, onPress }: ChipProps) {
  return (
    <Button className="k-chip" isDisabled={isDisabled} onPress={() => onPress?.()}>
      {children}
    </Button>
  );
}

export type ToggleChipProps = {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
};

/** A filter that is on or off. */
export function ToggleChip({ children, isSelected, onChange }: ToggleChipProps) {
  return (
    <ToggleButton className="k-chip" isSelected={isSelected} onChange={onChange}>
      {children}
    </ToggleButton>
  );
}

export type FilterChipProps = { readonly name: string; readonly value: ReactNode; readonly onRemove: () => void };

/** A filter that is set, with the way to take it away. */
export function FilterChip({ name, value, onRemove }: FilterChipProps) {
  const labels = useLabels();
  return (
    <span className="k-filter-chip">
      <span className="k-hint">{name}</span> {value}
      <Button className="k-filter-chip-remove" aria-label={`${labels.clear} ${name}`} onPress={onRemove}>
        <X size={14} strokeWidth={1.5} aria-hidden />
      </Button>
    </span>
  );
}
