import { Button } from "@kontor/ui";
import { useText } from "../i18n/use-text.ts";
import { Quantity } from "./figure.tsx";
import type { QuantityAdvice } from "./quantity-advice.ts";

/** Says why a quantity is wrong, and takes one of the nearest right ones with one press. */
export function QuantityAdviceView(props: {
  readonly advice: QuantityAdvice;
  readonly unit: string;
  readonly onChoose: (quantity: string) => void;
}) {
  const t = useText();
  const { advice, unit, onChoose } = props;
  return (
    <div role="alert" className="space-y-2 border-s-2 border-warn bg-warn-bg px-3 py-2 text-13">
      <p>
        {t(`buying.problem.${advice.code}`)}{" "}
        {advice.limit === undefined ? null : <Quantity value={advice.limit} unit={advice.unit ?? unit} />}
      </p>
      {advice.choices.length === 0 ? null : (
        <p className="flex flex-wrap items-center gap-2">
          {t("catalogue.order.take")}
          {advice.choices.map((choice) => (
            <Button key={choice} size="small" onPress={() => onChoose(choice)}>
              <Quantity value={choice} unit={unit} />
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
