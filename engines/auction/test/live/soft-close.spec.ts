import { instantOfMicros, limits } from "@kontor/kernel";
import type { LotRulesInput } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import type { LiveAuction } from "../../src/live/live-auction.ts";
import { decideDue, decideLive, evolveLive, extendTo, liveWakeAt } from "../../src/live/live-auction.ts";
import {
  accepted,
  at,
  bid,
  copyOf,
  exclude,
  extend,
  extendedTo,
  given,
  instant,
  lot,
  lotId,
  minute,
  pause,
  proxy,
  resume,
  second,
  time,
  voidBid,
} from "./given.ts";

type SoftClose = LotRulesInput["softClose"];
type Variant = SoftClose["variant"];

/** Ends at 15:00, step 1, bids of B over A's 100. */
const closing = (softClose: SoftClose): LiveAuction => lot({ softClose, selfRaise: true });
const windowed = (variant: Variant, more: Partial<SoftClose> = {}): SoftClose => ({
  variant,
  windowMs: 120_000,
  extensionMs: 180_000,
  ...more,
});

describe("each variant moves the end by its own formula", () => {
  test.each<readonly [Variant, bid: string, end: string]>([
    ["none", "14:59:59", "15:00"],
    ["extend_from_bid", "14:56:59.999999", "15:00"],
    ["extend_from_bid", "14:57", "15:00"],
    ["extend_from_bid", "14:57:00.000001", "15:00:00.000001"],
    ["extend_from_bid", "14:59:59.999999", "15:02:59.999999"],
    ["restart", "12:00", "15:00"],
    ["restart", "14:58", "15:01"],
    ["reset_in_window", "14:57:59.999999", "15:00"],
    ["reset_in_window", "14:58", "15:00"],
    ["reset_in_window", "14:58:00.000001", "15:01:00.000001"],
    ["fixed_add", "14:58", "15:00"],
    ["fixed_add", "14:58:00.000001", "15:03"],
    ["fixed_add", "14:59:59.999999", "15:03"],
  ])("%s, bid at %s: end at %s", (variant, when, end) => {
    given(closing(windowed(variant)), bid("A", "100", "10:00"), bid("B", "101", when)).endsAt(end);
  });

  test("a reset shorter than what remains does not move the end back", () => {
    const rule = windowed("reset_in_window", { windowMs: 600_000, extensionMs: 60_000 });
    given(closing(rule), bid("A", "100", "14:55")).endsAt("15:00");
  });
});

describe("the cap binds to the microsecond", () => {
  test.each<readonly [bid: string, end: string]>([
    ["15:06:59.999999", "15:09:59.999999"],
    ["15:07", "15:10"],
    ["15:07:00.000001", "15:10"],
  ])("a bid at %s: end at %s", (when, end) => {
    const rule = windowed("extend_from_bid", { capMs: 600_000 });
    given(
      closing(rule),
      bid("A", "100", "14:59:59"),
      bid("B", "101", "15:02:58"),
      bid("A", "102", "15:05:57"),
      bid("B", "103", when),
    ).endsAt(end);
  });

  test("beyond it bids are taken until the end and no longer", () => {
    const rule = windowed("extend_from_bid", { capMs: 60_000 });
    given(closing(rule), bid("A", "100", "14:59"), bid("B", "101", "15:00:59.999999"))
      .endsAt("15:01")
      .when(bid("A", "102", "15:01"))
      .rejects({ code: "auction_closed", endedAt: instant("15:01"), lateByMs: 0 });
  });

  test.each<Variant>(["extend_from_bid", "reset_in_window", "fixed_add", "restart"])(
    "%s keeps a cap of nothing",
    (variant) => {
      given(closing(windowed(variant, { capMs: 0 })), bid("A", "100", "14:59:59")).endsAt("15:00");
    },
  );

  test.each<Variant>(["extend_from_bid", "reset_in_window", "fixed_add", "restart"])(
    "without a cap of its own %s ends a day after the planned end",
    (variant) => {
      const hours = 6 * 3_600_000;
      const auction = closing({ variant, windowMs: hours, extensionMs: hours });
      const latest = at("15:00") + limits.softCloseCapMs * 1_000;
      let end = at("15:00");
      for (let price = 100; end < latest && price < 120; price++) {
        const by = { companyId: "A", userId: "user-A", at: end - 1 };
        const decision = decideLive(auction, { type: "submit_bid", lotId, price: `${price}` }, by);
        expect(decision.kind).toBe("accepted");
        if (decision.kind === "accepted") for (const event of decision.events) evolveLive(auction, event, by.at);
        end = liveWakeAt(auction) ?? 0;
      }
      expect(end).toBe(latest);
      const late = { companyId: "B", userId: "user-B", at: end - 1 };
      expect(decideLive(auction, { type: "submit_bid", lotId, price: "500" }, late)).toMatchObject({
        kind: "accepted",
        events: [{ type: "bid_accepted" }],
      });
    },
  );

  test("another lot of the event cannot carry it further either", () => {
    const { auction } = given(closing(windowed("extend_from_bid", { scope: "event" })));
    const latest = at("15:00") + limits.softCloseCapMs * 1_000;
    expect(extendTo(auction, latest + minute, "soft_close")).toMatchObject([{ endsAt: instantOfMicros(latest) }]);
  });

  test("pauses and the owner's extensions move the cap along, bids do not", () => {
    const rule = windowed("extend_from_bid", { capMs: 120_000 });
    given(closing(rule), extend(instant("15:30"), "10:00"), pause("11:00"), resume("11:10"))
      .endsAt("15:40")
      .and(bid("A", "100", "15:39:59"))
      .endsAt("15:42")
      .and(bid("B", "101", "15:41:59"))
      .endsAt("15:42");
  });
});

