import { amountParts } from "@kontor/ui";
import { useLocale } from "../i18n/use-text.ts";

/** An amount of money as a number of the language, its currency behind; left to right in every language. */
export function AmountText(props: { readonly value: string; readonly currency: string; readonly scale: number }) {
  return <NumberText value={props.value} unit={props.currency} decimals={props.scale} />;
}

export function QuantityText(props: { readonly value: string; readonly unit: string }) {
  return <NumberText value={props.value} unit={props.unit} decimals={0} />;
}

function NumberText(props: { readonly value: string; readonly unit: string; readonly decimals: number }) {
  const locale = useLocale();
  const parts = amountParts(props.value, { locale, decimals: props.decimals });
  return (
    <span className="k-number">
      {parts.map(({ kind, text }) => (
        <span key={kind} className={kind === "muted" ? "k-number-muted" : undefined}>
          {text}
        </span>
      ))}
      <span className="k-unit">{`\u2009${props.unit}`}</span>
    </span>
  );
}
