import { sha256Hex } from "@kontor/kernel";
import { at, testEntropy } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { dates, day, lotId, lotTerms, sealedRules, sealedTerms, tenderId, terms } from "./given.ts";
import { accepted, admitted, factsOfType, owner, typesOf } from "./venue.ts";

const sealedWith = (changes: Parameters<typeof sealedRules>[0]) =>
  sealedTerms({ lots: [lotTerms({ rules: sealedRules(changes) })] });

describe("a sealed price", () => {
  test("may be replaced and withdrawn until the deadline, and only then", () => {
    const place = admitted(["ada", "bob"], sealedTerms());
    expect(place.by("ada", "submit_initial_price", { price: "9000.5" }).reply).toEqual({
      lotId: lotId(1),
      price: "9000.50",
    });
    accepted(place.by("ada", "submit_initial_price", { price: "8900" }));
    expect(place.ownLot("ada")).toMatchObject({ initialPrice: "8900.00" });
    accepted(place.by("ada", "withdraw_initial_price"));
    expect(place.by("ada", "withdraw_initial_price").rejection?.code).toBe("initial_price_missing");
    place.moveTo(at(dates.submissionsUntil) - 1);
    accepted(place.by("bob", "submit_initial_price", { price: "8800" }));
    place.moveTo(at(dates.submissionsUntil));
    const late = place.by("ada", "submit_initial_price", { price: "8000" }).rejection;
    expect(late).toMatchObject({ code: "submissions_closed", endedAt: "2031-03-05T08:00:00.000000Z" });
    expect(late?.lateByMs).toBeGreaterThan(0);
    expect(place.by("bob", "withdraw_initial_price").rejection?.code).toBe("submissions_closed");
  });

  test("is the admitted supplier's, and not asked for in every procedure", () => {
    const place = admitted(["ada"], sealedTerms());
    expect(place.by(owner, "submit_initial_price", { price: "1" }).rejection?.code).toBe("own_lot");
    expect(place.by("eve", "submit_initial_price", { price: "1" }).rejection?.code).toBe("not_admitted");
    const without = admitted(["ada"], terms());
    expect(without.by("ada", "submit_initial_price", { price: "9000" }).rejection?.code).toBe("wrong_stage");
  });

  test.each([
    ["nine", { code: "bad_format", pointer: "/price" }],
    ["9000.001", { code: "bad_scale", scale: 2 }],
    ["0", { code: "non_positive" }],
    ["-5", { code: "non_positive" }],
    ["10000.01", { code: "above_ceiling", limit: "10000.00", nearest: "10000.00" }],
    ["99.99", { code: "below_floor", limit: "100.00", nearest: "100.00" }],
    ["100.30", { code: "not_on_grid", limit: "0.25", nearest: "100.25" }],
  ])("of %s is refused", (price, rejection) => {
    const place = admitted(["ada"], sealedWith({ floorPrice: "100.00", grid: "0.25" }));
    expect(place.by("ada", "submit_initial_price", { price }).rejection).toMatchObject(rejection);
  });

  test("in a sale has the limits the other way round", () => {
    const sold = [lotTerms({ rules: sealedRules({ startPrice: "1000", ceilingPrice: "2000" }) })];
    const place = admitted(["ada"], sealedTerms({ direction: "sell", lots: sold }));
    expect(place.by("ada", "submit_initial_price", { price: "999.99" }).rejection).toMatchObject({
      code: "below_opening",
      limit: "1000.00",
    });
    expect(place.by("ada", "submit_initial_price", { price: "2000.01" }).rejection).toMatchObject({
      code: "above_ceiling",
      limit: "2000.00",
    });
  });
});

describe("the opening", () => {
  test("comes at the deadline, counts, and starts the evaluation", () => {
    const place = admitted(["ada", "bob", "cid"], sealedTerms());
    accepted(place.by("ada", "submit_initial_price", { price: "9000" }));
    accepted(place.by("bob", "submit_initial_price", { price: "8900" }));
    accepted(place.by("cid", "submit_initial_price", { price: "8800" }));
    accepted(place.by(owner, "exclude_supplier", { companyId: "cid", reason: "cartel" }));
    place.pass(2 * day);
    expect(factsOfType(place, "initial_prices_opened")).toEqual([
      { type: "initial_prices_opened", tenderId, lotId: lotId(1), count: 2 },
    ]);
    expect(place.notice().phase).toBe("evaluation");
    expect(place.lotFor("owner")).toMatchObject({
      phase: "evaluation",
      initialPrices: { ada: { price: "9000.00" }, bob: { price: "8900.00" } },
    });
  });

  test.each([
    [[], {}, "no_bids"],
    [["ada"], { minBidders: 2 }, "too_few_bidders"],
    [["ada"], { singleBidder: "fail" as const }, "too_few_bidders"],
  ] as const)("of the prices of %j under %j ends the lot: %s", (companies, procedure, reason) => {
    const place = admitted(companies, sealedTerms({ procedure }));
    for (const company of companies) accepted(place.by(company, "submit_initial_price", { price: "9000" }));
    place.pass(2 * day);
    expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason }]);
    expect(factsOfType(place, "tender_finished")).toMatchObject([{ outcome: "unsuccessful" }]);
  });
});

