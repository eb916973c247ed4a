import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { ButtonProps as AriaButtonProps } from "react-aria-components";
import { Button as AriaButton, ProgressBar } from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";
import { classNames } from "./class-names.ts";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger" | "buy" | "sell";

export type ButtonProps = Omit<AriaButtonProps, "className" | "style" | "children"> & {
  readonly kind?: ButtonKind;
  readonly size?: "small" | "normal" | "large";
  readonly icon?: LucideIcon;
  /** Takes the whole width of what it stands in. */
  readonly isWide?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Says in words what it does. While `isPending` it keeps its width and its text and takes no press. */
export function Button(props: ButtonProps) {
  const { kind = "secondary", size = "normal", icon: Icon, isWide, className, children, ...rest } = props;
  const labels = useLabels();
  return (
    <AriaButton
      {...rest}
      className={classNames("k-button", `k-button-${kind}`, `k-button-${size}`, isWide && "k-button-wide", className)}
    >
      {props.isPending ? (
        <ProgressBar aria-label={labels.working} isIndeterminate className="k-working" />
      ) : (
        Icon && <Icon size={16} strokeWidth={1.5} aria-hidden />
      )}
      <span className="k-button-text">{children}</span>
    </AriaButton>
  );
}
