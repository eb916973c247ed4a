import type { ReactElement, ReactNode } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";

export type TipProps = {
  readonly text: ReactNode;
  /** One control that can be focused. */
  readonly children: ReactElement;
};

/** A few words beside a control, on hover and on focus. Never the only place where something is said. */
export function Tip({ text, children }: TipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <Tooltip className="k-tip" offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
