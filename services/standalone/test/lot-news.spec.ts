import type { LotView } from "@kontor/protocol";
import { expect, test } from "vitest";
import { newsLine } from "../src/demo/show-lines.ts";
import { lotNews } from "../src/lot/lot-news.ts";
import { copperLot } from "./given-lot.ts";

const opensAt = "2026-11-01T10:00:00.000000Z";
const endsAt = "2026-11-01T10:01:00.000000Z";
const scheduled: LotView = {
  ...copperLot,
  phase: "scheduled",
  extensions: 0,
  startPrice: "9480.00",
  opensAt,
  endsAt,
};
const open: LotView = { ...scheduled, phase: "open", bidCount: 0 };
const bid = (price: string, at: string) => ({ alias: "Bidder #2", price, at });
const one: LotView = { ...open, bidCount: 1, recent: { 1: bid("9470.00", "2026-11-01T10:00:20Z") } };

test("an opening, and each bid that was not there before, once", () => {
  const two = { ...one, recent: { ...one.recent, 2: bid("9460.00", "2026-11-01T10:00:30Z") } };
  expect(lotNews(scheduled, open).map(({ kind }) => kind)).toEqual(["opened"]);
  expect(lotNews(null, open).map(({ kind }) => kind)).toEqual(["opened"]);
  expect(lotNews(open, one)).toEqual([{ kind: "bid", alias: "Bidder #2", price: "9470.00", at: 1_793_527_220_000 }]);
  expect(lotNews(one, two).map((news) => "price" in news && news.price)).toEqual(["9460.00"]);
  expect(lotNews(two, two)).toEqual([]);
});

test("extension, pause, resumption, voiding, close and result", () => {
  const later = { ...one, extensions: 1, endsAt: "2026-11-01T10:01:15Z" };
  const paused: LotView = { ...one, phase: "paused", remainingMs: 30_000 };
  const voided: LotView = { ...one, recent: { 1: { ...bid("9470.00", "2026-11-01T10:00:20Z"), void: true } } };
  const closed: LotView = { ...one, phase: "award_pending" };
  const sold: LotView = {
    ...closed,
    phase: "standstill",
    result: { outcome: "sold", price: "9470.00", winnerAlias: "A" },
  };
  expect(lotNews(one, later)).toEqual([{ kind: "extended", endsAt: 1_793_527_275_000 }]);
  expect(lotNews(one, paused)).toEqual([{ kind: "paused" }]);
  expect(lotNews(paused, one)).toEqual([{ kind: "resumed" }]);
  expect(lotNews(one, voided)).toEqual([{ kind: "voided", alias: "Bidder #2", price: "9470.00" }]);
  expect(lotNews(one, closed)).toEqual([{ kind: "closed", bids: 1 }]);
  expect(lotNews(closed, sold)).toEqual([{ kind: "result", outcome: "sold", price: "9470.00", alias: "A" }]);
});

test("news become readable lines without JSON", () => {
  const context = { view: one, nameOf: () => "Savon Kupari Oy", nowMs: 0, written: () => "12:00:20" };
  const lines = lotNews(scheduled, one).map((news) => newsLine(news, context));
  expect(lines).toEqual([
    "12:00:20  open       Copper cathode Grade A",
    "12:00:20  bid        Savon Kupari Oy                 9,470.00 EUR  0:40 left",
  ]);
  const award = newsLine({ kind: "result", outcome: "sold", price: "9100.80", alias: "A" }, context);
  expect(award).toBe("12:00:20  AWARD      Savon Kupari Oy                 9,100.80 EUR  4.0 % below the ceiling");
  expect(newsLine({ kind: "result", outcome: "no_bids" }, context)).toBe("12:00:20  RESULT     no bids");
});