describe("triggers", () => {
  const reverse = (trigger: SoftClose["trigger"], topCount = 2): LiveAuction =>
    lot({
      format: "english_reverse",
      reference: "own",
      selfRaise: true,
      softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 120_000, trigger, topCount },
    });
  /** A 100, B 110, C 120, D 130. */
  const field = (auction: LiveAuction) =>
    given(
      auction,
      bid("A", "100", "10:00"),
      bid("B", "110", "10:01"),
      bid("C", "120", "10:02"),
      bid("D", "130", "10:03"),
    );

  test.each<readonly [trigger: SoftClose["trigger"], who: string, price: string, end: string]>([
    ["any_bid", "D", "125", "15:01"],
    ["any_bid", "A", "90", "15:01"],
    ["leader_change", "B", "105", "15:00"],
    ["leader_change", "B", "100", "15:00"],
    ["leader_change", "A", "90", "15:00"],
    ["leader_change", "B", "99", "15:01"],
    ["leader_change", "E", "99", "15:01"],
    ["top_change", "A", "90", "15:00"],
    ["top_change", "B", "105", "15:00"],
    ["top_change", "D", "115", "15:00"],
    ["top_change", "C", "110", "15:00"],
    ["top_change", "C", "109", "15:01"],
    ["top_change", "D", "109", "15:01"],
    ["top_change", "B", "99", "15:01"],
    ["top_change", "E", "105", "15:01"],
    ["top_change", "E", "125", "15:00"],
  ])("%s: %s at %s ends %s", (...[trigger, who, price, end]) => {
    field(reverse(trigger))
      .and(bid(who, price, "14:59"))
      .endsAt(end);
  });

  test("the first bid of all is a change of leader and of the top", () => {
    for (const trigger of ["leader_change", "top_change"] as const)
      given(reverse(trigger), bid("A", "100", "14:59")).endsAt("15:01");
  });
});

describe("what never extends", () => {
  const soon = windowed("extend_from_bid");

  test("a rejected bid", () => {
    given(closing(soon), bid("A", "100", "10:00"))
      .when(bid("B", "100.50", "14:59"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "101.00", nearest: "101.00" })
      .endsAt("15:00");
  });

  test("a new proxy maximum that leaves the price as it was", () => {
    const auction = lot({ format: "proxy_forward", startPrice: "100", softClose: soon });
    given(auction, proxy("A", "200", "10:00"))
      .when(proxy("A", "300", "14:59"))
      .yields({ type: "proxy_changed", leader: { price: "100.00" } })
      .endsAt("15:00");
  });

  test("but one that completes a step does", () => {
    const steps = { kind: "absolute", amount: "10" } as const;
    const auction = lot({ format: "proxy_forward", startPrice: "100", stepMin: steps, softClose: soon });
    given(auction, proxy("A", "200", "10:00"), proxy("B", "205", "10:01"))
      .when(proxy("B", "300", "14:59"))
      .yields({ type: "proxy_changed", leader: { price: "210.00" } }, extendedTo("15:02"));
  });

  test("a voided bid, whose own extension stays", () => {
    given(closing(soon), bid("A", "100", "10:00"), bid("B", "101", "14:59"))
      .endsAt("15:02")
      .when(voidBid(2, "14:59:30"))
      .yields({ type: "bid_voided", leader: { companyId: "A" } })
      .endsAt("15:02");
  });
});

