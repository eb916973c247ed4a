import type { LotRulesInput, LotView, OwnLotView, TenderRejection } from "@kontor/protocol";
import { LotView as LotViewSchema, OwnLotView as OwnLotViewSchema } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import type { LiveViews } from "../../src/live/live-auction.ts";
import { liveViews } from "../../src/live/live-auction.ts";
import type { LotInput, Step } from "./given.ts";
import { bid, bidId, extend, given, initial, instant, lot, pause, proxy, time, voidBid } from "./given.ts";

type Mode = NonNullable<LotRulesInput["visibility"]>;
const modes: readonly Mode[] = ["full", "lead", "rank", "traffic", "sealed"];

const field = (visibility: Mode, more: LotInput = {}, reveal = false): LiveViews => {
  const auction = lot({ format: "english_reverse", startPrice: "1000", reference: "own", visibility, ...more });
  given(auction, bid("A", "900", "10:00"), bid("B", "950", "10:01"), bid("B", "940", "10:02"));
  return liveViews(auction, { revealed: reveal });
};

const names = (view: Partial<LotView> | Partial<OwnLotView> | undefined): readonly string[] =>
  Object.keys(view ?? {}).sort();

const course = ["endsAt", "extensions", "opensAt", "phase", "startPrice"];
const best = ["bestPrice", "bidCount", "nextPrice"];
const prices = ["bestAlias", "recent", "standings"];

describe("who sees what", () => {
  test.each<readonly [Mode, readonly string[]]>([
    ["full", [...best, ...prices, "bidderCount"]],
    ["lead", [...best, "bidderCount"]],
    ["rank", []],
    ["traffic", []],
    ["sealed", []],
  ])("bidders in %s", (mode, extra) => {
    expect(names(field(mode).participant)).toEqual([...course, ...extra].sort());
  });

  test.each(modes)("the public in %s", (mode) => {
    const extra = mode === "full" ? [...best, ...prices, "bidderCount"] : [];
    expect(names(field(mode).public)).toEqual([...course, ...extra].sort());
  });

  test.each(modes)("the owner in %s: all prices by alias, never a name", (mode) => {
    const { owner } = field(mode);
    expect(names(owner)).toEqual([...course, ...best, ...prices, "bidderCount"].sort());
    expect(owner).toMatchObject({ bestPrice: "900.00", bestAlias: "Bidder #1", bidCount: 3, bidderCount: 2 });
    expect(owner.standings).toEqual({
      "Bidder #1": { price: "900.00", at: instant("10:00") },
      "Bidder #2": { price: "940.00", at: instant("10:02") },
    });
    expect(JSON.stringify(owner)).not.toContain("companyId");
  });

  test.each<readonly [Mode, readonly string[]]>([
    ["full", ["rank", "standing"]],
    ["lead", ["rank", "standing"]],
    ["rank", ["rank", "standing"]],
    ["traffic", ["standing"]],
    ["sealed", []],
  ])("one's own in %s", (mode, extra) => {
    const own = field(mode).own.get("B");
    const always = ["alias", "bidCount", "lastBidId", "nextPrice", "price"];
    expect(names(own)).toEqual([...always, ...extra].sort());
    expect(own).toMatchObject({
      alias: "Bidder #2",
      bidCount: 2,
      lastBidId: bidId(3),
      price: "940.00",
      nextPrice: "939.00",
    });
  });

  test("the number of bidders, where the lot shows it", () => {
    for (const mode of modes) {
      const { participant, public: outside } = field(mode, { showBidderCount: true });
      expect([participant.bidderCount, outside.bidderCount]).toEqual([2, 2]);
    }
  });

  test("views keep the wire's shape", () => {
    const { owner, own } = field("full");
    expect(LotViewSchema.partial().parse(owner)).toEqual(owner);
    for (const view of own.values()) expect(OwnLotViewSchema.partial().parse(view)).toEqual(view);
  });
});

describe("once the result is declared", () => {
  test("sealed bidders see all prices and their rank", () => {
    const { participant, own, public: outside } = field("sealed", {}, true);
    expect(participant).toMatchObject({ bestPrice: "900.00", bidderCount: 2 });
    expect(own.get("B")).toMatchObject({ rank: 2, standing: "behind" });
    expect(names(outside)).toEqual([...course].sort());
  });

  test("traffic shows the rank, never a price", () => {
    const { participant, own } = field("traffic", {}, true);
    expect(participant).not.toHaveProperty("bestPrice");
    expect(own.get("B")).toMatchObject({ rank: 2 });
  });

  test("rank shows no price", () => {
    expect(field("rank", {}, true).participant).not.toHaveProperty("bestPrice");
  });
});

