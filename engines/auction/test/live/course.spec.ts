import { limits } from "@kontor/kernel";
import { describe, expect, test } from "vitest";
import { decideDue, decideOutage, liveWakeAt, openAuction } from "../../src/live/live-auction.ts";
import {
  accepted,
  at,
  bid,
  buyNow,
  extend,
  extendedTo,
  given,
  initial,
  instant,
  lot,
  outage,
  pause,
  resume,
  time,
  voidBid,
} from "./given.ts";

describe("a pause", () => {
  test("freezes the time that remains, to the microsecond", () => {
    given(lot({}))
      .when(pause("14:59:30.000417"))
      .yields({ type: "lot_paused", remainingMs: 29_999.583, reason: "check" })
      .endsAt(null)
      .when(resume("17:00"))
      .yields({ type: "lot_resumed", endsAt: instant("17:00:29.999583") })
      .endsAt("17:00:29.999583")
      .when(bid("A", "100", "17:00:29.999582"))
      .yields(accepted("A", "100.00"));
  });

  test("over the planned end closes nothing", () => {
    given(lot({}), pause("14:59")).when(time("16:00")).yields();
  });

  test("before the first bid starts the clock leaves it waiting", () => {
    given(lot({ ends: null, clock: "first_bid", durationMs: 60_000 }))
      .when(pause("10:00"))
      .yields({ type: "lot_paused", remainingMs: 60_000 })
      .when(resume("10:05"))
      .yields({ type: "lot_resumed", endsAt: null })
      .and(bid("A", "100", "10:06"))
      .endsAt("10:07");
  });

  test("allows bids to be voided", () => {
    given(lot({}), bid("A", "100", "10:00"), pause("10:01"))
      .when(voidBid(1, "10:02"))
      .yields({ type: "bid_voided" });
  });
});

describe("an extension by the owner", () => {
  test("may be the shortest", () => {
    given(lot({}))
      .when(extend(instant("15:00:00.000001"), "10:00"))
      .yields({ ...extendedTo("15:00:00.000001", "operator"), reason: "demand" });
  });

  test("gives a waiting clock its end, later than now", () => {
    const waiting = lot({ ends: null, clock: "first_bid" });
    given(waiting)
      .when(extend(instant("10:00"), "10:00"))
      .rejects({ code: "instant_invalid", pointer: "/endsAt", limit: instant("10:00") })
      .and(extend(instant("11:00"), "10:00"), bid("A", "100", "10:30"))
      .endsAt("11:00");
  });

  test("of a random end is measured from the announced one and tells nothing of the drawn one", () => {
    const auction = lot({ softClose: { variant: "random_end", extensionMs: 600_000 } });
    given(auction)
      .when(extend(instant("15:00"), "10:00"))
      .rejects({ code: "instant_invalid", pointer: "/endsAt", limit: instant("15:00") });
  });
});

describe("an outage", () => {
  const rules = { outage: { thresholdMs: 10_000, windowMs: 600_000, graceMs: 300_000 } };

  test.each<readonly [name: string, from: string, to: string, end: string | null]>([
    ["up to the threshold inside the window", "14:55:00", "14:55:10", null],
    ["a microsecond more", "14:55:00", "14:55:10.000001", "15:00:10.000001"],
    ["long before the window", "10:00", "14:49", null],
    ["reaching into the window by more than the threshold", "10:00", "14:50:11", "19:40:22"],
    ["over the end", "14:58", "15:20", "15:42"],
    ["over the end by less than the threshold", "14:59:50", "15:20", null],
  ])("%s", (...[, from, to, end]) => {
    const events = decideOutage(lot(rules), at(from), at(to));
    expect(events).toMatchObject(end === null ? [] : [extendedTo(end, "outage")]);
  });

  test("grants the grace even where the outage was short", () => {
    given(lot(rules), outage("14:59:00", "14:59:11")).endsAt("15:04:11");
  });

  test("never moves the end back", () => {
    given(lot({ outage: { thresholdMs: 0, windowMs: 600_000, graceMs: 1_000 } }), outage("14:50", "14:50:01")).endsAt(
      "15:00",
    );
  });

  test("does nothing to paused, closed and waiting lots", () => {
    expect(decideOutage(given(lot(rules), pause("14:55")).auction, at("14:55"), at("14:59"))).toEqual([]);
    expect(decideOutage(given(lot(rules), time("15:00")).auction, at("14:55"), at("15:10"))).toEqual([]);
    expect(decideOutage(lot({ ...rules, ends: null, clock: "first_bid" }), at("10:00"), at("15:00"))).toEqual([]);
  });
});

describe("the end", () => {
  test("closes once, not a microsecond early", () => {
    given(lot({}), bid("A", "100", "10:00"))
      .when(time("14:59:59.999999"))
      .yields()
      .when(time("15:00:00.000250"))
      .yields({ type: "lot_closed", outcome: "sold", bids: 1, leader: { companyId: "A", price: "100.00" } })
      .when(time("16:00"))
      .yields()
      .endsAt(null);
  });

  test("without a bid, or without a valid one, finds nobody", () => {
    for (const steps of [[], [bid("A", "100", "10:00"), voidBid(1, "10:01")]]) {
      const { auction } = given(lot({}), ...steps);
      const [closed] = decideDue(auction, at("15:00"));
      expect(closed).toMatchObject({ type: "lot_closed", outcome: "no_bids", bids: 0 });
      expect(closed).not.toHaveProperty("leader");
    }
  });

  test("lets the initial prices stand when nobody bids", () => {
    const auction = lot({ format: "english_reverse" });
    given(auction, initial("A", 90_000n), initial("B", 95_000n))
      .when(time("15:00"))
      .yields({ outcome: "sold", bids: 2, leader: { companyId: "A", price: "900.00" } });
  });

  test.each<readonly [format: "english_forward" | "english_reverse", price: string, outcome: string]>([
    ["english_forward", "499.99", "reserve_unmet"],
    ["english_forward", "500", "sold"],
    ["english_reverse", "500.01", "reserve_unmet"],
    ["english_reverse", "500", "sold"],
  ])("of %s with %s against a reserve of 500 is %s", (format, price, outcome) => {
    given(lot({ format, reserve: { price: "500", shown: false } }), bid("A", price, "10:00"))
      .when(time("15:00"))
      .yields({ outcome, leader: { companyId: "A" } });
  });

  test("of a lot whose clock never started does not come", () => {
    const auction = lot({ ends: null, clock: "first_bid" });
    expect(liveWakeAt(auction)).toBeNull();
    expect(decideDue(auction, at("23:00"))).toEqual([]);
  });

  test("an initial price starts no clock", () => {
    given(lot({ ends: null, clock: "first_bid" }), initial("A", 10_000n)).endsAt(null);
  });
});

test("a lot takes so many bids and no more, those of its aborted auctions included, and may still be bought", () => {
  const { setup } = lot({ startPrice: "100", buyNowPrice: "500", selfRaise: true });
  const auction = openAuction({ ...setup, bidsBefore: limits.bidsPerLotMax - 2 });
  const refusal = { code: "limit_reached", rule: "bids", limit: limits.bidsPerLotMax } as const;
  given(auction, bid("A", "100", "10:00"), bid("B", "101", "10:01"))
    .when(bid("A", "102", "10:02"))
    .rejects(refusal)
    .when(bid("A", "1e3", "10:03"))
    .rejects(refusal);
  const { auction: other } = given(openAuction({ ...setup, bidsBefore: limits.bidsPerLotMax }));
  given(other).when(buyNow("A", "10:00")).yields({ type: "bid_accepted" }, { type: "lot_closed" });
});
