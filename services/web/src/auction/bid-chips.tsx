import { formatDecimal } from "@kontor/kernel";
import { Button } from "react-aria-components";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { Chip } from "./bid-form.ts";
import { chipsOf } from "./bid-form.ts";
import { mayUseSteps } from "./connection-state.ts";
import type { Room } from "./use-room.ts";
import { moneyText } from "./use-say.ts";

type BidChipsProps = { readonly room: Room; readonly onTake: (price: bigint) => void };

/** Amounts for one press. Where what is shown is old they cannot be pressed: they would follow an old price. */
export function BidChips({ room, onTake }: BidChipsProps) {
  const t = useText();
  const locale = useLocale();
  const { bid, link, state } = room;
  const chips = chipsOf(bid);
  const isDisabled = state.form.kind !== "enabled" || !mayUseSteps(link.level) || bid.mustWait;
  if (chips.length === 0) return null;
  const sign = bid.sign === 1n ? "+" : "\u2212";
  const nameOf = ({ kind, by }: Chip): string => {
    if (kind === "required") return t("auction.chip.required");
    return kind === "steps" ? t("auction.chip.steps", { sign, count: by }) : `\u2066${sign}${by}\u202f%\u2069`;
  };
  return (
    <fieldset className="chips" aria-label={t("auction.chip.label")}>
      {chips.map((chip) => (
        <Button
          key={chip.id}
          className="chip"
          isDisabled={isDisabled}
          onPress={() => onTake(chip.price)}
          aria-label={`${nameOf(chip)}: ${moneyText(formatDecimal(chip.price, bid.scale), { locale, currency: bid.currency })}`}
        >
          {nameOf(chip)}
        </Button>
      ))}
      {mayUseSteps(link.level) || state.form.kind !== "enabled" ? null : (
        <p className="form-reason">{t("auction.chip.old")}</p>
      )}
    </fieldset>
  );
}
