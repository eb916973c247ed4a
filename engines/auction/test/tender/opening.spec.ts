import { systemActor } from "@kontor/kernel";
import { at } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { dates, forwardRules, hour, lotId, lotTerms, rules, tenderId, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, admitted, factsOfType, opened, owner } from "./venue.ts";

const opening = at(dates.auctionOpensAt);
const priced = (procedure: Parameters<typeof terms>[0] = {}) =>
  terms({ ...procedure, procedure: { initialPrices: "required", ...procedure.procedure } });

function handIn(place: Venue, prices: Readonly<Record<string, string>>): Venue {
  for (const [company, price] of Object.entries(prices)) accepted(place.by(company, "submit_initial_price", { price }));
  return place;
}

describe("a lot opens", () => {
  test("with aliases by a draw where there are no initial prices", () => {
    const place = opened(["cid", "ada", "bob"]);
    expect(factsOfType(place, "lot_opened")).toEqual([
      {
        type: "lot_opened",
        tenderId,
        lotId: lotId(1),
        opensAt: dates.auctionOpensAt,
        endsAt: "2031-03-05T09:10:00.000000Z",
        aliases: { ada: 1, bob: 2, cid: 3 },
      },
    ]);
  });

  test("with aliases that do not tell who was admitted when", () => {
    const orders = [
      ["cid", "ada", "bob", "dan", "eve"],
      ["eve", "bob", "dan", "ada", "cid"],
    ];
    const [one, other] = orders.map((companies) => factsOfType(opened(companies), "lot_opened")[0]?.aliases);
    expect(other).toEqual(one);
    expect(Object.values(one ?? {}).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test("with aliases and bids by initial rank, the others after them by the draw", () => {
    const place = handIn(admitted(["ada", "bob", "cid", "dan"], terms({ procedure: { initialPrices: "optional" } })), {
      bob: "9000",
      dan: "8000",
      cid: "9000",
    });
    place.moveTo(opening);
    expect(factsOfType(place, "lot_opened")).toMatchObject([{ aliases: { dan: 1, bob: 2, cid: 3, ada: 4 } }]);
    expect(factsOfType(place, "bid_accepted")).toMatchObject([
      {
        bidId: `${lotId(1)}-b1`,
        companyId: "dan",
        price: "8000.00",
        source: "initial",
        rank: 1,
      },
      { bidId: `${lotId(1)}-b2`, companyId: "bob", price: "9000.00", rank: 2, leader: { companyId: "dan" } },
      { bidId: `${lotId(1)}-b3`, companyId: "cid", price: "9000.00", rank: 3, leader: { companyId: "dan" } },
    ]);
  });

  test("for those alone who handed in, where that is the ticket", () => {
    const place = handIn(admitted(["ada", "bob", "cid"], priced()), { ada: "9000", bob: "8900" });
    expect(place.by("cid", "submit_bid", { price: "8000" }).rejection?.code).toBe("initial_price_missing");
    place.moveTo(opening);
    expect(place.by("cid", "submit_bid", { price: "8000" }).rejection?.code).toBe("initial_price_missing");
    expect(place.lot().own.has("cid")).toBe(false);
    accepted(place.by("ada", "submit_bid", { price: "8800" }));
  });

  test("without those who come in later; the next lot has them", () => {
    const byOwner = terms({
      procedure: { admission: { mode: "open", approval: "owner" }, schedule: { mode: "staggered", gapMs: hour } },
      lots: [lotTerms(), lotTerms()],
    });
    const place = admitted(["ada", "bob"], byOwner);
    accepted(place.by(owner, "admit_supplier", { companyId: "ada" }));
    place.moveTo(opening);
    accepted(place.by(owner, "admit_supplier", { companyId: "bob" }));
    expect(place.by("bob", "submit_bid", { price: "9000" }).rejection?.code).toBe("not_admitted");
    expect(place.by("bob", "submit_bid", { lot: 2, price: "9000" }).rejection?.code).toBe("auction_not_open");
    expect(place.lot(1).own.has("bob")).toBe(false);
    expect(place.lot(2).own.has("bob")).toBe(true);
    place.pass(hour);
    accepted(place.by("bob", "submit_bid", { lot: 2, price: "9000" }));
  });

  test("with an open end where the first bid starts the clock", () => {
    const place = opened(["ada"], terms({ lots: [lotTerms({ rules: rules({ clock: "first_bid" }) })] }));
    expect(factsOfType(place, "lot_opened")).toMatchObject([{ endsAt: null }]);
    place.pass(24 * hour);
    expect(place.lotFor("public").phase).toBe("open");
    const { at: start, reply } = place.by("ada", "submit_bid", { price: "9000" });
    expect(at(String(reply?.["endsAt"]))).toBe(start + 600_000_000);
  });
});

describe("too few bidders", () => {
  test.each([
    ["nobody", [], {}],
    ["one where two are needed", ["ada"], { minBidders: 2 }],
    ["one where one shall fail", ["ada"], { singleBidder: "fail" as const }],
  ] as const)("%s: the lot is unsuccessful", (_, companies, procedure) => {
    const place = opened(companies, terms({ procedure }));
    expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason: "too_few_bidders" }]);
    expect(place.notice().phase).toBe("unsuccessful");
    expect(place.lotFor("public")).toMatchObject({ phase: "unsuccessful", result: { outcome: "unsuccessful" } });
  });

  test("a single bidder may run alone", () => {
    const place = opened(["ada"]);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
  });

  test("a single bidder's initial price stands where the auction is skipped", () => {
    const place = handIn(admitted(["ada"], priced({ procedure: { singleBidder: "skip" } })), { ada: "9000" });
    place.moveTo(opening);
    expect(factsOfType(place, "lot_opened")).toEqual([]);
    expect(factsOfType(place, "award_proposed")).toMatchObject([{ companyId: "ada", price: "9000.00", rank: 1 }]);
    expect(place.by("ada", "submit_bid", { price: "8000" }).rejection).toEqual({
      code: "wrong_stage",
      stage: "award_pending",
    });
  });

  test("a single initial price below the reserve is no sale", () => {
    const sale = forwardRules({ reserve: { price: "2000", shown: false } });
    const written = priced({
      direction: "sell",
      procedure: { singleBidder: "skip" },
      lots: [lotTerms({ rules: sale })],
    });
    const place = handIn(admitted(["ada"], written), { ada: "1999" });
    place.moveTo(opening);
    expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason: "reserve_unmet" }]);
  });
});

