import { describe, expect, test } from "vitest";
import { liveViews, openAuction } from "../../src/live/live-auction.ts";
import { accepted, bid, bidId, buyNow, given, initial, lot, proxy } from "./given.ts";

describe("english forward", () => {
  test("a percentage of the current price rounds up to the scale", () => {
    given(
      lot({ startPrice: "99.99", stepMin: { kind: "percent", percent: "0.5", of: "current" } }),
      bid("A", "99.99", "10:00"),
    )
      .when(bid("B", "100.48", "10:01"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "100.49", nearest: "100.49" })
      .when(bid("B", "100.49", "10:02"))
      .yields(accepted("B", "100.49"));
  });

  test("a percentage of the start price stays what it was", () => {
    const stepMin = { kind: "percent", percent: "10", of: "start" } as const;
    given(lot({ startPrice: "100", stepMin }), bid("A", "100", "10:00"), bid("B", "110", "10:01"))
      .when(bid("A", "120", "10:02"))
      .yields(accepted("A", "120.00"));
  });

  test.each<readonly [price: string, next: string]>([
    ["99.99", "100.99"],
    ["100", "105.00"],
    ["499.99", "504.99"],
    ["500", "525.00"],
    ["0.01", "1.01"],
  ])("a table gives %s the next price %s", (price, next) => {
    const rows = [
      { from: "500", amount: "25" },
      { from: "50", amount: "1" },
      { from: "100", amount: "5" },
    ];
    const { auction } = given(lot({ stepMin: { kind: "table", rows } }), bid("A", price, "10:00"));
    expect(liveViews(auction).participant.nextPrice).toBe(next);
  });

  test("a front buffer larger than the step is the step: 105.99 over 105 is refused, 106 accepted", () => {
    const rules = { stepMin: { kind: "absolute", amount: "0.01" }, buffers: { front: "1", back: null } } as const;
    given(lot(rules), bid("A", "105", "10:00"))
      .when(bid("B", "105.99", "10:01"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "106.00", nearest: "106.00" })
      .when(bid("B", "106", "10:02"))
      .yields(accepted("B", "106.00"));
  });

  test("the leader raises himself where the lot allows it", () => {
    given(lot({ selfRaise: true }), bid("A", "100", "10:00"))
      .when(bid("A", "101", "10:01"))
      .yields(accepted("A", "101.00"));
  });

  test("buying at once sells at the set price, also over bids below the reserve", () => {
    const rules = { buyNowPrice: "500", reserve: { price: "400", shown: false } };
    given(lot(rules), bid("A", "399", "10:00"))
      .when(buyNow("B", "10:01"))
      .yields(
        { ...accepted("B", "500.00"), source: "buy_now", rank: 1 },
        { type: "lot_closed", outcome: "sold", bids: 2, leader: { companyId: "B", bidId: bidId(2), price: "500.00" } },
      )
      .when(bid("A", "600", "10:02"))
      .rejects({ code: "auction_closed", endedAt: "2031-05-12T10:01:00.000000Z", lateByMs: 60_000 });
  });
});

describe("proxy forward", () => {
  const steps = { kind: "absolute", amount: "10" } as const;

  test("a plain bid is a maximum", () => {
    given(lot({ format: "proxy_forward", startPrice: "100", stepMin: steps }))
      .when(bid("A", "150", "10:00"))
      .yields({ ...accepted("A", "100.00"), maximum: "150.00" });
  });

  test("below the reserve the price shows the leader's maximum, then jumps to the reserve", () => {
    const rules = { startPrice: "100", stepMin: steps, reserve: { price: "300", shown: false } };
    given(lot({ format: "proxy_forward", ...rules }))
      .when(proxy("A", "150", "10:00"))
      .yields(accepted("A", "150.00"))
      .when(proxy("B", "200", "10:01"))
      .yields(accepted("B", "200.00"))
      .when(proxy("A", "400", "10:02"))
      .yields(accepted("A", "300.00"))
      .when(proxy("B", "350", "10:03"))
      .yields({ ...accepted("B", "360.00"), leader: { companyId: "A" } });
  });

  test("a leader's raise that meets the reserve moves the price to it", () => {
    const rules = { startPrice: "100", stepMin: steps, reserve: { price: "300", shown: true } };
    given(lot({ format: "proxy_forward", ...rules }), proxy("A", "150", "10:00"))
      .when(proxy("A", "500", "10:01"))
      .yields({ type: "proxy_changed", maximum: "500.00", leader: { companyId: "A", price: "300.00" } });
  });

  test("prices keep the grid", () => {
    const rules = { startPrice: "99", grid: "5", stepMin: { kind: "absolute", amount: "7" } } as const;
    given(lot({ format: "proxy_forward", ...rules }))
      .when(proxy("A", "200", "10:00"))
      .yields(accepted("A", "100.00"))
      .when(proxy("B", "150", "10:01"))
      .yields(accepted("B", "160.00"));
  });

  test("the ranking awards the runner-up at his own maximum", () => {
    given(
      lot({ format: "proxy_forward", startPrice: "100", stepMin: steps }),
      proxy("A", "300", "10:00"),
      proxy("B", "200", "10:01"),
    ).standsAt("1 A 210.00", "2 B 200.00");
  });

  test("initial prices are maxima", () => {
    given(lot({ format: "proxy_forward", startPrice: "100", stepMin: steps }), initial("A", 30_000n))
      .when(initial("B", 20_000n))
      .yields({
        ...accepted("B", "210.00"),
        maximum: "200.00",
        source: "initial",
        rank: 2,
        leader: { companyId: "A" },
      });
  });
});