describe("bounds that follow a rival's price", () => {
  const hidden: readonly Mode[] = ["rank", "traffic", "sealed"];
  const wrong = bid("B", "899.50", "10:03");
  const leaderLot = (visibility: Mode) =>
    given(
      lot({ format: "english_reverse", startPrice: "1000", reference: "leader", visibility }),
      bid("A", "900", "10:00"),
    );

  test.each(hidden)("are not told in %s", (mode) => {
    const { auction } = leaderLot(mode).when(wrong).rejects({ code: "not_better_than_reference", pointer: "/price" });
    expect(liveViews(auction).own.get("B")).not.toHaveProperty("nextPrice");
    leaderLot(mode)
      .when(bid("B", "1001", "10:03"))
      .rejects({ code: "above_ceiling", pointer: "/price", limit: "1000.00" });
  });

  test.each<Mode>(["full", "lead"])("are told in %s", (mode) => {
    const { auction } = leaderLot(mode)
      .when(wrong)
      .rejects({ code: "step_too_small", pointer: "/price", limit: "899.00", nearest: "899.00" });
    expect(liveViews(auction).own.get("B")).toMatchObject({ nextPrice: "899.00" });
    expect(liveViews(auction).participant).toMatchObject({ nextPrice: "899.00" });
  });

  test("nor is the free price next to a rival's where ties are forbidden", () => {
    given(
      lot({ format: "rank_reverse", startPrice: "1000", tiesAllowed: false }),
      bid("A", "900", "10:00"),
      bid("B", "950", "10:01"),
    )
      .when(bid("B", "900", "10:02"))
      .rejects({ code: "tie_forbidden", pointer: "/price", limit: "900.00" })
      .when(bid("B", "949.50", "10:03"))
      .rejects({ code: "step_too_small", pointer: "/price", limit: "949.00" });
  });

  const climbing: readonly (readonly [name: string, rules: LotInput, refusal: TenderRejection])[] = [
    ["of the bidder above", { reference: "next_ranked" }, { code: "not_better_than_reference", pointer: "/price" }],
    [
      "that are taken where ties are forbidden",
      { reference: "own", tiesAllowed: false },
      { code: "tie_forbidden", pointer: "/price", limit: "950.00" },
    ],
    [
      "that are taken behind a buffer",
      { reference: "leader", buffers: { front: null, back: null }, tiesAllowed: false },
      { code: "tie_forbidden", pointer: "/price", limit: "950.00" },
    ],
  ];
  const thirds = (visibility: Mode, rules: LotInput) =>
    given(
      lot({ format: "english_reverse", startPrice: "1000", visibility, ...rules }),
      initial("A", 90_000n),
      initial("B", 95_000n),
      initial("C", 97_000n),
    );

  test.each(climbing)("are not told in lead with the prices %s", (_, rules, refusal) => {
    const { auction } = thirds("lead", rules)
      .when(bid("C", "950", "10:03"))
      .rejects(refusal);
    const { participant, owner, own } = liveViews(auction);
    for (const company of ["A", "B", "C", "D"]) expect(own.get(company)).not.toHaveProperty("nextPrice");
    expect(participant).toMatchObject({ bestPrice: "900.00" });
    expect(participant).not.toHaveProperty("nextPrice");
    expect(owner).toHaveProperty("nextPrice");
  });

  test("are told with all prices in full", () => {
    for (const [, rules] of climbing)
      expect(liveViews(thirds("full", rules).auction).participant.nextPrice).toBeDefined();
    expect(liveViews(thirds("full", { reference: "next_ranked" }).auction).own.get("C")?.nextPrice).toBe("949.00");
  });

  test.each<readonly [string, LotInput, string]>([
    ["the leader's price", { reference: "leader" }, "899.00"],
    ["the leader's price, though ties are forbidden", { reference: "leader", tiesAllowed: false }, "899.00"],
    ["one's own price", { reference: "own" }, "969.00"],
  ])("are told in lead where they follow %s", (_, rules, next) => {
    const { own, participant } = liveViews(thirds("lead", rules).auction);
    expect(own.get("C")?.nextPrice).toBe(next);
    expect(participant).toHaveProperty("nextPrice");
  });

  test("a sealed leader is not told that he leads, so he may improve", () => {
    leaderLot("sealed")
      .when(bid("A", "890", "10:03"))
      .yields({ companyId: "A" });
  });
});

