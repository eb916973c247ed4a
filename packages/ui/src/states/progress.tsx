import { Meter as AriaMeter, ProgressBar as AriaProgressBar, Label } from "react-aria-components";

export type MeterProps = {
  readonly label: string;
  /** 0 to `max`. */
  readonly value: number;
  readonly max?: number;
  /** What is written beside it: "18,200 of 100,000 €". */
  readonly valueText: string;
  readonly tone?: "neutral" | "warning" | "danger";
};

/** How much of something is used. */
export function Meter({ label, value, max = 100, valueText, tone = "neutral" }: MeterProps) {
  return (
    <AriaMeter className="k-meter" value={value} maxValue={max} valueLabel={valueText}>
      {({ percentage }) => (
        <>
          <span className="k-meter-text">
            <Label>{label}</Label>
            <span className="k-number">{valueText}</span>
          </span>
          <Track percent={percentage} tone={tone} />
        </>
      )}
    </AriaMeter>
  );
}

export type ProgressProps = { readonly label: string; readonly value: number; readonly valueText: string };

/** How far long work has come; `value` is percent. */
export function Progress({ label, value, valueText }: ProgressProps) {
  return (
    <AriaProgressBar className="k-meter" value={value} valueLabel={valueText}>
      {({ percentage = 0 }) => (
        <>
          <span className="k-meter-text">
            <Label>{label}</Label>
            <span className="k-number">{valueText}</span>
          </span>
          <Track percent={percentage} tone="neutral" />
        </>
      )}
    </AriaProgressBar>
  );
}

function Track({ percent, tone }: { readonly percent: number; readonly tone: string }) {
  return (
    <span className="k-meter-track">
      <span className={`k-meter-fill k-meter-${tone}`} style={{ inlineSize: `${percent}%` }} />
    </span>
  );
}
