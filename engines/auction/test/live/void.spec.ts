import { canonicalJson } from "@kontor/kernel";
import { describe, expect, test } from "vitest";
import { encodeLive, liveViews } from "../../src/live/live-auction.ts";
import { apply, bid, bidId, copyOf, exclude, given, initial, lot, proxy, time, voidBid } from "./given.ts";

describe("a voided bid", () => {
  const reverse = () => lot({ format: "english_reverse", reference: "own", selfRaise: true });

  test("of the leader makes the next one lead", () => {
    given(reverse(), bid("A", "900", "10:00"), bid("B", "950", "10:01"))
      .when(voidBid(1, "10:02"))
      .yields({
        type: "bid_voided",
        bidId: bidId(1),
        companyId: "A",
        reason: "manifest error",
        leader: { companyId: "B", bidId: bidId(2), price: "950.00" },
      })
      .standsAt("1 B 950.00");
  });

  test("leaves its bidder at the price before it, with the time before it", () => {
    given(
      reverse(),
      bid("A", "900", "10:00"),
      bid("B", "900", "10:01"),
      bid("A", "890", "10:02"),
      voidBid(3, "10:03"),
    ).standsAt("1 A 900.00", "2 B 900.00");
  });

  test("that was overtaken by its own bidder changes no standing", () => {
    given(reverse(), bid("A", "900", "10:00"), bid("A", "890", "10:02"))
      .when(voidBid(1, "10:03"))
      .yields({ leader: { bidId: bidId(2) } })
      .standsAt("1 A 890.00");
  });

  test("of the only bidder leaves nobody", () => {
    const { auction } = given(reverse(), initial("A", 90_000n), voidBid(1, "10:00")).standsAt();
    expect(liveViews(auction).participant).toMatchObject({ bidCount: 0, bidderCount: 0, standings: {} });
    expect(liveViews(auction).participant.recent).toMatchObject({ 1: { void: true } });
  });

  test("keeps its number, so that the next bid takes the next", () => {
    given(reverse(), bid("A", "900", "10:00"), voidBid(1, "10:01"))
      .when(bid("A", "900", "10:02"))
      .yields({ bidId: bidId(2) });
  });
});

describe("a voided proxy maximum", () => {
  const proxies = () =>
    lot({ format: "proxy_forward", startPrice: "100", stepMin: { kind: "absolute", amount: "10" } });
  const field = () =>
    given(proxies(), proxy("A", "200", "10:00"), proxy("B", "150", "10:01"), proxy("C", "300", "10:02")).standsAt(
      "1 C 210.00",
      "2 A 200.00",
      "3 B 150.00",
    );

  test("has the remaining maxima replayed in their order", () => {
    field()
      .when(voidBid(3, "10:03"))
      .yields({ leader: { companyId: "A", price: "160.00" } })
      .when(voidBid(1, "10:04"))
      .yields({ leader: { companyId: "B", price: "100.00" } });
  });

  test("of the runner-up lowers the leader's price", () => {
    field()
      .when(voidBid(1, "10:03"))
      .yields({ leader: { companyId: "C", price: "160.00" } });
  });

  test("of a raise restores the maximum before it", () => {
    const { auction } = field();
    const before = liveViews(copyOf(auction)).own.get("C");
    given(auction, proxy("C", "500", "10:03"), voidBid(4, "10:04"));
    expect(liveViews(auction).own.get("C")).toEqual(before);
  });
});

describe("an exclusion", () => {
  test("voids every bid of the company and of nobody else, whoever leads in between", () => {
    const auction = lot({ startPrice: "100" });
    given(auction, bid("A", "100", "10:00"), bid("B", "110", "10:01"), bid("A", "120", "10:02"))
      .when(exclude("A", "10:03"))
      .yields(
        { type: "bid_voided", bidId: bidId(1), reason: "collusion", leader: { companyId: "A", price: "120.00" } },
        { type: "bid_voided", bidId: bidId(3), reason: "collusion", leader: { companyId: "B", price: "110.00" } },
      )
      .standsAt("1 B 110.00");
  });

  test("leaves bids alone that were voided before", () => {
    given(lot({ selfRaise: true }), bid("A", "100", "10:00"), bid("A", "110", "10:01"), voidBid(1, "10:02"))
      .when(exclude("A", "10:03"))
      .yields({ bidId: bidId(2) })
      .standsAt();
  });

  test("of a company without bids is nothing", () => {
    given(lot({})).when(exclude("A", "10:00")).yields();
  });

  test("after the close frees the place for the next best", () => {
    const softClose = { variant: "extend_from_bid", extensionMs: 600_000 } as const;
    given(lot({ softClose }), bid("A", "100", "10:00"), bid("B", "110", "10:01"), time("15:00"))
      .when(exclude("B", "16:00"))
      .yields({ type: "bid_voided", leader: { companyId: "A", price: "100.00" } })
      .standsAt("1 A 100.00");
  });

  test("replays proxies once per maximum", () => {
    given(
      lot({ format: "proxy_forward", startPrice: "100", stepMin: { kind: "absolute", amount: "10" } }),
      proxy("A", "200", "10:00"),
      proxy("B", "150", "10:01"),
      proxy("A", "300", "10:02"),
    )
      .when(exclude("A", "10:03"))
      .yields(
        { bidId: bidId(1), leader: { companyId: "A", price: "160.00" } },
        { bidId: bidId(3), leader: { companyId: "B", price: "100.00" } },
      );
  });
});

test("an encoded auction comes back the same, with voided bids and all", () => {
  const auction = lot({ startPrice: "100" });
  given(auction, bid("A", "100", "10:00"), bid("B", "110", "10:01"), voidBid(2, "10:02"));
  const copy = copyOf(auction);
  expect(canonicalJson(encodeLive(copy))).toBe(canonicalJson(encodeLive(auction)));
  const next = bid("C", "101", "10:03");
  expect(apply(copy, next)).toEqual(apply(auction, next));
});

test("a company that joins after the opening takes the next alias", () => {
  const auction = lot({ startPrice: "100" });
  given(auction, bid("latecomer", "100", "10:00"));
  expect(liveViews(auction).participant.standings).toHaveProperty("Bidder #7");
  expect(liveViews(copyOf(auction)).participant.standings).toHaveProperty("Bidder #7");
});