describe("english reverse", () => {
  const steps = { kind: "absolute", amount: "5" } as const;
  const reverse = { format: "english_reverse", stepMin: steps } as const;

  test("a table by price range: the step of the price that is undercut", () => {
    const rows = [
      { from: "0", amount: "30" },
      { from: "701", amount: "50" },
      { from: "801", amount: "70" },
      { from: "1000.01", amount: "200" },
    ];
    given(lot({ ...reverse, stepMin: { kind: "table", rows }, reference: "leader" }), bid("A", "1001", "10:00"))
      .when(bid("B", "801.01", "10:01"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "801.00", nearest: "801.00" })
      .and(bid("B", "801", "10:02"), bid("A", "731", "10:03"), bid("B", "681", "10:04"))
      .when(bid("A", "652", "10:05"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "651.00", nearest: "651.00" });
  });

  test("reference own: one need not beat anybody but oneself, and may tie", () => {
    given(
      lot({ ...reverse, reference: "own" }),
      bid("A", "900", "10:00"),
      bid("B", "950", "10:01"),
      bid("B", "900", "10:02"),
    )
      .standsAt("1 A 900.00", "2 B 900.00")
      .when(bid("C", "990", "10:03"))
      .yields({ ...accepted("C", "990.00"), rank: 3 });
  });

  test("reference leader: everybody must undercut the leader by the step", () => {
    given(lot({ ...reverse, reference: "leader" }), bid("A", "900", "10:00"))
      .when(bid("B", "895", "10:01"))
      .yields({ ...accepted("B", "895.00"), rank: 1 });
  });

  test("reference next ranked: one climbs rank by rank", () => {
    given(
      lot({ ...reverse, reference: "next_ranked" }),
      initial("A", 80_000n),
      initial("B", 85_000n),
      initial("C", 90_000n),
    )
      .when(bid("C", "845", "10:00"))
      .yields({ ...accepted("C", "845.00"), rank: 2 })
      .when(bid("C", "796", "10:01"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "795.00", nearest: "795.00" });
  });

  test("reference next ranked: a newcomer comes in above the last", () => {
    given(lot({ ...reverse, reference: "next_ranked" }), initial("A", 80_000n), initial("B", 85_000n))
      .when(bid("C", "850", "10:00"))
      .rejects({ code: "not_better_than_reference", pointer: "/price", limit: "850.00", nearest: "845.00" })
      .when(bid("C", "845", "10:01"))
      .yields({ ...accepted("C", "845.00"), rank: 2 });
  });

  test("reference next ranked: who ties with the leader improves on himself", () => {
    given(lot({ ...reverse, reference: "next_ranked" }), initial("A", 80_000n), initial("B", 80_000n))
      .when(bid("B", "796", "10:00"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "795.00", nearest: "795.00" });
  });

  test("a step larger than the price leaves nothing to offer", () => {
    given(lot({ ...reverse, reference: "leader" }), bid("A", "5", "10:00"))
      .when(bid("B", "1", "10:01"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "0.00" });
  });

  test("buffers under reference own: overtake by the front, stay behind by the back", () => {
    const rules = { ...reverse, reference: "own", buffers: { front: "10", back: "20" } } as const;
    given(lot(rules), bid("A", "900", "10:00"), bid("B", "990", "10:01"))
      .when(bid("B", "920", "10:02"))
      .yields({ ...accepted("B", "920.00"), rank: 2 })
      .when(bid("B", "890", "10:03"))
      .yields({ ...accepted("B", "890.00"), rank: 1 });
  });

  test("the step keeps binding beside the buffers", () => {
    const rules = { ...reverse, reference: "own", buffers: { front: "1", back: null } } as const;
    given(lot(rules), bid("A", "900", "10:00"), bid("B", "903", "10:01"))
      .when(bid("B", "899", "10:02"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "898.00", nearest: "898.00" });
  });

  test("a leader who may improve on himself keeps the step and no buffer", () => {
    const rules = { ...reverse, reference: "leader", selfRaise: true, buffers: { front: "50", back: "50" } } as const;
    given(lot(rules), bid("A", "900", "10:00"))
      .when(bid("A", "895", "10:01"))
      .yields(accepted("A", "895.00"));
  });

  test("a reserve neither refuses nor moves a bid", () => {
    given(lot({ ...reverse, reserve: { price: "500", shown: false } }))
      .when(bid("A", "900", "10:00"))
      .yields(accepted("A", "900.00"));
  });
});

describe("rank reverse", () => {
  test("is reverse with reference own and rank visibility, whatever the lot says", () => {
    const rules = {
      format: "rank_reverse",
      reference: "leader",
      visibility: "full",
      buffers: { front: "9", back: "9" },
    } as const;
    const { auction } = given(lot(rules), bid("A", "900", "10:00"), bid("B", "950", "10:01"), bid("B", "905", "10:02"));
    const { participant, own } = liveViews(auction);
    expect(participant).not.toHaveProperty("bestPrice");
    expect(own.get("B")).toMatchObject({ price: "905.00", rank: 2, standing: "behind", nextPrice: "904.00" });
  });
});

test("a sealed lot has no live auction", () => {
  const { setup } = lot({});
  expect(() => openAuction({ ...setup, rules: { ...setup.rules, format: "sealed" } })).toThrow("no live auction");
});
