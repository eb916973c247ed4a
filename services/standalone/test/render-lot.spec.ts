import type { LotView, OwnLotView } from "@kontor/protocol";
import { expect, test } from "vitest";
import { renderLot } from "../src/watch/render-lot.ts";
import { copperLot } from "./given-lot.ts";

const view: LotView = {
  ...copperLot,
  phase: "open",
  extensions: 2,
  opensAt: "2026-11-01T10:00:00Z",
  endsAt: "2026-11-01T10:01:15Z",
  bestPrice: "9455.00",
  bestAlias: "Bidder #2",
  nextPrice: "9450.00",
  bidCount: 2,
  bidderCount: 2,
  standings: {
    "Bidder #1": { price: "9470.00", at: "2026-11-01T10:00:10Z" },
    "Bidder #2": { price: "9455.00", at: "2026-11-01T10:00:20Z" },
  },
  recent: {
    1: { alias: "Bidder #1", price: "9470.00", at: "2026-11-01T10:00:10Z" },
    2: { alias: "Bidder #2", price: "9455.00", at: "2026-11-01T10:00:20Z" },
  },
};
const own: OwnLotView = {
  companyId: "c1",
  alias: "Bidder #1",
  admitted: true,
  price: "9470.00",
  rank: 2,
  standing: "behind",
  nextPrice: "9450.00",
  bidCount: 1,
};
const picture = { view, own, serverNowMs: Date.parse("2026-11-01T10:00:17Z"), typed: "94", message: "", width: 100 };

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it takes away.
const plain = (lines: readonly string[]): string => lines.join("\n").replace(/\u001b\[\d+m/g, "");

test("clock by the server's time, best and own price, rank, standings and bids", () => {
  const text = plain(renderLot(picture));
  for (const part of ["ends in 0:58", "2 extensions", "9,455.00 EUR", "rank 2, behind", "9,450.00 EUR or less"]) {
    expect(text).toContain(part);
  }
  expect(text).toMatch(/^ 1 {2}Bidder #2 +9,455\.00/m);
  expect(text).toMatch(/^ 2 {2}you +9,470\.00/m);
  expect(text).toContain("Bid EUR  94_");
});

test("of equal prices the leader's stands first, though he bid later", () => {
  const at = (second: number) => `2026-11-01T10:00:${second}Z`;
  const standings = {
    "Bidder #1": { price: "120.00", at: at(10) },
    "Bidder #2": { price: "150.00", at: at(20) },
    "Bidder #3": { price: "150.00", at: at(30) },
    "Bidder #4": { price: "150.00", at: at(25) },
  };
  const proxy = { ...view, direction: "sell", format: "proxy_forward", bestPrice: "150.00", standings } as const;
  const ranked = (bestAlias: string) =>
    plain(renderLot({ ...picture, own: undefined, view: { ...proxy, bestAlias } })).match(/^ \d {2}Bidder #\d/gm);
  expect(ranked("Bidder #3")).toEqual([" 1  Bidder #3", " 2  Bidder #2", " 3  Bidder #4", " 4  Bidder #1"]);
  expect(ranked("Bidder #2")).toEqual([" 1  Bidder #2", " 2  Bidder #4", " 3  Bidder #3", " 4  Bidder #1"]);
});

test("what the visibility hides is said to be hidden", () => {
  const { bestPrice: _1, bestAlias: _2, standings: _3, recent: _4, bidCount: _5, nextPrice: _6, ...hidden } = view;
  const { rank: _7, nextPrice: _8, ...ownHidden } = own;
  const text = plain(renderLot({ ...picture, view: hidden, own: ownHidden }));
  expect(text).toContain("Best   hidden");
  expect(text).toContain("behind");
  expect(text).not.toContain("Standings");
});

test("a narrow terminal gets cut lines, and a watcher no line to bid in", () => {
  const lines = renderLot({ ...picture, own: undefined, width: 30 });
  for (const line of lines) expect(plain([line]).length).toBeLessThanOrEqual(30);
  expect(plain(lines)).toContain("You watch; sign in as an admit");
});
