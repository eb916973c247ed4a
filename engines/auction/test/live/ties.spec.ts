import { sha256Hex } from "@kontor/kernel";
import type { LotRulesInput } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { liveViews, rankingOf } from "../../src/live/live-auction.ts";
import { bid, bidId, given, lot, lotId, secret } from "./given.ts";

const tied = (tieRule: LotRulesInput["tieRule"], drawn = secret) =>
  given(
    lot({ format: "english_reverse", reference: "own", tieRule, secret: drawn }),
    bid("A", "900", "10:00"),
    bid("B", "900", "10:01"),
    bid("C", "950", "10:02"),
    bid("D", "900", "10:03"),
  );

const standing = (given: ReturnType<typeof tied>, companyId: string): unknown =>
  liveViews(given.auction).own.get(companyId)?.standing;

test("earlier: the first to reach a price keeps the better rank", () => {
  const field = tied("earlier").standsAt("1 A 900.00", "2 B 900.00", "3 D 900.00", "4 C 950.00");
  expect(["A", "B", "C", "D", "E"].map((company) => standing(field, company))).toEqual([
    "leading",
    "tied",
    "behind",
    "tied",
    "none",
  ]);
});

test("equal best: all share the best rank, the order below it is by time", () => {
  const field = tied("equal_best").standsAt("1 A 900.00", "1 B 900.00", "1 D 900.00", "4 C 950.00");
  expect(standing(field, "A")).toBe("tied");
});

test("equal worst: all share the worst rank", () => {
  tied("equal_worst").standsAt("3 A 900.00", "3 B 900.00", "3 D 900.00", "4 C 950.00");
});

test("ranks of accepted bids follow the rule", () => {
  const next = bid("E", "900", "10:04");
  tied("earlier").when(next).yields({ rank: 4 });
  tied("equal_best").when(next).yields({ rank: 1 });
  tied("equal_worst").when(next).yields({ rank: 4 });
  tied("equal_best")
    .when(bid("E", "950", "10:04"))
    .yields({ rank: 4 });
  tied("equal_worst")
    .when(bid("E", "950", "10:04"))
    .yields({ rank: 5 });
  tied("equal_worst")
    .when(bid("C", "900", "10:04"))
    .yields({ rank: 4 });
});

describe("draw", () => {
  test("orders equal prices by the digest of secret, lot and bid", () => {
    const numbers = [1, 2, 4];
    const expected = numbers
      .map((number) => ({ number, digest: sha256Hex(`${secret}:${lotId}:${bidId(number)}`) }))
      .sort((a, b) => (a.digest < b.digest ? -1 : 1))
      .map(({ number }) => bidId(number));
    const { auction } = tied("draw");
    expect(rankingOf(auction).map((ranked) => ranked.bidId)).toEqual([...expected, bidId(3)]);
    expect(rankingOf(auction).map((ranked) => ranked.rank)).toEqual([1, 2, 3, 4]);
  });

  test("another secret may draw another order", () => {
    const orders = ["01", "02", "03", "04", "05", "06"].map((pair) =>
      rankingOf(tied("draw", pair.repeat(32)).auction)
        .map(({ companyId }) => companyId)
        .join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});

test("who shares the lead may still improve, who leads alone may not", () => {
  tied("equal_best")
    .when(bid("A", "899", "10:05"))
    .yields({ rank: 1 });
  tied("earlier")
    .when(bid("A", "899", "10:05"))
    .rejects({ code: "already_leading", pointer: "/price" });
});
