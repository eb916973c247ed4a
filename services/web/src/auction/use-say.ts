import { currencySign, formatAmount, formatTime } from "@kontor/ui";
import { useCallback } from "react";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { BidTerms } from "./bid-terms.ts";
import type { RoomText, TextValue } from "./room-text.ts";
import { unitSymbol } from "./unit-symbol.ts";

export type Say = (text: RoomText) => string;

/** Figures stand left to right, whatever surrounds them. */
const isolated = (text: string): string => `\u2066${text}\u2069`;

/** Writes a room's text in the present language: money of the lot, times of this person's zone, durations in words. */
export function useSay(currency: string): Say {
  const t = useText();
  const locale = useLocale();
  return useCallback(
    ({ id, values = {} }) => {
      const written = Object.entries(values).map(([name, value]) => [name, writtenValue(value, { locale, currency })]);
      return t(id, Object.fromEntries(written) as Record<string, string | number>);
    },
    [t, locale, currency],
  );
}

type Style = { readonly locale: string; readonly currency: string };

function writtenValue(value: TextValue, { locale, currency }: Style): string | number {
  if (typeof value !== "object") return value;
  if ("money" in value) return isolated(moneyText(value.money, { locale, currency }));
  if ("atMs" in value) return isolated(clockText(value.atMs, { locale, precise: value.precise === true }));
  return durationText(value.durationMs, locale);
}

export function moneyText(amount: string, { locale, currency }: Style): string {
  return `${formatAmount(amount, { locale, decimals: decimalsOf(amount) })}\u202f${currencySign(currency, locale)}`;
}

/** The same with the unit it is for: "1,412.50 €/t". */
export function priceText(
  amount: string,
  { locale, bid }: { readonly locale: string; readonly bid: Pick<BidTerms, "currency" | "quantity"> },
): string {
  const per = bid.quantity === null ? "" : `/${unitSymbol(bid.quantity.unit)}`;
  return `${moneyText(amount, { locale, currency: bid.currency })}${per}`;
}

export function decimalsOf(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}

function clockText(atMs: number, { locale, precise }: { readonly locale: string; readonly precise: boolean }): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = formatTime(atMs, { locale, zone, seconds: true });
  return precise ? `${time}.${String(Math.floor(atMs) % 1000).padStart(3, "0")}` : time;
}

/** "1 min 20 sec", or "0.21 sec" for less than a second; at most two units. */
function durationText(ms: number, locale: string): string {
  const write = (value: number, unit: string, digits = 0): string =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(
      value,
    );
  if (ms < 1000) return write(ms / 1000, "second", 3);
  const seconds = Math.floor(ms / 1000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => write(count, unit))
    .join(" ");
}
