import { Button } from "@kontor/ui";
import { Money, Quantity } from "../catalogue/figure.tsx";
import { useText } from "../i18n/use-text.ts";
import type { Block } from "./block.ts";
import { toldCodes } from "./block.ts";
import { usePeople } from "./people.ts";

/** What is in the way: the rule, whose it is, and the way out. */
export function BlockView(props: {
  readonly block: Block;
  /** The unit of the line that it is about. */
  readonly unit?: string;
  readonly onQuantity?: (quantity: string) => void;
}) {
  const t = useText();
  const personOf = usePeople();
  const { block, unit, onQuantity } = props;
  const { code, owner, ownerId, rule, limit, currency, available, advice } = block;
  const limitUnit = block.unit ?? unit;
  const person = ownerId === undefined ? null : personOf(ownerId);
  const name = toldCodes.has(code) ? code : "other";
  return (
    <div className="space-y-1 border-s-2 border-warn bg-warn-bg px-3 py-2 text-13">
      <p className="font-medium">
        {t(`buying.problem.${name}`)}{" "}
        {limit !== undefined && currency !== undefined ? <Money value={limit} currency={currency} /> : null}
        {limit !== undefined && currency === undefined && limitUnit !== undefined ? (
          <Quantity value={limit} unit={limitUnit} />
        ) : null}
        {available !== undefined && unit !== undefined ? <Quantity value={available} unit={unit} /> : null}
      </p>
      <p className="text-muted">
        {t("buying.block.owner")} <bdi>{person ?? t(`buying.owner.${owner}`)}</bdi>
        {rule === undefined ? null : <bdi>{` · ${rule}`}</bdi>}
        {name === "other" ? (
          <span className="ms-2">
            <code dir="ltr">{code}</code>
          </span>
        ) : null}
      </p>
      <p>{t(`buying.way.${name}`)}</p>
      {advice === null || onQuantity === undefined || unit === undefined ? null : (
        <p className="flex flex-wrap gap-2 pt-1">
          {advice.choices.map((choice) => (
            <Button key={choice} size="small" onPress={() => onQuantity(choice)}>
              <Quantity value={choice} unit={unit} />
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
