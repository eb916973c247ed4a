import type { LotRulesInput } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { decideLive, faultsOfRules } from "../../src/live/live-auction.ts";
import type { LotInput } from "./given.ts";
import { at, bid, given, lot, lotId } from "./given.ts";

const percent = (share: string, of: "current" | "start" = "current"): LotRulesInput["stepMin"] => ({
  kind: "percent",
  percent: share,
  of,
});

/** What B hears for each price against A's bid. */
function heard(rules: LotInput, first: string, prices: readonly string[]): readonly string[] {
  const auction = lot(rules);
  given(auction, bid("A", first, "10:00"));
  return prices.map((price) => {
    const by = { companyId: "B", userId: "user-B", at: at("10:01") };
    const decision = decideLive(auction, { type: "submit_bid", lotId, price }, by);
    return decision.kind === "accepted" ? "accepted" : `${decision.rejection.code} ${decision.rejection.limit}`;
  });
}

describe("percentages are kept to the last minor unit: the least step rounds up, the greatest down", () => {
  test("forward: 5 % of 333.33 is 16.6665, so at least 16.67 and at most 16.66", () => {
    const least = { startPrice: "100", stepMin: percent("5") };
    expect(heard(least, "333.33", ["349.99", "350.00"])).toEqual(["step_too_small 350.00", "accepted"]);
    const most = { startPrice: "100", stepMax: percent("5") };
    expect(heard(most, "333.33", ["349.99", "350.00"])).toEqual(["accepted", "step_too_large 349.99"]);
  });

  test("reverse: from half a percent to five of the start price 1,000.01, which is 5.00005 to 50.0005", () => {
    const window: LotInput = {
      format: "english_reverse",
      startPrice: "1000.01",
      reference: "leader",
      stepMin: percent("0.5", "start"),
      stepMax: percent("5", "start"),
    };
    expect(heard(window, "900.00", ["895.00", "894.99", "850.00", "849.99"])).toEqual([
      "step_too_small 894.99",
      "accepted",
      "accepted",
      "step_too_large 850.00",
    ]);
  });

  test("without minor units: 10 % of 15 is 1.5, at most 1", () => {
    const whole: LotInput = { priceScale: 0, startPrice: "10", stepMin: { kind: "absolute", amount: "1" } };
    expect(heard({ ...whole, stepMax: percent("10") }, "15", ["16", "17"])).toEqual(["accepted", "step_too_large 16"]);
  });

  test("an exact percentage is itself, both ways", () => {
    const exact = { startPrice: "100", stepMin: percent("5"), stepMax: percent("5") };
    expect(heard(exact, "200.00", ["209.99", "210.00", "210.01"])).toEqual([
      "step_too_small 210.00",
      "accepted",
      "step_too_large 210.00",
    ]);
  });
});

describe("a greatest step that leaves nothing above the least", () => {
  const faults = (stepMin: LotRulesInput["stepMin"], stepMax: LotRulesInput["stepMin"], startPrice = "1000.00") =>
    faultsOfRules(lot({ format: "english_reverse", startPrice, stepMin, stepMax }).setup.rules, "buy");
  const order = [{ pointer: "/stepMax", rule: "order" }];

  test("is refused: the same share of a price that changes leaves no price wherever it is not exact", () => {
    expect(faults(percent("5"), percent("5"))).toEqual(order);
    expect(faults(percent("5"), percent("4.9999"))).toEqual(order);
    expect(faults(percent("5"), percent("5.5"))).toEqual([]);
  });

  test("is judged at the start price where it is a share of that", () => {
    expect(faults(percent("5", "start"), percent("5", "start"))).toEqual([]);
    expect(faults(percent("5", "start"), percent("5", "start"), "333.33")).toEqual(order);
  });
});