describe("the exclusion of the leader", () => {
  const rule = windowed("reset_in_window", { extensionMs: 120_000 });
  const field = () => given(closing(rule), bid("A", "100", "10:00"), bid("B", "101", "10:01"));

  test("extends once inside the window", () => {
    field()
      .when(exclude("B", "14:59"))
      .yields({ type: "bid_voided", leader: { companyId: "A" } }, extendedTo("15:01", "exclusion"));
  });

  test("does not extend before it", () => {
    field().when(exclude("B", "14:58")).yields({ type: "bid_voided" }).endsAt("15:00");
  });

  test("nor does that of another bidder", () => {
    field()
      .when(exclude("A", "14:59"))
      .yields({ type: "bid_voided", leader: { companyId: "B" } })
      .endsAt("15:00");
  });

  test("in a pause it counts by the time that stands still", () => {
    field()
      .and(pause("14:59"))
      .when(exclude("B", "17:00"))
      .yields({ type: "bid_voided" }, extendedTo("15:01", "exclusion"))
      .and(resume("18:00"))
      .endsAt("18:02");
  });
});

describe("a random end", () => {
  const random = (secret: string): LiveAuction =>
    lot({ secret, softClose: { variant: "random_end", extensionMs: 600_000 } });
  const delayOf = (auction: LiveAuction): number => (liveWakeAt(auction) ?? 0) - at("15:00");
  const secrets = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(64, "0"));

  test("is drawn from the secret, the same on every replay, within the extension", () => {
    const delays = secrets.map((secret) => delayOf(random(secret)));
    expect(delays.every((delay) => Number.isSafeInteger(delay) && delay >= 0 && delay <= 10 * minute)).toBe(true);
    expect(new Set(delays).size).toBe(200);
    expect(delays.filter((delay) => delay < 5 * minute).length).toBeGreaterThan(70);
    expect(delays.filter((delay) => delay < 5 * minute).length).toBeLessThan(130);
    expect(delayOf(copyOf(random(secrets[7] ?? "")))).toBe(delays[7]);
  });

  test("is the only end that counts, and bids never move it", () => {
    const auction = random(secrets[3] ?? "");
    const end = at("15:00") + delayOf(auction);
    given(auction, bid("A", "100", "15:00:00.000001"));
    expect(liveWakeAt(auction)).toBe(end);
    expect(decideDue(auction, end - 1)).toEqual([]);
    expect(decideDue(auction, end)).toMatchObject([{ type: "lot_closed", leader: { companyId: "A" } }]);
  });

  test("moves along with the announced one", () => {
    const auction = random(secrets[3] ?? "");
    const delay = delayOf(auction);
    given(auction, extend(instant("16:00"), "10:00"), pause("11:00"), resume("11:05"));
    expect(liveWakeAt(auction)).toBe(at("16:05") + delay);
  });

  test("keeps the cap", () => {
    const capped = lot({ softClose: { variant: "random_end", extensionMs: 600_000, capMs: 1_000 } });
    expect(delayOf(capped)).toBeLessThanOrEqual(second);
  });
});

describe("another lot's extension", () => {
  test("moves an open lot forward only", () => {
    const { auction } = given(closing(windowed("extend_from_bid")));
    expect(extendTo(auction, at("15:00"), "soft_close")).toEqual([]);
    expect(extendTo(auction, at("15:05"), "soft_close")).toMatchObject([extendedTo("15:05")]);
  });

  test("stays within this lot's own cap, unless the owner or an outage moves it", () => {
    const { auction } = given(closing(windowed("extend_from_bid", { capMs: 60_000 })));
    expect(extendTo(auction, at("15:05"), "soft_close")).toMatchObject([extendedTo("15:01")]);
    expect(extendTo(auction, at("15:05"), "operator")).toMatchObject([extendedTo("15:05", "operator")]);
  });

  test("leaves paused and closed lots and those whose clock has not started", () => {
    const rule = windowed("extend_from_bid");
    expect(extendTo(given(closing(rule), pause("10:00")).auction, at("16:00"), "soft_close")).toEqual([]);
    expect(extendTo(given(closing(rule), time("15:00")).auction, at("16:00"), "soft_close")).toEqual([]);
    const waiting = lot({ ends: null, clock: "first_bid", softClose: rule });
    expect(extendTo(waiting, at("16:00"), "soft_close")).toEqual([]);
  });
});

test("a clock that the first bid starts is not extended by it", () => {
  const auction = lot({ ends: null, clock: "first_bid", durationMs: 60_000, softClose: windowed("extend_from_bid") });
  given(auction)
    .endsAt(null)
    .when(bid("A", "100", "10:00"))
    .yields(accepted("A", "100.00"), extendedTo("10:01", "first_bid"))
    .endsAt("10:01")
    .when(bid("B", "101", "10:00:30"))
    .yields(accepted("B", "101.00"), extendedTo("10:03:30"));
});
