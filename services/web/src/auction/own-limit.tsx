import { currencySign, MoneyField } from "@kontor/ui";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { Room } from "./use-room.ts";

type OwnLimitProps = {
  readonly room: Room;
  readonly limit: string | null;
  readonly onChange: (limit: string | null) => void;
};

/** A bidder's own limit: past it every bid is typed twice. It stays on this machine. */
export function OwnLimit({ room, limit, onChange }: OwnLimitProps) {
  const t = useText();
  const locale = useLocale();
  const { bid } = room;
  return (
    <details className="own-limit">
      <summary>{t("auction.limit.title")}</summary>
      <MoneyField
        label={t(bid.sign === 1n ? "auction.limit.highest" : "auction.limit.lowest")}
        description={t("auction.limit.note")}
        value={limit}
        onChange={(value) => onChange(value)}
        decimalsMax={bid.scale}
        unit={currencySign(bid.currency, locale)}
      />
    </details>
  );
}
