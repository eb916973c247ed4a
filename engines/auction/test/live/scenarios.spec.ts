import { describe, expect, test } from "vitest";
import { decideDue } from "../../src/live/live-auction.ts";
import { accepted, at, bid, extendedTo, given, initial, instant, lot, proxy, time } from "./given.ts";

/* The reference's acceptance scenarios, with its own figures. */

test("forward with a soft close: a late bid extends, a rejected one does not, one at the end is late", () => {
  const auction = lot({
    startPrice: "100",
    stepMin: { kind: "percent", percent: "5", of: "current" },
    softClose: { variant: "extend_from_bid", extensionMs: 600_000, capMs: 3_600_000 },
  });
  given(auction, bid("A", "100", "14:00"))
    .when(bid("B", "104", "14:30"))
    .rejects({ code: "step_too_small", pointer: "/price", limit: "105.00", nearest: "105.00" })
    .when(bid("B", "105", "14:59:30"))
    .yields(accepted("B", "105.00"), extendedTo("15:09:30"))
    .when(bid("A", "110.25", "15:09:29.999"))
    .yields(accepted("A", "110.25"), extendedTo("15:19:29.999"))
    .when(bid("B", "111", "15:15"))
    .rejects({ code: "step_too_small", pointer: "/price", limit: "115.77", nearest: "115.77" })
    .endsAt("15:19:29.999")
    .when(bid("B", "116", "15:19:29.999"))
    .rejects({ code: "auction_closed", endedAt: instant("15:19:29.999"), lateByMs: 0 });
  expect(decideDue(auction, at("15:19:29.999"))).toMatchObject([
    { type: "lot_closed", outcome: "sold", leader: { companyId: "A", price: "110.25" }, bids: 3 },
  ]);
});

const auctionSiteSteps = [
  ["0", "0.05"],
  ["1", "0.25"],
  ["5", "0.50"],
  ["25", "1"],
  ["100", "2.50"],
  ["250", "5"],
  ["500", "10"],
  ["1000", "25"],
  ["2500", "50"],
  ["5000", "100"],
].map(([from = "", amount = ""]) => ({ from, amount }));

const proxyLot = (startPrice: string) =>
  lot({ format: "proxy_forward", startPrice, stepMin: { kind: "table", rows: auctionSiteSteps } });

const raised = (companyId: string, maximum: string, price: string): object => ({
  type: "proxy_changed",
  companyId,
  maximum,
  leader: { companyId, price },
});
const led = (companyId: string, price: string, leader: string): object => ({
  ...accepted(companyId, price),
  ...(leader === companyId ? {} : { leader: { companyId: leader, price } }),
});

test("proxy: the price moves as far as the runner-up forces it", () => {
  given(proxyLot("99.00"))
    .when(proxy("A", "150", "10:00"))
    .yields(led("A", "99.00", "A"))
    .when(proxy("B", "99.50", "10:01"))
    .rejects({ code: "step_too_small", pointer: "/maximum", limit: "100.00", nearest: "100.00" })
    .when(proxy("B", "120", "10:02"))
    .yields(led("B", "122.50", "A"))
    .when(proxy("C", "149", "10:03"))
    .yields(led("C", "150.00", "A"))
    .when(proxy("D", "151", "10:04"))
    .rejects({ code: "step_too_small", pointer: "/maximum", limit: "152.50", nearest: "152.50" })
    .when(proxy("D", "152.50", "10:05"))
    .yields(led("D", "152.50", "D"))
    .when(proxy("D", "400", "10:06"))
    .yields(raised("D", "400.00", "152.50"))
    .when(proxy("C", "150", "10:07"))
    .rejects({ code: "step_too_small", pointer: "/maximum", limit: "155.00", nearest: "155.00" })
    .when(proxy("E", "400", "10:08"))
    .yields(led("E", "400.00", "D"))
    .when(proxy("E", "405", "10:09"))
    .yields(led("E", "405.00", "E"))
    .when(proxy("E", "410", "10:10"))
    .yields(raised("E", "410.00", "405.00"));
});

test("proxy: the leader's raise completes the step that his old maximum had cut short", () => {
  given(proxyLot("9.99"))
    .when(proxy("A", "20", "10:00"))
    .yields(led("A", "9.99", "A"))
    .when(proxy("B", "20.10", "10:01"))
    .yields(led("B", "20.10", "B"))
    .when(proxy("B", "30", "10:02"))
    .yields(raised("B", "30.00", "20.50"));
});

test("reverse with reset in the window: only a new leader extends", () => {
  const auction = lot({
    format: "english_reverse",
    opens: "10:00",
    ends: "10:15",
    reference: "own",
    stepMin: { kind: "absolute", amount: "5" },
    softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 120_000, trigger: "leader_change" },
  });
  // The scenario counts minutes and seconds from the opening.
  given(auction, initial("B", 98_000n, "10:00"), initial("A", 100_000n, "10:00"))
    .when(bid("A", "970", "10:13:30"))
    .yields(accepted("A", "970.00"), extendedTo("10:15:30"))
    .when(bid("B", "975", "10:14"))
    .yields(accepted("B", "975.00"))
    .endsAt("10:15:30")
    .when(bid("B", "965", "10:15:29"))
    .yields(accepted("B", "965.00"), extendedTo("10:17:29"))
    .when(time("10:17:28.999999"))
    .yields()
    .when(time("10:17:29"))
    .yields({ type: "lot_closed", outcome: "sold", leader: { companyId: "B", price: "965.00" } });
});

describe("a window of half a percent to five percent of the start price", () => {
  const windowLot = () =>
    given(
      lot({
        format: "english_reverse",
        startPrice: "1000000",
        stepMin: { kind: "percent", percent: "0.5", of: "start" },
        stepMax: { kind: "percent", percent: "5", of: "start" },
        reference: "leader",
        buffers: { front: null, back: null },
      }),
      initial("X", 94_000_000n),
      initial("Z", 98_500_000n),
      initial("Y", 99_000_000n),
    );

  test("overtaking takes at least the small step", () => {
    windowLot()
      .when(bid("Y", "936000", "10:00"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "935000.00", nearest: "935000.00" })
      .when(bid("Y", "935000", "10:01"))
      .yields(accepted("Y", "935000.00"));
  });

  test("and at most the great one", () => {
    windowLot()
      .when(bid("Y", "889999", "10:00"))
      .rejects({ code: "step_too_large", pointer: "/price", limit: "890000.00", nearest: "890000.00" })
      .when(bid("Y", "890000", "10:01"))
      .yields(accepted("Y", "890000.00"));
  });

  test("who does not lead may improve on himself without overtaking", () => {
    windowLot()
      .when(bid("Z", "950000", "10:00"))
      .yields(accepted("Z", "950000.00"))
      .when(bid("Y", "940000", "10:01"))
      .yields(accepted("Y", "940000.00"))
      .when(bid("Z", "950000", "10:02"))
      .rejects({ code: "not_better_than_own", pointer: "/price", limit: "950000.00", nearest: "949999.99" });
  });

  test("the leader may not post", () => {
    windowLot()
      .when(bid("X", "930000", "10:00"))
      .rejects({ code: "already_leading", pointer: "/price" });
  });
});
