import type { ReactNode } from "react";
import { useId } from "react";

type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** So that a problem leads here. */
  readonly id?: string;
};

/** A labelled control; what is wrong with it stands below in words. */
export function FieldFrame(props: FieldProps & { readonly children: (id: string, describedBy: string) => ReactNode }) {
  const own = useId();
  const id = props.id ?? own;
  const { label, hint, error, children } = props;
  return (
    <div>
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {children(id, `${id}-says`)}
      <p id={`${id}-says`} className={error === undefined ? "mt-1 text-13 text-muted" : "field-error"}>
        {error ?? hint}
      </p>
    </div>
  );
}

type TextProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly maxLength?: number;
};

export function TextInput({ value, onChange, rows, maxLength, ...frame }: TextProps) {
  return (
    <FieldFrame {...frame}>
      {(id, describedBy) => {
        const shared = {
          id,
          value,
          maxLength: maxLength ?? 200,
          dir: "auto" as const,
          "aria-describedby": describedBy,
          "aria-invalid": frame.error !== undefined,
        };
        return rows === undefined ? (
          <input {...shared} className="field-input" onChange={(event) => onChange(event.target.value)} />
        ) : (
          <textarea
            {...shared}
            rows={rows}
            className="field-input py-2"
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </FieldFrame>
  );
}

export type Choice<Id extends string> = { readonly id: Id; readonly name: string };

export function ChoiceInput<Id extends string>(
  props: FieldProps & {
    readonly value: Id;
    readonly choices: readonly Choice<Id>[];
    readonly onChange: (id: Id) => void;
  },
) {
  const { value, choices, onChange, ...frame } = props;
  return (
    <FieldFrame {...frame}>
      {(id, describedBy) => (
        <select
          id={id}
          className="field-input"
          value={value}
          aria-describedby={describedBy}
          aria-invalid={frame.error !== undefined}
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.id === event.target.value);
            if (chosen !== undefined) onChange(chosen.id);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.name}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