describe("proxies", () => {
  const proxies = (visibility: Mode, ...more: readonly Step[]): LiveViews => {
    const auction = lot({
      format: "proxy_forward",
      startPrice: "100",
      stepMin: { kind: "absolute", amount: "10" },
      visibility,
    });
    given(auction, proxy("A", "300", "10:00"), proxy("B", "200", "10:01"), ...more);
    return liveViews(auction);
  };

  test("show nobody but their owner the maximum", () => {
    const { own, ...shared } = proxies("full");
    expect(own.get("A")).toMatchObject({ price: "210.00", proxyMaximum: "300.00", nextPrice: "300.01" });
    expect(JSON.stringify(shared)).not.toContain("300.00");
    expect(JSON.stringify(own.get("B"))).not.toContain("300.00");
  });

  test("show others at the price that was public after their bid, the owner too", () => {
    const { own, ...shared } = proxies("full", proxy("C", "237", "10:02"), proxy("D", "350", "10:03"));
    const priceOf = (alias: string) => shared.owner.standings?.[alias]?.price;
    expect(shared.participant.bestPrice).toBe("310.00");
    expect(["#1", "#2", "#3", "#4"].map((name) => priceOf(`Bidder ${name}`))).toEqual([
      "100.00",
      "210.00",
      "247.00",
      "310.00",
    ]);
    for (const maximum of ["300.00", "200.00", "237.00", "350.00"])
      expect(JSON.stringify(shared)).not.toContain(maximum);
    expect(own.get("C")).toMatchObject({ price: "237.00", proxyMaximum: "237.00" });
  });

  test("stand at no more than the present price once a better bid is void", () => {
    const maxima = [initial("A", 30_000n), initial("B", 24_000n), initial("C", 23_700n)];
    const proxyLot = lot({ format: "proxy_forward", startPrice: "100", stepMin: { kind: "absolute", amount: "10" } });
    const { participant } = liveViews(given(proxyLot, ...maxima, voidBid(1, "10:00")).auction);
    expect(participant).toMatchObject({ bestPrice: "240.00", bestAlias: "Bidder #2" });
    expect(participant.standings).toMatchObject({ "Bidder #3": { price: "240.00" } });
  });

  test("without sight of the best price a leader sees what he offered, not what the runner-up forced", () => {
    expect(proxies("rank").own.get("A")).toMatchObject({ price: "300.00", rank: 1 });
    expect(JSON.stringify(proxies("rank").own.get("A"))).not.toContain("210.00");
  });
});

describe("the clock", () => {
  test("a pause shows what remains instead of an end", () => {
    const { auction } = given(lot({}), pause("14:00"));
    expect(liveViews(auction).participant).toMatchObject({ phase: "paused", remainingMs: 3_600_000 });
    expect(liveViews(auction).participant).not.toHaveProperty("endsAt");
  });

  test("extensions are shown and counted", () => {
    const { auction } = given(lot({}), extend(instant("15:30"), "10:00"));
    expect(liveViews(auction).public).toMatchObject({ endsAt: instant("15:30"), extensions: 1 });
  });

  test("a waiting clock shows no end, a closed lot the real one and no next price", () => {
    expect(liveViews(lot({ ends: null })).participant).not.toHaveProperty("endsAt");
    const { auction } = given(lot({}), bid("A", "100", "10:00"), time("15:00:01"));
    const { participant, own } = liveViews(auction);
    expect(participant).toMatchObject({ phase: "closed", endsAt: instant("15:00") });
    expect([participant.nextPrice, own.get("B")?.nextPrice]).toEqual([undefined, undefined]);
  });

  test("a random end stays unseen until it came, in a pause too", () => {
    const auction = lot({ softClose: { variant: "random_end", extensionMs: 600_000 } });
    for (const view of [liveViews(auction).owner, liveViews(given(auction, pause("10:00")).auction).owner])
      expect(names(view).filter((name) => name === "endsAt" || name === "remainingMs")).toEqual([]);
    const closed = lot({ softClose: { variant: "random_end", extensionMs: 600_000 } });
    given(closed, time("15:10"));
    expect(liveViews(closed).public.endsAt).toBeDefined();
  });
});

test("whether the reserve is met is told with the best price", () => {
  const reserve = { price: "930", shown: false };
  expect(field("lead", { reserve }).participant.reserveMet).toBe(true);
  expect(field("rank", { reserve }).participant).not.toHaveProperty("reserveMet");
  expect(field("lead").participant).not.toHaveProperty("reserveMet");
});

test("unchanged parts are the same objects again", () => {
  const auction = lot({ format: "english_reverse", reference: "own" });
  given(auction, bid("A", "900", "10:00"), bid("B", "950", "10:01"), bid("C", "970", "10:02"));
  const before = liveViews(auction);
  expect(liveViews(auction)).toBe(before);
  given(auction, bid("C", "960", "10:03"));
  const after = liveViews(auction);
  expect(after.participant.standings?.["Bidder #1"]).toBe(before.participant.standings?.["Bidder #1"]);
  expect(after.participant.standings?.["Bidder #3"]).not.toBe(before.participant.standings?.["Bidder #3"]);
  expect(after.participant.recent?.["1"]).toBe(before.participant.recent?.["1"]);
  expect(after.own.get("A")).toBe(before.own.get("A"));
  expect(after.own.get("F")).toBe(before.own.get("F"));
  expect(after.own.get("C")).not.toBe(before.own.get("C"));
});

test("only the last fifty bids are listed", () => {
  const auction = lot({ startPrice: "1", selfRaise: true });
  for (let price = 1; price <= 60; price++) given(auction, bid("A", `${price}`, "10:00"));
  const numbers = Object.keys(liveViews(auction).owner.recent ?? {}).map(Number);
  expect([numbers.length, Math.min(...numbers), Math.max(...numbers)]).toEqual([50, 11, 60]);
});
