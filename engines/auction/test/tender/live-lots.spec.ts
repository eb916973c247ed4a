import { instantOfMicros } from "@kontor/kernel";
import { at, auditorOf, later, operatorOf } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { dates, forwardRules, hour, lotId, lotTerms, rules, terms } from "./given.ts";
import { accepted, admitted, factsOfType, opened, owner, system, typesOf } from "./venue.ts";

const opening = dates.auctionOpensAt;

describe("bids", () => {
  test("before the opening are told when it is", () => {
    const place = admitted(["ada"]);
    expect(place.by("ada", "submit_bid", { price: "9000" }).rejection).toEqual({
      code: "auction_not_open",
      opensAt: opening,
    });
    expect(place.by(owner, "pause_lot", { reason: "?" }).rejection?.code).toBe("auction_not_open");
    expect(place.by(owner, "abort_lot", { reason: "?" }).rejection?.code).toBe("auction_not_open");
  });

  test("stamped before the end are decided before it, at the end they are late", () => {
    const place = opened(
      ["ada", "bob"],
      terms({ lots: [lotTerms({ rules: rules({ softClose: { ...rules().softClose, variant: "none" } }) })] }),
    );
    const end = at(place.lotFor("public").endsAt ?? "");
    place.moveTo(end - 1);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    place.moveTo(end);
    expect(place.by("bob", "submit_bid", { price: "8000" }).rejection).toEqual({
      code: "auction_closed",
      endedAt: instantOfMicros(end),
      lateByMs: 0.001,
    });
  });

  test.each([
    ["that found no bid and ended its tender", []],
    ["that was sold", ["9000"]],
  ])("after the close of a lot %s are told by how much they are late", (_, prices) => {
    const place = opened(["ada", "bob"]);
    for (const price of prices) accepted(place.by("ada", "submit_bid", { price }));
    const endedAt = place.lotFor("public").endsAt ?? "";
    place.moveTo(at(endedAt) + 5_000);
    expect(tenderEngine.isFinished(place.state())).toBe(prices.length === 0);
    expect(place.by("bob", "submit_bid", { price: "8000" }).rejection).toEqual({
      code: "auction_closed",
      endedAt,
      lateByMs: 5,
    });
  });

  test("meet the rules of the lot", () => {
    const place = opened(["ada", "bob"]);
    const code = (company: string, price: string) => place.by(company, "submit_bid", { price }).rejection?.code;
    expect(code("ada", "12e3")).toBe("bad_format");
    expect(code("ada", "9000.001")).toBe("bad_scale");
    expect(code("ada", "0")).toBe("non_positive");
    expect(code("ada", "10000.01")).toBe("above_ceiling");
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    expect(code("ada", "8000")).toBe("already_leading");
    expect(code("bob", "9000.01")).toBe("not_better_than_reference");
    expect(place.by("bob", "submit_bid", { price: "8999.99" }).rejection).toMatchObject({
      code: "step_too_small",
      nearest: "8950.00",
    });
    accepted(place.by("bob", "submit_bid", { price: "8950" }));
    expect(place.by("ada", "buy_now").rejection?.code).toBe("buy_now_unavailable");
  });

  test("are answered with what the visibility allows, and the new end", () => {
    const answers = (["full", "lead", "rank", "traffic", "sealed"] as const).map((visibility) => {
      const place = opened(["ada"], terms({ lots: [lotTerms({ rules: rules({ visibility }) })] }));
      place.pass(500_000);
      return Object.keys(place.by("ada", "submit_bid", { price: "9000" }).reply ?? {});
    });
    expect(answers).toEqual([
      ["lotId", "bidId", "price", "rank", "leading", "endsAt"],
      ["lotId", "bidId", "price", "rank", "leading", "endsAt"],
      ["lotId", "bidId", "price", "rank", "leading", "endsAt"],
      ["lotId", "bidId", "price", "leading", "endsAt"],
      ["lotId", "bidId", "price", "endsAt"],
    ]);
  });

  test("by proxy are answered with the maximum, and the shown price where it may be seen", () => {
    const answer = (visibility: "full" | "sealed") => {
      const sale = forwardRules({ format: "proxy_forward", visibility });
      const place = opened(["ada", "bob"], terms({ direction: "sell", lots: [lotTerms({ rules: sale })] }));
      accepted(place.by("ada", "set_proxy", { maximum: "1500" }));
      return place.by("bob", "set_proxy", { maximum: "1200" }).reply;
    };
    expect(answer("full")).toEqual({
      lotId: lotId(1),
      bidId: `${lotId(1)}-b2`,
      maximum: "1200.00",
      price: "1210.00",
      rank: 2,
      leading: false,
    });
    expect(answer("sealed")).toEqual({ lotId: lotId(1), bidId: `${lotId(1)}-b2`, maximum: "1200.00" });
  });

  test("at the buy-now price close the lot and propose the award", () => {
    const sale = forwardRules({ buyNowPrice: "5000" });
    const place = opened(["ada", "bob"], terms({ direction: "sell", lots: [lotTerms({ rules: sale })] }));
    const answer = place.by("ada", "buy_now");
    expect(typesOf(answer)).toEqual(["bid_accepted", "lot_closed", "award_proposed", "phase_reached"]);
    expect(answer.reply).toMatchObject({ price: "5000.00", leading: true });
    expect(place.by("bob", "submit_bid", { price: "6000" }).rejection?.code).toBe("auction_closed");
  });
});