const digest = (companyId: string): string => sha256Hex(`${testEntropy}:${lotId(1)}:${companyId}`);

describe("the evaluation", () => {
  const evaluation = () => {
    const place = admitted(["ada", "bob", "cid"], sealedTerms());
    for (const [company, price] of [
      ["ada", "9000"],
      ["bob", "8900"],
      ["cid", "8900"],
    ] as const)
      accepted(place.by(company, "submit_initial_price", { price }));
    return place;
  };

  test("may not begin before the opening, and tells nothing about who has handed in", () => {
    const place = evaluation();
    const evaluated = { evaluatedPrice: "1", note: "" };
    expect(place.by(owner, "evaluate_price", { companyId: "ada", ...evaluated }).rejection).toEqual({
      code: "wrong_stage",
      stage: "planned",
    });
    accepted(place.by("ada", "withdraw_initial_price"));
    expect(place.by(owner, "evaluate_price", { companyId: "ada", ...evaluated }).rejection).toEqual({
      code: "wrong_stage",
      stage: "planned",
    });
    expect(place.by(owner, "propose_award").rejection?.code).toBe("wrong_stage");
    place.pass(2 * day);
    expect(place.by(owner, "evaluate_price", { companyId: "ada", ...evaluated }).rejection?.code).toBe("bid_not_found");
    expect(place.by(owner, "disqualify_price", { companyId: "eve", reason: "?" }).rejection?.code).toBe(
      "supplier_not_found",
    );
    expect(place.by("bob", "disqualify_price", { companyId: "eve", reason: "?" }).rejection?.code).toBe("not_owner");
  });

  test("orders by evaluated price, equal ones by time, and awards at the price offered", () => {
    const place = evaluation();
    place.pass(2 * day);
    accepted(place.by(owner, "evaluate_price", { companyId: "ada", evaluatedPrice: "8850.125", note: "shorter way" }));
    expect(place.by(owner, "propose_award").reply).toMatchObject({ companyId: "ada", price: "9000.00", rank: 1 });
    accepted(place.by(owner, "reject_award", { awardId: `${lotId(1)}-a1`, reason: "no certificate" }));
    expect(factsOfType(place, "award_proposed").map(({ companyId }) => companyId)).toEqual(["ada", "bob"]);
    expect(
      place.by(owner, "evaluate_price", { companyId: "cid", evaluatedPrice: "1", note: "" }).rejection,
    ).toMatchObject({
      code: "wrong_stage",
      stage: "award_pending",
    });
  });

  test("disqualifies with a reason; nobody left is the end of the lot", () => {
    const place = evaluation();
    place.pass(2 * day);
    accepted(place.by(owner, "disqualify_price", { companyId: "bob", reason: "abnormally low" }));
    expect(place.by(owner, "disqualify_price", { companyId: "bob", reason: "again" }).rejection?.code).toBe(
      "bid_already_voided",
    );
    expect(place.by(owner, "evaluate_price", { companyId: "bob", evaluatedPrice: "1", note: "" }).rejection?.code).toBe(
      "bid_already_voided",
    );
    expect(place.lotFor("owner").initialPrices?.["bob"]).toMatchObject({ disqualified: "abnormally low" });
    accepted(place.by(owner, "disqualify_price", { companyId: "cid", reason: "late papers" }));
    expect(typesOf(place.by(owner, "disqualify_price", { companyId: "ada", reason: "no stamp" }))).toEqual([
      "price_disqualified",
      "lot_unsuccessful",
      "tender_finished",
    ]);
  });

  test("draws by the committed secret between equal prices where the rules say so", () => {
    const place = admitted(["ada", "bob", "cid", "dan"], sealedWith({ tieRule: "draw" }));
    const drawn = ["ada", "bob", "cid", "dan"].sort((a, b) => (digest(a) < digest(b) ? -1 : 1));
    for (const company of drawn.toReversed()) accepted(place.by(company, "submit_initial_price", { price: "9000" }));
    place.pass(2 * day);
    expect(place.by(owner, "propose_award").reply).toMatchObject({ companyId: drawn[0] });
  });

  test("finds nobody eligible when no price meets the reserve", () => {
    const place = admitted(["ada"], sealedWith({ reserve: { price: "5000", shown: false } }));
    accepted(place.by("ada", "submit_initial_price", { price: "5000.01" }));
    place.pass(2 * day);
    expect(place.by(owner, "propose_award").rejection?.code).toBe("no_eligible_bid");
    expect(place.by(owner, "accept_below_reserve").rejection?.code).toBe("wrong_stage");
    accepted(place.by(owner, "cancel_lot", { reason: "too dear" }));
  });
});
