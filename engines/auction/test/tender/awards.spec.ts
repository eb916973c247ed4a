import { memberOf, operatorOf, testEntropy } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { day, forwardRules, hour, lotId, lotTerms, tenderId, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, factsOfType, opened, owner, published, typesOf } from "./venue.ts";

const award = (number: number): string => `${lotId(1)}-a${number}`;
const contract = `${lotId(1)}-c1`;

/** Three bidders: cid best, then bob, then ada; the auction is over. */
function closed(written = terms()): Venue {
  const place = opened(["ada", "bob", "cid"], written);
  accepted(place.by("ada", "submit_bid", { price: "9000" }));
  accepted(place.by("bob", "submit_bid", { price: "8900" }));
  accepted(place.by("cid", "submit_bid", { price: "8800" }));
  place.pass(hour);
  return place;
}

describe("the way to the contract", () => {
  test("award, standstill, contract, both signatures, end", () => {
    const place = closed();
    expect(place.lotFor("owner")).toMatchObject({
      phase: "award_pending",
      awards: { [award(1)]: { status: "pending", companyId: "cid", price: "8800.00", rank: 1 } },
    });
    expect(place.ownLot("cid").award).toMatchObject({ awardId: award(1), status: "pending" });
    const { at, reply } = place.by(owner, "accept_award", { awardId: award(1) });
    expect(reply).toMatchObject({ awardId: award(1) });
    expect(place.lotFor("public")).toMatchObject({
      phase: "standstill",
      result: { outcome: "sold", winnerCompanyId: "cid" },
    });
    expect(place.notice().phase).toBe("standstill");
    place.moveTo(at + 10 * day * 1000 - 1);
    expect(factsOfType(place, "contract_drawn")).toEqual([]);
    expect(place.by(owner, "sign_contract", { contractId: contract }).rejection?.code).toBe("contract_not_found");
    place.moveTo(at + 10 * day * 1000);
    expect(factsOfType(place, "contract_drawn")).toEqual([
      {
        type: "contract_drawn",
        tenderId,
        lotId: lotId(1),
        contractId: contract,
        awardId: award(1),
        companyId: "cid",
        ownerCompanyId: "owner",
        price: "8800.00",
        currency: "EUR",
      },
    ]);
    expect(place.by("cid", "sign_contract", { contractId: contract }).reply).toEqual({
      lotId: lotId(1),
      contractId: contract,
      complete: false,
    });
    expect(place.by("cid", "sign_contract", { contractId: contract }).rejection?.code).toBe("already_signed");
    expect(accepted(place.by(owner, "sign_contract", { contractId: contract }))).toMatchObject([
      { type: "contract_signed", party: "owner", complete: true },
      { type: "tender_finished", outcome: "complete", drawSecret: testEntropy },
    ]);
    expect(place.ownLot("cid").contract).toMatchObject({
      signedByOwnerAt: expect.any(String),
      signedByCounterpartyAt: expect.any(String),
    });
    expect(place.notice()).toMatchObject({ phase: "complete" });
    expect(tenderEngine.isFinished(place.state())).toBe(true);
    expect(place.by(owner, "sign_contract", { contractId: contract }).rejection?.code).toBe("tender_finished");
  });

  test("without a standstill draws the contract with the award", () => {
    const place = closed(terms({ procedure: { standstillMs: 0 } }));
    const answer = place.by(owner, "accept_award", { awardId: award(1) });
    expect(typesOf(answer)).toEqual(["award_accepted", "contract_drawn", "phase_reached"]);
    expect(answer.reply).toMatchObject({ contractId: contract });
  });

  test("is the parties' alone; others get the same answer as for what does not exist", () => {
    const place = closed(terms({ procedure: { standstillMs: 0 } }));
    expect(place.by("cid", "accept_award", { awardId: award(1) }).rejection?.code).toBe("not_owner");
    expect(place.by(operatorOf(), "accept_award", { awardId: award(1) }).rejection?.code).toBe("not_owner");
    expect(place.by(owner, "accept_award", { awardId: award(2) }).rejection?.code).toBe("award_not_found");
    expect(place.by("bob", "refuse_award", { awardId: award(1), reason: "?" }).rejection?.code).toBe("award_not_found");
    expect(place.by(owner, "refuse_award", { awardId: award(1), reason: "?" }).rejection?.code).toBe(
      "not_award_holder",
    );
    accepted(place.by(owner, "accept_award", { awardId: award(1) }));
    expect(place.by("bob", "sign_contract", { contractId: contract }).rejection?.code).toBe("contract_not_found");
    expect(place.by(operatorOf(), "sign_contract", { contractId: contract }).rejection?.code).toBe(
      "not_contract_party",
    );
    expect(
      place.by(memberOf("cid", { marketplaceId: "grain" }), "sign_contract", { contractId: contract }).rejection?.code,
    ).toBe("tender_not_found");
  });
});

