import type { LucideIcon } from "lucide-react";
import type { ButtonProps as AriaButtonProps } from "react-aria-components";
import { Button as AriaButton } from "react-aria-components";
import { Tip } from "../overlays/tip.tsx";
import { classNames } from "./class-names.ts";

export type IconButtonProps = Omit<AriaButtonProps, "className" | "style" | "children" | "aria-label"> & {
  readonly icon: LucideIcon;
  /** Read out, and shown as a tip. */
  readonly label: string;
  /** Arrows and the like, which point the other way in a language that runs the other way. */
  readonly isDirectional?: boolean;
  readonly kind?: "plain" | "bordered";
};

export function IconButton({ icon: Icon, label, isDirectional = false, kind = "plain", ...rest }: IconButtonProps) {
  return (
    <Tip text={label}>
      <AriaButton {...rest} aria-label={label} className={classNames("k-icon-button", `k-icon-button-${kind}`)}>
        <Icon size={18} strokeWidth={1.5} aria-hidden className={isDirectional ? "k-directional" : ""} />
      </AriaButton>
    </Tip>
  );
}
