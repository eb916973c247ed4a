import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";

export type HoldButtonProps = {
  readonly children: ReactNode;
  readonly onHeld: () => void;
  readonly holdMs?: number;
  readonly isDisabled?: boolean;
};

/** For what cannot be taken back and must be quick: held for a second, by pointer or by key, it happens. */
export function HoldButton({ children, onHeld, holdMs = 1_000, isDisabled = false }: HoldButtonProps) {
  const labels = useLabels();
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = (): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setHeld(false);
  };
  const start = (): void => {
    stop();
    setHeld(true);
    timer.current = setTimeout(() => {
      stop();
      onHeld();
    }, holdMs);
  };
  useEffect(() => () => void (timer.current !== null && clearTimeout(timer.current)), []);
  return (
    <AriaButton
      className="k-button k-button-danger k-button-normal k-hold"
      isDisabled={isDisabled}
      data-held={isHeld || undefined}
      onPressStart={start}
      onPressEnd={stop}
    >
      <span className="k-hold-fill" aria-hidden style={{ transitionDuration: isHeld ? `${holdMs}ms` : "80ms" }} />
      <span className="k-button-text">{children}</span>
      <span className="k-hold-hint" aria-live="polite">
        {isHeld ? labels.holding : labels.holdToConfirm}
      </span>
    </AriaButton>
  );
}
