import { useText } from "../i18n/use-text.ts";
import type { RoomLink } from "./use-room.ts";

const signs = { starting: "○", fresh: "●", late: "◐", lost: "▲", down: "■" } as const;

/** How old what is shown is; word and sign, never colour alone. */
export function LinkChip({ link }: { readonly link: RoomLink }) {
  const t = useText();
  const { level, ageMs, roundTripMs, clockErrorMs } = link;
  const seconds = Math.floor((ageMs ?? 0) / 1000);
  const text =
    level === "fresh" && roundTripMs !== null
      ? t("auction.link.fresh_ms", { ms: Math.round(roundTripMs) })
      : t(`auction.link.${level}`, { seconds });
  const error = clockErrorMs === null ? null : t("auction.link.clock_error", { ms: Math.round(clockErrorMs) });
  return (
    <span className="link-chip" data-level={level} title={error ?? undefined}>
      <span aria-hidden="true">{signs[level]}</span> {text}
      {error === null ? null : <span className="link-chip-error"> {error}</span>}
    </span>
  );
}
