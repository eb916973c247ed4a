import type {
  AuctionView,
  BookView,
  LevelView,
  OwnAccountView,
  QuoteView,
  StatusView,
  TradesView,
} from "@kontor/protocol";
import { countdown, grouped, timeOfDay } from "../lot/lines.ts";
import { orderHint } from "./order-words.ts";
import { bold, clipped, dim } from "./terminal-text.ts";

export type MarketPicture = {
  readonly status: StatusView;
  readonly quote: QuoteView | undefined;
  readonly book: BookView | undefined;
  readonly trades: TradesView | undefined;
  readonly auction: AuctionView | undefined;
  readonly own: OwnAccountView | undefined;
  readonly serverNowMs: number;
  readonly typed: string;
  readonly message: string;
  readonly width: number;
};

const levelsMax = 10;
const tradesMax = 8;
const ordersMax = 5;

/** One market on a terminal: phase, prices, depth on both sides, last trades, one's own orders, and the line to type in. */
export function renderBook(picture: MarketPicture): readonly string[] {
  const { status, typed, message, width } = picture;
  const lines = [
    `${bold(status.title)}   ${status.currency} per ${status.unit}`,
    phaseLine(picture),
    "",
    quoteLine(picture),
    dayLine(picture),
    "",
    ...middle(picture),
    "",
    ...tradeRows(picture),
    "",
    ...ownRows(picture),
    `Order  ${typed}_`,
    message,
    dim(orderHint),
  ];
  return lines.map((line) => clipped(line, width));
}

function phaseLine({ status, serverNowMs }: MarketPicture): string {
  const phase = [status.purpose, status.phase].filter((part) => part !== undefined).join(" ");
  const { next } = status;
  const then =
    next === undefined
      ? ""
      : `   ${next.phase.replaceAll("_", " ")} in ${countdown(Date.parse(next.at) - serverNowMs)}`;
  return `${bold(phase.replaceAll("_", " "))}${then}`;
}

function quoteLine({ quote }: MarketPicture): string {
  const price = (text: string | undefined) => (text === undefined ? "none" : grouped(text));
  return `Last ${price(quote?.last).padEnd(12)}Bid ${price(quote?.bid).padEnd(12)}Ask ${price(quote?.ask)}`;
}

function dayLine({ quote }: MarketPicture): string {
  if (quote === undefined || quote.trades === 0) return dim("No trade today.");
  const { low, high, volume, trades } = quote;
  return dim(`Day  ${grouped(low ?? "")} to ${grouped(high ?? "")}, ${grouped(volume)} in ${trades} trades`);
}

function middle(picture: MarketPicture): readonly string[] {
  const { book, auction } = picture;
  if (book?.bids === undefined || book.asks === undefined) return callRows(auction);
  const bids = sorted(book.bids, -1);
  const asks = sorted(book.asks, 1);
  const rows = Math.max(Math.min(Math.max(bids.length, asks.length), levelsMax), 1);
  return [
    dim(
      `${"orders".padStart(6)}${"quantity".padStart(14)}${"bid".padStart(12)}   ${"ask".padEnd(12)}${"quantity".padEnd(14)}orders`,
    ),
    ...Array.from({ length: rows }, (_, i) => `${bidCells(bids[i])}   ${askCells(asks[i])}`.trimEnd()),
  ];
}

/** What a call would trade now. */
function callRows(auction: AuctionView | undefined): readonly string[] {
  if (auction?.purpose === undefined) return [dim("There is no book in this phase.")];
  const { price, quantity, surplus, surplusSide } = auction;
  if (price === undefined) return ["Call auction: nothing would trade yet."];
  const left = surplusSide === undefined ? "" : `, ${grouped(surplus ?? "0")} left to ${surplusSide}`;
  return [`Call auction: ${grouped(quantity ?? "0")} would trade at ${bold(grouped(price))}${left}.`];
}

type Level = readonly [price: string, level: LevelView];

function sorted(levels: Readonly<Record<string, LevelView>>, sign: 1 | -1): readonly Level[] {
  return Object.entries(levels).sort(([a], [b]) => sign * (Number(a) - Number(b)));
}

function bidCells(row: Level | undefined): string {
  if (row === undefined) return " ".repeat(32);
  const [price, { quantity, orders }] = row;
  return `${String(orders).padStart(6)}${grouped(quantity).padStart(14)}${grouped(price).padStart(12)}`;
}

function askCells(row: Level | undefined): string {
  if (row === undefined) return "";
  const [price, { quantity, orders }] = row;
  return `${grouped(price).padEnd(12)}${grouped(quantity).padEnd(14)}${orders}`;
}

function tradeRows({ trades }: MarketPicture): readonly string[] {
  const rows = Object.entries(trades?.trades ?? {})
    .sort(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)))
    .slice(0, tradesMax)
    .map(([, { at, price, quantity, takerSide, auction, busted }]) => {
      const by = auction === true ? "auction" : (takerSide ?? "");
      const mark = busted === true ? " busted" : "";
      return `${timeOfDay(Date.parse(at))}${grouped(price).padStart(14)}${grouped(quantity).padStart(14)}  ${by}${mark}`;
    });
  return rows.length === 0 ? [] : [dim("Last trades"), ...rows];
}

function ownRows({ own }: MarketPicture): readonly string[] {
  if (own === undefined) return [];
  const rows = Object.entries(own.orders)
    .sort(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)))
    .slice(0, ordersMax)
    .map(([name, { side, leaves, price, state }]) => {
      const at = price === undefined ? "at the market" : `at ${grouped(price)}`;
      return `  ${name.padEnd(10)}${side} ${grouped(leaves)} ${at}${state === "resting" ? "" : `, ${state}`}`;
    });
  const money = own.money === undefined ? "" : `   money ${grouped(own.money)} (${grouped(own.moneyHeld ?? "0")} held)`;
  const goods = own.goods === undefined ? "" : `   goods ${grouped(own.goods)} (${grouped(own.goodsHeld ?? "0")} held)`;
  return [`Your position ${grouped(own.position)}${money}${goods}`, ...rows, ""];
}