describe("stewardship", () => {
  test("is the owner's and the operator's", () => {
    const place = opened(["ada"]);
    for (const type of [
      "pause_lot",
      "resume_lot",
      "extend_lot",
      "void_bid",
      "abort_lot",
      "replan_lot",
      "cancel_lot",
    ] as const)
      for (const actor of ["ada", "eve", auditorOf(), system])
        expect(
          place.by(actor, type, { reason: "?", bidId: `${lotId(1)}-b1`, endsAt: opening, opensAt: opening }).rejection
            ?.code,
        ).toBe("not_owner");
  });

  test("pauses, resumes and extends", () => {
    const place = opened(["ada"]);
    expect(place.by(owner, "resume_lot").rejection?.code).toBe("auction_not_paused");
    place.pass(300_000);
    expect(place.by(operatorOf(), "pause_lot", { reason: "line down" }).reply).toMatchObject({ remainingMs: 300_000 });
    expect(place.lotFor("public")).toMatchObject({ phase: "paused", remainingMs: 300_000 });
    expect(place.by("ada", "submit_bid", { price: "9000" }).rejection?.code).toBe("auction_paused");
    place.pass(hour);
    const { at: resumed, reply } = place.by(operatorOf(), "resume_lot");
    expect(at(String(reply?.["endsAt"]))).toBeGreaterThanOrEqual(resumed + 300_000_000 - 1);
    expect(place.by(owner, "extend_lot", { endsAt: opening, reason: "?" }).rejection?.code).toBe("instant_invalid");
    expect(place.by(owner, "extend_lot", { endsAt: later(opening, 2 * hour), reason: "guests" }).reply).toEqual({
      lotId: lotId(1),
      endsAt: later(opening, 2 * hour),
    });
  });

  test("voids a bid once, and ranks are computed anew", () => {
    const place = opened(["ada", "bob"]);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    accepted(place.by("bob", "submit_bid", { price: "90" }));
    expect(place.by(owner, "void_bid", { bidId: `${lotId(1)}-b3`, reason: "typo" }).rejection?.code).toBe(
      "bid_not_found",
    );
    expect(place.by(operatorOf(), "void_bid", { bidId: `${lotId(1)}-b2`, reason: "typo" }).reply).toEqual({
      lotId: lotId(1),
      bidId: `${lotId(1)}-b2`,
    });
    expect(place.by(owner, "void_bid", { bidId: `${lotId(1)}-b2`, reason: "typo" }).rejection?.code).toBe(
      "bid_already_voided",
    );
    expect(place.lotFor("public")).toMatchObject({ bestPrice: "9000.00", recent: { 2: { void: true } } });
  });

  test("on a lot that was never auctioned finds no bid", () => {
    const place = admitted(["ada"]);
    expect(place.by(owner, "void_bid", { bidId: `${lotId(1)}-b1`, reason: "?" }).rejection?.code).toBe("bid_not_found");
  });
});

describe("a soft close for the whole event", () => {
  const together = (scope: "lot" | "event") =>
    lotTerms({ rules: rules({ softClose: { ...rules().softClose, scope } }) });

  test("moves all open lots of that scope together", () => {
    const place = opened(["ada"], terms({ lots: [together("event"), together("event"), together("lot")] }));
    place.pass(9 * 60_000);
    const answer = place.by("ada", "submit_bid", { price: "9000" });
    expect(answer.events.flatMap((event) => (event.type === "lot_extended" ? [event.lotId] : []))).toEqual([
      lotId(1),
      lotId(2),
    ]);
    expect(place.lotFor("public", 2).endsAt).toBe(place.lotFor("public", 1).endsAt);
    expect(place.lotFor("public", 3).endsAt).toBe(later(opening, 600_000));
  });
});