test("nobody bids: no award, and the tender ends", () => {
  const place = opened(["ada", "bob"]);
  place.pass(hour);
  expect(factsOfType(place, "lot_closed")).toMatchObject([{ outcome: "no_bids", bids: 0 }]);
  expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason: "no_bids" }]);
  expect(place.lotFor("public")).toMatchObject({ result: { outcome: "no_bids" } });
  expect(tenderEngine.isFinished(place.state())).toBe(true);
});

test("initial prices stand when nobody bids live", () => {
  const place = handIn(admitted(["ada", "bob"], priced()), { ada: "9000", bob: "8900" });
  place.moveTo(opening + hour * 1000);
  expect(factsOfType(place, "award_proposed")).toMatchObject([{ companyId: "bob", price: "8900.00" }]);
});

describe("an opening that was missed", () => {
  const tickAt = (place: Venue, instant: number) =>
    tenderEngine.decide(place.state(), {
      command: { type: "advance_time" },
      actor: systemActor,
      at: instant,
      entropy: null,
    });
  const waiting = (written = terms()) => {
    const place = admitted(["ada"], written);
    place.moveTo(opening - 1);
    return place;
  };

  test("by less than the tolerance is caught up, with the announced times", () => {
    expect(tickAt(waiting(), opening + 120_000_000)).toMatchObject({
      kind: "accepted",
      events: [
        { type: "lot_opened", opensAt: dates.auctionOpensAt, endsAt: "2031-03-05T09:10:00.000000Z" },
        { type: "phase_reached" },
      ],
    });
  });

  test("by more is aborted, never caught up silently", () => {
    expect(tickAt(waiting(), opening + 120_000_001)).toMatchObject({
      kind: "accepted",
      events: [
        { type: "lot_aborted", reason: "opening_missed" },
        { type: "phase_reached", phase: "evaluation" },
      ],
    });
  });

  test("for as long as the whole auction is aborted too", () => {
    const short = terms({ lots: [lotTerms({ rules: rules({ durationMs: 60_000 }) })] });
    expect(tickAt(waiting(short), opening + 60_000_000)).toMatchObject({ events: [{ type: "lot_aborted" }, {}] });
  });
});