describe("the next best follows", () => {
  test("when the owner rejects, until nobody is left", () => {
    const place = closed();
    expect(place.by(owner, "reject_award", { awardId: award(1), reason: "no licence" }).reply).toEqual({
      lotId: lotId(1),
      awardId: award(1),
      nextAwardId: award(2),
    });
    expect(place.by(owner, "accept_award", { awardId: award(1) }).rejection?.code).toBe("award_not_pending");
    accepted(place.by(owner, "reject_award", { awardId: award(2), reason: "too dear" }));
    expect(typesOf(place.by(owner, "reject_award", { awardId: award(3), reason: "too dear" }))).toEqual([
      "award_rejected",
      "lot_unsuccessful",
      "tender_finished",
    ]);
    expect(factsOfType(place, "award_proposed").map(({ companyId, rank }) => [companyId, rank])).toEqual([
      ["cid", 1],
      ["bob", 2],
      ["ada", 3],
    ]);
    expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason: "all_rejected" }]);
  });

  test("when the supplier refuses, before or after the owner's decision", () => {
    const place = closed();
    expect(place.by("cid", "refuse_award", { awardId: award(1), reason: "sold out" }).reply).toEqual({
      lotId: lotId(1),
      awardId: award(1),
    });
    expect(place.by("cid", "refuse_award", { awardId: award(1), reason: "again" }).rejection?.code).toBe(
      "award_not_pending",
    );
    accepted(place.by(owner, "accept_award", { awardId: award(2) }));
    accepted(place.by("bob", "refuse_award", { awardId: award(2), reason: "sold out too" }));
    expect(place.ownLot("ada").award).toMatchObject({ awardId: award(3), status: "pending", rank: 3 });
  });

  test("when the owner cancels within the standstill, not after it", () => {
    const place = closed();
    expect(place.by(owner, "cancel_award", { awardId: award(1), reason: "?" }).rejection?.code).toBe(
      "award_not_active",
    );
    accepted(place.by(owner, "accept_award", { awardId: award(1) }));
    expect(place.by(owner, "reject_award", { awardId: award(1), reason: "?" }).rejection?.code).toBe(
      "award_not_pending",
    );
    accepted(place.by(owner, "cancel_award", { awardId: award(1), reason: "complaint upheld" }));
    expect(place.lotFor("public")).toMatchObject({ phase: "award_pending" });
    accepted(place.by(owner, "accept_award", { awardId: award(2) }));
    place.pass(10 * day + 1);
    expect(place.by(owner, "cancel_award", { awardId: award(2), reason: "?" }).rejection?.code).toBe("standstill_over");
    expect(place.by("bob", "refuse_award", { awardId: award(2), reason: "?" }).rejection?.code).toBe("standstill_over");
    expect(place.by("ada", "cancel_award", { awardId: award(2), reason: "?" }).rejection?.code).toBe("not_owner");
  });

  test("when the holder is excluded, pending or accepted; a contract stands", () => {
    const place = closed();
    expect(typesOf(place.by(owner, "exclude_supplier", { companyId: "cid", reason: "cartel" }))).toEqual([
      "supplier_excluded",
      "bid_voided",
      "award_rejected",
      "award_proposed",
    ]);
    accepted(place.by(owner, "accept_award", { awardId: award(2) }));
    expect(typesOf(place.by(operatorOf(), "exclude_supplier", { companyId: "bob", reason: "cartel" }))).toEqual([
      "supplier_excluded",
      "bid_voided",
      "award_cancelled",
      "award_proposed",
      "phase_reached",
    ]);
    accepted(place.by(owner, "accept_award", { awardId: award(3) }));
    place.pass(10 * day + 1);
    expect(typesOf(place.by(owner, "exclude_supplier", { companyId: "ada", reason: "cartel" }))).toEqual([
      "supplier_excluded",
    ]);
    accepted(place.by("ada", "sign_contract", { contractId: contract }));
  });

  test("leaves out whoever was excluded before", () => {
    const place = closed();
    accepted(place.by(owner, "exclude_supplier", { companyId: "bob", reason: "cartel" }));
    accepted(place.by(owner, "reject_award", { awardId: award(1), reason: "no licence" }));
    expect(factsOfType(place, "award_proposed").at(-1)).toMatchObject({ companyId: "ada" });
  });
});