describe("an outage", () => {
  test("near the end moves it by the published rule, elsewhere nothing", () => {
    const place = opened(["ada"], terms({ lots: [lotTerms(), lotTerms({ rules: rules({ durationMs: 10 * hour }) })] }));
    place.pass(300_000);
    const [from, to] = [place.now() - 20_000_000, place.now()];
    expect(accepted(place.by(system, "report_outage", { from, to }))).toMatchObject([
      { type: "lot_extended", lotId: lotId(1), cause: "outage", endsAt: instantOfMicros(to + 600_000_000) },
    ]);
    expect(place.by(system, "report_outage", { from: to - 1000, to }).rejection?.code).toBe("nothing_due");
  });

  test("in the submission phase concerns no auction, and long before the deadline nothing", () => {
    const place = admitted(["ada"]);
    const [from, to] = [place.now(), place.now() + 3_600_000_000];
    expect(place.by(system, "report_outage", { from, to }).rejection?.code).toBe("nothing_due");
  });

  test("leaves a paused lot alone, whose time stands still", () => {
    const place = opened(["ada"]);
    accepted(place.by(owner, "pause_lot", { reason: "line down" }));
    const [from, to] = [place.now(), place.now() + 60_000_000];
    expect(place.by(system, "report_outage", { from, to }).rejection?.code).toBe("nothing_due");
  });
});

describe("an exclusion during the auction", () => {
  test("voids his bids in every lot and shows who leads then", () => {
    const place = opened(["ada", "bob"], terms({ lots: [lotTerms(), lotTerms()] }));
    for (const lot of [1, 2]) {
      accepted(place.by("bob", "submit_bid", { lot, price: "9000" }));
      accepted(place.by("ada", "submit_bid", { lot, price: "8000" }));
    }
    const answer = place.by(owner, "exclude_supplier", { companyId: "ada", reason: "cartel" });
    expect(typesOf(answer)).toEqual(["supplier_excluded", "bid_voided", "bid_voided"]);
    expect(place.lotFor("public", 2)).toMatchObject({ bestPrice: "9000.00" });
    expect(place.by("ada", "submit_bid", { price: "7000" }).rejection?.code).toBe("bidder_excluded");
    place.pass(hour);
    expect(factsOfType(place, "award_proposed").map(({ companyId }) => companyId)).toEqual(["bob", "bob"]);
  });
});

describe("an aborted auction", () => {
  test("keeps bidders and initial prices, voids live bids, and starts again when it is planned anew", () => {
    const place = admitted(["ada", "bob"], terms({ procedure: { initialPrices: "required" } }));
    accepted(place.by("ada", "submit_initial_price", { price: "9000" }));
    accepted(place.by("bob", "submit_initial_price", { price: "9100" }));
    place.moveTo(at(opening));
    accepted(place.by("bob", "submit_bid", { price: "8000" }));
    accepted(place.by(operatorOf(), "abort_lot", { reason: "power cut" }));
    expect(place.lotFor("public")).toMatchObject({ phase: "aborted", reason: "power cut" });
    expect(place.lotFor("public")).not.toHaveProperty("bestPrice");
    expect(place.by("bob", "submit_bid", { price: "7000" }).rejection).toEqual({
      code: "wrong_stage",
      stage: "aborted",
    });
    expect(place.by(owner, "abort_lot", { reason: "?" }).rejection).toEqual({ code: "wrong_stage", stage: "aborted" });
    expect(place.by(owner, "replan_lot", { opensAt: opening }).rejection?.code).toBe("instant_invalid");
    const again = later(opening, 24 * hour);
    expect(place.by(owner, "replan_lot", { opensAt: again }).reply).toMatchObject({ opensAt: again });
    expect(place.by(owner, "replan_lot", { opensAt: again }).rejection?.code).toBe("wrong_stage");
    place.moveTo(at(again));
    expect(place.lotFor("public")).toMatchObject({ phase: "open", bestPrice: "9000.00" });
    expect(place.lotFor("public")).not.toHaveProperty("reason");
    expect(factsOfType(place, "bid_accepted").map(({ bidId, price }) => [bidId.slice(lotId(1).length), price])).toEqual(
      [
        ["-b1", "9000.00"],
        ["-b2", "9100.00"],
        ["-b3", "8000.00"],
        ["-b4", "9000.00"],
        ["-b5", "9100.00"],
      ],
    );
    accepted(place.by(owner, "void_bid", { bidId: `${lotId(1)}-b4`, reason: "typo" }));
    expect(place.by(owner, "void_bid", { bidId: `${lotId(1)}-b1`, reason: "typo" }).rejection?.code).toBe(
      "bid_not_found",
    );
    expect(place.lotFor("public").bestPrice).toBe("9100.00");
    place.pass(hour);
    expect(factsOfType(place, "award_proposed")).toMatchObject([{ companyId: "bob", price: "9100.00" }]);
  });

  test("keeps the tender open until it is planned anew or cancelled", () => {
    const place = opened(["ada"]);
    accepted(place.by(owner, "abort_lot", { reason: "power cut" }));
    expect(tenderEngine.isFinished(place.state())).toBe(false);
    expect(tenderEngine.wakeAt(place.state())).toBeNull();
    expect(typesOf(place.by(owner, "cancel_lot", { reason: "no use" }))).toEqual(["lot_cancelled", "tender_finished"]);
  });
});
