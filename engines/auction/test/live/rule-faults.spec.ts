import type { LotRulesInput } from "@kontor/protocol";
import { LotRules } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { faultsOfRules } from "../../src/live/live-auction.ts";

const faults = (rules: Partial<LotRulesInput>, direction: "buy" | "sell" = "sell"): readonly string[] =>
  faultsOfRules(
    LotRules.parse({
      format: direction === "sell" ? "english_forward" : "english_reverse",
      currency: "EUR",
      priceScale: 2,
      stepMin: { kind: "absolute", amount: "1" },
      durationMs: 60_000,
      softClose: { variant: "none" },
      ...rules,
    }),
    direction,
  ).map(({ pointer, rule }) => `${pointer} ${rule}`);

test("sound rules have none", () => {
  expect(
    faults({ startPrice: "100", ceilingPrice: "500", reserve: { price: "300", shown: true }, buyNowPrice: "400" }),
  ).toEqual([]);
  expect(faults({ startPrice: "500", floorPrice: "100", stepMax: { kind: "absolute", amount: "9" } }, "buy")).toEqual(
    [],
  );
});

test("a sealed lot has no live rules to contradict", () => {
  expect(faults({ format: "sealed", durationMs: 0 }, "buy")).toEqual([]);
});

const fallingRows = [
  { from: "100", amount: "5" },
  { from: "50", amount: "1" },
];

describe("each contradiction is named with its place", () => {
  test.each<readonly [Partial<LotRulesInput>, "buy" | "sell", string]>([
    [{ format: "english_reverse" }, "sell", "/format direction"],
    [{ format: "proxy_forward" }, "buy", "/format direction"],
    [{ startPrice: "100.005" }, "sell", "/startPrice scale"],
    [{ stepMin: { kind: "absolute", amount: "0.001" } }, "sell", "/stepMin/amount scale"],
    [{ stepMin: { kind: "table", rows: [{ from: "1.001", amount: "1" }] } }, "sell", "/stepMin/rows/0/from scale"],
    [{ buffers: { front: "0.001", back: null } }, "buy", "/buffers/front scale"],
    [{ floorPrice: "10" }, "sell", "/floorPrice reverse_only"],
    [{ ceilingPrice: "10" }, "buy", "/ceilingPrice forward_only"],
    [{ buyNowPrice: "10" }, "buy", "/buyNowPrice forward_only"],
    [{ startPrice: "100", ceilingPrice: "99" }, "sell", "/ceilingPrice order"],
    [{ ceilingPrice: "99", reserve: { price: "100", shown: true } }, "sell", "/ceilingPrice order"],
    [{ startPrice: "100", buyNowPrice: "99" }, "sell", "/buyNowPrice order"],
    [{ reserve: { price: "100", shown: false }, buyNowPrice: "99" }, "sell", "/buyNowPrice order"],
    [{ grid: "5", buyNowPrice: "99" }, "sell", "/buyNowPrice grid"],
    [{ startPrice: "100", floorPrice: "101" }, "buy", "/startPrice order"],
    [{ floorPrice: "101", reserve: { price: "100", shown: false } }, "buy", "/reserve/price order"],
    [{ stepMin: { kind: "percent", percent: "1", of: "start" } }, "buy", "/stepMin/of start_missing"],
    [{ stepMax: { kind: "percent", percent: "1", of: "start" } }, "buy", "/stepMax/of start_missing"],
    [{ stepMax: { kind: "absolute", amount: "0.50" } }, "buy", "/stepMax order"],
    [{ stepMax: { kind: "table", rows: fallingRows } }, "buy", "/stepMax/rows/1/from order"],
    [{ format: "sealed", startPrice: "1.005" }, "buy", "/startPrice scale"],
    [{ format: "sealed", startPrice: "100", floorPrice: "101" }, "buy", "/startPrice order"],
    [{ format: "sealed", buyNowPrice: "10" }, "sell", "/buyNowPrice live_only"],
    [{ durationMs: 0 }, "buy", "/durationMs positive"],
    [{ softClose: { variant: "extend_from_bid" } }, "buy", "/softClose/extensionMs positive"],
    [{ softClose: { variant: "fixed_add", extensionMs: 1_000 } }, "buy", "/softClose/windowMs positive"],
    [{ softClose: { variant: "random_end", extensionMs: 3_600_001 } }, "buy", "/softClose/extensionMs too_long"],
  ])("%o of %s: %s", (rules, direction, fault) => {
    expect(faults(rules, direction)).toEqual([fault]);
  });
});

describe("rules that would tell a price which bidders may not see", () => {
  const front = { front: "5.00", back: null };
  const stepMax = { kind: "absolute", amount: "9" } as const;
  const hiding = ["rank", "traffic", "sealed"] as const;
  const told = (pointer: string): string => `${pointer} tells_hidden_price`;

  test.each<readonly [Partial<LotRulesInput>, "buy" | "sell", readonly string[]]>([
    [{ format: "english_forward", stepMax }, "sell", [told("/stepMax")]],
    [{ format: "english_forward", buffers: front, tiesAllowed: false }, "sell", []],
    [{ format: "proxy_forward", stepMax, buffers: front, tiesAllowed: false }, "sell", []],
    [{ reference: "leader", stepMax }, "buy", [told("/stepMax")]],
    [{ reference: "next_ranked", stepMax }, "buy", [told("/stepMax")]],
    [{ reference: "own", stepMax }, "buy", []],
    [{ reference: "leader", buffers: { front: null, back: null } }, "buy", [told("/buffers")]],
    [{ reference: "own", buffers: front }, "buy", [told("/buffers")]],
    [{ reference: "next_ranked", buffers: front }, "buy", [told("/buffers")]],
    [{ reference: "leader", tiesAllowed: false }, "buy", []],
    [{ reference: "own", tiesAllowed: false }, "buy", [told("/tiesAllowed")]],
    [{ reference: "next_ranked", tiesAllowed: false }, "buy", [told("/tiesAllowed")]],
    [
      { reference: "leader", buffers: front, tiesAllowed: false, stepMax },
      "buy",
      [told("/stepMax"), told("/buffers"), told("/tiesAllowed")],
    ],
    [{ format: "rank_reverse", stepMax, buffers: front }, "buy", []],
    [{ format: "rank_reverse", tiesAllowed: false }, "buy", [told("/tiesAllowed")]],
    [{ format: "sealed", stepMax, tiesAllowed: false, buffers: front }, "buy", []],
  ])("%o of %s: %j", (rules, direction, expected) => {
    for (const visibility of hiding) expect(faults({ ...rules, visibility }, direction)).toEqual(expected);
  });

  test("where the best price alone is seen, only those that would tell another one", () => {
    const lead = { visibility: "lead" } as const;
    expect(faults({ ...lead, reference: "leader", stepMax, buffers: front }, "buy")).toEqual([]);
    expect(faults({ ...lead, format: "english_forward", stepMax }, "sell")).toEqual([]);
    expect(faults({ ...lead, reference: "next_ranked", stepMax }, "buy")).toEqual([told("/stepMax")]);
    expect(faults({ ...lead, reference: "own", tiesAllowed: false }, "buy")).toEqual([told("/tiesAllowed")]);
    expect(faults({ ...lead, reference: "leader", tiesAllowed: false }, "buy")).toEqual([]);
  });

  test("where all prices are seen there is nothing to tell", () => {
    const full = { visibility: "full", buffers: front, tiesAllowed: false, stepMax } as const;
    for (const reference of ["own", "leader", "next_ranked"] as const)
      expect(faults({ ...full, reference }, "buy")).toEqual([]);
  });
});
