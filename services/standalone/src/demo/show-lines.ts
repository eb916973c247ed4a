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
  /** How an instant is written; as the time of day unless said otherwise. */
  readonly written?: (atMs: number) => string;
};

/** One readable line for each thing that happened in a lot. */
export function newsLine(news: LotNews, context: LineContext): string {
  const { view, nameOf, nowMs, written = timeOfDay } = context;
  const money = (price: string): string => `${grouped(price)} ${view.currency}`;
  const line = (event: string, ...columns: readonly (readonly [string, number])[]): string =>
    eventLine(written("at" in news ? news.at : nowMs), event, ...columns);
  switch (news.kind) {
    case "opened":
      return line("open", [view.title, 0]);
    case "bid": {
      const left = view.endsAt === undefined ? "" : `${countdown(Date.parse(view.endsAt) - news.at)} left`;
      return line("bid", [nameOf(news.alias), nameWidth], [money(news.price), priceWidth], [left, 0]);
    }
    case "voided":
      return line("void", [nameOf(news.alias), nameWidth], [money(news.price), priceWidth]);
    case "extended":
      return line("extended", [`the end moves to ${written(news.endsAt)}`, 0]);
    case "paused":
      return line("paused");
    case "resumed":
      return line("resumed");
    case "closed":
      return line("closed", [`after ${news.bids} bids`, 0]);
    case "result": {
      const { outcome, alias, price } = news;
      if (outcome !== "sold" || alias === undefined || price === undefined) {
        return line("RESULT", [outcome.replaceAll("_", " "), 0]);
      }
      return line("AWARD", [nameOf(alias), nameWidth], [money(price), priceWidth], [advantage(view, price), 0]);
    }
  }
}

/** How far the price is from the first one, in per cent with one decimal. For the eye alone, never for a decision. */
function advantage({ startPrice, direction }: LotView, price: string): string {
  if (startPrice === undefined) return "";
  const share = (100 * (Number(startPrice) - Number(price))) / Number(startPrice);
  return `${Math.abs(share).toFixed(1)} % ${direction === "buy" ? "below the ceiling" : "above the start"}`;
}
