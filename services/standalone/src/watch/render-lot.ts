import type { LotView, OwnLotView } from "@kontor/protocol";
import { countdown, grouped, timeOfDay } from "../lot/lines.ts";
import { msOf } from "../lot/lot-news.ts";
import { bold, clipped, dim, sideBySide } from "./terminal-text.ts";

export type Picture = {
  readonly view: LotView;
  readonly own: OwnLotView | undefined;
  readonly serverNowMs: number;
  /** What the person has typed so far. */
  readonly typed: string;
  /** What came of the last bid, or of the connection. */
  readonly message: string;
  readonly width: number;
};

const rowsMax = 10;

/** One lot on a terminal: clock, best and own price, standings beside the last bids, and the line to bid in. */
export function renderLot(picture: Picture): readonly string[] {
  const { view, own, typed, message, width } = picture;
  const lines = [
    bold(view.title),
    clockLine(picture),
    "",
    ...priceLines(view, own),
    "",
    ...sideBySide(standingRows(view, own), bidRows(view, own)),
    "",
    own === undefined ? "You watch; sign in as an admitted supplier to bid." : `Bid ${view.currency}  ${typed}_`,
    message,
    dim("Type a price and press Enter. Ctrl-C leaves."),
  ];
  return lines.map((line) => clipped(line, width));
}

function clockLine({ view, serverNowMs }: Picture): string {
  const counts = [
    view.extensions > 0 ? `${view.extensions} extensions` : "",
    view.bidCount === undefined ? "" : `${view.bidCount} bids`,
    view.bidderCount === undefined ? "" : `${view.bidderCount} bidders`,
  ].filter((part) => part !== "");
  return [bold(view.phase.replaceAll("_", " ")), ...when(view, serverNowMs), ...counts].join("   ");
}

function when(view: LotView, serverNowMs: number): readonly string[] {
  const opensAt = msOf(view.opensAt);
  const endsAt = msOf(view.endsAt);
  if (view.phase === "scheduled" && opensAt !== null) {
    return [`opens in ${countdown(opensAt - serverNowMs)} (${timeOfDay(opensAt)})`];
  }
  if (view.phase === "open" && endsAt !== null) {
    return [`ends in ${countdown(endsAt - serverNowMs)} (${timeOfDay(endsAt)})`];
  }
  if (view.phase === "paused" && view.remainingMs !== undefined) return [`${countdown(view.remainingMs)} remain`];
  return [];
}

function priceLines(view: LotView, own: OwnLotView | undefined): readonly string[] {
  const money = (price: string | undefined): string =>
    price === undefined ? "hidden" : `${grouped(price)} ${view.currency}`;
  const hasBids = view.bidCount === undefined || view.bidCount > 0;
  const better = view.direction === "buy" ? "or less" : "or more";
  const next = own?.nextPrice ?? view.nextPrice;
  return [
    `Best   ${hasBids ? money(view.bestPrice).padEnd(22) : "no bid yet".padEnd(22)}${view.bestAlias ?? ""}`,
    ...(own === undefined
      ? []
      : [`Yours  ${own.price === undefined ? "no bid yet" : money(own.price).padEnd(22)}${standingOf(own)}`]),
    ...(next === undefined ? [] : [`Next   ${money(next)} ${better}`]),
    ...(view.result === undefined
      ? []
      : [`Result ${view.result.outcome.replaceAll("_", " ")}  ${view.result.winnerAlias ?? ""}`]),
  ];
}

function standingOf(own: OwnLotView): string {
  const rank = own.rank === undefined ? "" : `rank ${own.rank}`;
  const standing = own.standing === undefined || own.standing === "none" ? "" : own.standing;
  return [rank, standing].filter((part) => part !== "").join(", ");
}

type Standing = NonNullable<LotView["standings"]>[string];

/** Best price first. Of equal ones the leader's: in a proxy auction his may be shown equal to a later bidder's. */
function byStanding({ direction, bestAlias }: LotView) {
  const sign = direction === "buy" ? 1 : -1;
  return ([aliasA, a]: [string, Standing], [aliasB, b]: [string, Standing]): number => {
    const byPrice = sign * (Number(a.price) - Number(b.price));
    if (byPrice !== 0) return byPrice;
    if (aliasA === bestAlias || aliasB === bestAlias) return aliasA === bestAlias ? -1 : 1;
    return a.at < b.at ? -1 : 1;
  };
}

function standingRows(view: LotView, own: OwnLotView | undefined): readonly string[] {
  if (view.standings === undefined) return [];
  const rows = Object.entries(view.standings)
    .sort(byStanding(view))
    .slice(0, rowsMax)
    .map(
      ([alias, { price }], i) =>
        `${String(i + 1).padStart(2)}  ${nameOf(alias, own).padEnd(14)}${grouped(price).padStart(14)}`,
    );
  return ["Standings", ...rows];
}

function bidRows(view: LotView, own: OwnLotView | undefined): readonly string[] {
  if (view.recent === undefined) return [];
  const rows = Object.entries(view.recent)
    .sort(([a], [b]) => Number(b) - Number(a))
    .slice(0, rowsMax)
    .map(([, { alias, price, at, void: voided }]) => {
      const mark = voided === true ? " void" : "";
      return `${timeOfDay(msOf(at) ?? 0)}  ${nameOf(alias, own).padEnd(14)}${grouped(price).padStart(14)}${mark}`;
    });
  return ["Last bids", ...rows];
}

function nameOf(alias: string, own: OwnLotView | undefined): string {
  return alias === own?.alias ? "you" : alias;
}