test("an award may not be proposed where one stands, or none can", () => {
  const place = closed();
  expect(place.by(owner, "propose_award").rejection?.code).toBe("award_already_proposed");
  expect(place.by("ada", "propose_award").rejection?.code).toBe("not_owner");
  expect(published().by(owner, "propose_award").rejection).toEqual({ code: "wrong_stage", stage: "scheduled" });
});

test("an award falls with its lot and with its tender", () => {
  expect(typesOf(closed().by(owner, "cancel_lot", { reason: "no budget" }))).toEqual([
    "award_rejected",
    "lot_cancelled",
    "tender_finished",
  ]);
  const place = closed();
  accepted(place.by(owner, "accept_award", { awardId: award(1) }));
  expect(typesOf(place.by(owner, "cancel_tender", { reason: "no budget" }))).toEqual([
    "award_cancelled",
    "tender_cancelled",
  ]);
  expect(place.ownLot("cid").award).toMatchObject({ status: "cancelled", reason: "no budget" });
});

test("an undecided award is overdue once and decides nothing", () => {
  const place = closed();
  place.pass(30 * day);
  expect(factsOfType(place, "award_overdue")).toEqual([
    { type: "award_overdue", tenderId, lotId: lotId(1), awardId: award(1) },
  ]);
  accepted(place.by(owner, "accept_award", { awardId: award(1) }));
});

describe("an unmet reserve", () => {
  const sale = (belowReserveMs: number) =>
    terms({
      direction: "sell",
      lots: [lotTerms({ rules: forwardRules({ reserve: { price: "2000", shown: false }, belowReserveMs }) })],
    });
  const closedSale = (belowReserveMs: number): Venue => {
    const place = opened(["ada", "bob"], sale(belowReserveMs));
    accepted(place.by("ada", "submit_bid", { price: "1500" }));
    accepted(place.by("bob", "submit_bid", { price: "1600" }));
    place.pass(600_000);
    return place;
  };

  test("is no sale", () => {
    const place = closedSale(0);
    expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason: "reserve_unmet" }]);
    expect(place.lotFor("public").result).toEqual({ outcome: "reserve_unmet" });
  });

  test("unless the owner accepts the best bid in time", () => {
    const place = closedSale(hour);
    expect(place.lotFor("public").phase).toBe("closed");
    expect(place.by("bob", "accept_below_reserve").rejection?.code).toBe("not_owner");
    expect(place.by(owner, "accept_below_reserve").reply).toMatchObject({
      companyId: "bob",
      price: "1600.00",
      awardId: award(1),
    });
    expect(place.by(owner, "accept_below_reserve").rejection?.code).toBe("wrong_stage");
    accepted(place.by(owner, "reject_award", { awardId: award(1), reason: "no funds" }));
    expect(factsOfType(place, "award_proposed").at(-1)).toMatchObject({ companyId: "ada", price: "1500.00" });
  });

  test("is no sale once that time is over", () => {
    const place = closedSale(hour);
    place.pass(hour);
    expect(place.by(owner, "accept_below_reserve").rejection?.code).toBe("tender_finished");
    expect(factsOfType(place, "lot_unsuccessful")).toMatchObject([{ reason: "reserve_unmet" }]);
  });

  test("leaves nobody to accept once the bidders are excluded", () => {
    const place = closedSale(hour);
    for (const companyId of ["ada", "bob"])
      accepted(place.by(owner, "exclude_supplier", { companyId, reason: "cartel" }));
    expect(place.by(owner, "accept_below_reserve").rejection?.code).toBe("no_eligible_bid");
  });

  test("keeps the next best out when only the best met it", () => {
    const place = opened(["ada", "bob"], sale(0));
    accepted(place.by("ada", "submit_bid", { price: "1500" }));
    accepted(place.by("bob", "submit_bid", { price: "2100" }));
    place.pass(600_000);
    expect(typesOf(place.by(owner, "reject_award", { awardId: award(1), reason: "no funds" }))).toEqual([
      "award_rejected",
      "lot_unsuccessful",
      "tender_finished",
    ]);
  });
});

test("the tender ends with its last lot, complete if any was contracted", () => {
  const place = opened(["ada"], terms({ procedure: { standstillMs: 0 }, lots: [lotTerms(), lotTerms()] }));
  accepted(place.by("ada", "submit_bid", { price: "9000" }));
  place.pass(hour);
  expect(place.notice().phase).toBe("evaluation");
  accepted(place.by(owner, "accept_award", { awardId: award(1) }));
  accepted(place.by("ada", "sign_contract", { contractId: contract }));
  expect(accepted(place.by(owner, "sign_contract", { contractId: contract })).at(-1)).toMatchObject({
    outcome: "complete",
  });
});
