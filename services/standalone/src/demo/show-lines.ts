import type { LotView } from "@kontor/protocol";
import { countdown, eventLine, grouped, timeOfDay } from "../lot/lines.ts";
import type { LotNews } from "../lot/lot-news.ts";

const nameWidth = 26;
const priceWidth = -16;

export type LineContext = {
  readonly view: LotView;
  /** Who stands behind an alias, where that is known. */
  readonly nameOf: (alias: string) => string;
  /** The server's time, in milliseconds. */
  readonly nowMs: number;
};

/** One readable line for each thing that happened in a lot. */
export function newsLine(news: LotNews, { view, nameOf, nowMs }: LineContext): string {
  const money = (price: string): string => `${grouped(price)} ${view.currency}`;
  switch (news.kind) {
    case "opened":
      return eventLine(nowMs, "open", [view.title, 0]);
    case "bid": {
      const endsAt = view.endsAt === undefined ? "" : `${countdown(Date.parse(view.endsAt) - news.at)} left`;
      return eventLine(news.at, "bid", [nameOf(news.alias), nameWidth], [money(news.price), priceWidth], [endsAt, 0]);
    }
    case "voided":
      return eventLine(nowMs, "void", [nameOf(news.alias), nameWidth], [money(news.price), priceWidth]);
    case "extended":
      return eventLine(nowMs, "extended", [`the end moves to ${timeOfDay(news.endsAt)}`, 0]);
    case "paused":
      return eventLine(nowMs, "paused");
    case "resumed":
      return eventLine(nowMs, "resumed");
    case "closed":
      return eventLine(nowMs, "closed", [`after ${news.bids} bids`, 0]);
    case "result":
      return resultLine(news, { view, nameOf, nowMs });
  }
}

function resultLine(news: Extract<LotNews, { kind: "result" }>, { view, nameOf, nowMs }: LineContext): string {
  if (news.outcome !== "sold" || news.alias === undefined || news.price === undefined) {
    return eventLine(nowMs, "RESULT", [news.outcome.replaceAll("_", " "), 0]);
  }
  const price = `${grouped(news.price)} ${view.currency}`;
  return eventLine(
    nowMs,
    "AWARD",
    [nameOf(news.alias), nameWidth],
    [price, priceWidth],
    [advantage(view, news.price), 0],
  );
}

/** How far the price is from the first one, in per cent with one decimal. For the eye alone, never for a decision. */
function advantage({ startPrice, direction }: LotView, price: string): string {
  if (startPrice === undefined) return "";
  const share = (100 * (Number(startPrice) - Number(price))) / Number(startPrice);
  return `${Math.abs(share).toFixed(1)} % ${direction === "buy" ? "below the ceiling" : "above the start"}`;
}
