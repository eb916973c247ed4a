import { limits } from "@kontor/kernel";
import { auditorOf, operatorOf } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { day, terms } from "./given.ts";
import { accepted, admitted, owner, published, system, typesOf } from "./venue.ts";

const byOwner = terms({ procedure: { admission: { mode: "open", approval: "owner" } } });
const invited = terms({ procedure: { admission: { mode: "invited", approval: "automatic" } } });

describe("an open tender", () => {
  test("admits who asks at once where approval is automatic", () => {
    const place = published();
    const answer = place.by("ada", "request_admission");
    expect(typesOf(answer)).toEqual(["admission_requested", "supplier_admitted"]);
    expect(answer.reply).toMatchObject({ state: "admitted" });
    expect(place.by("ada", "request_admission").rejection?.code).toBe("already_admitted");
    expect(place.tender().own.get("ada")).toEqual({ companyId: "ada", state: "admitted" });
  });

  test("lets the owner decide where he wants to", () => {
    const place = published(byOwner);
    expect(place.by("ada", "request_admission").reply).toMatchObject({ state: "requested" });
    expect(place.by("ada", "request_admission").rejection?.code).toBe("already_requested");
    expect(place.by("ada", "submit_bid", { price: "9000" }).rejection?.code).toBe("not_admitted");
    expect(place.by("bob", "admit_supplier", { companyId: "ada" }).rejection?.code).toBe("not_owner");
    expect(place.by(operatorOf(), "admit_supplier", { companyId: "ada" }).rejection?.code).toBe("not_owner");
    expect(place.by(owner, "admit_supplier", { companyId: "eve" }).rejection?.code).toBe("supplier_not_found");
    accepted(place.by(owner, "admit_supplier", { companyId: "ada" }));
    expect(place.by(owner, "admit_supplier", { companyId: "ada" }).rejection?.code).toBe("already_admitted");
    expect(place.by("ada", "submit_bid", { price: "9000" }).rejection?.code).toBe("auction_not_open");
  });

  test("tells the refused why, and takes no second request from him", () => {
    const place = published(byOwner);
    accepted(place.by("ada", "request_admission"));
    accepted(place.by(owner, "refuse_supplier", { companyId: "ada", reason: "no smelter" }));
    expect(place.tender().own.get("ada")).toEqual({ companyId: "ada", state: "refused", reason: "no smelter" });
    expect(place.by("ada", "request_admission").rejection?.code).toBe("not_admitted");
    expect(place.by(owner, "refuse_supplier", { companyId: "ada", reason: "still" }).rejection).toMatchObject({
      code: "wrong_stage",
      stage: "refused",
    });
    accepted(place.by(owner, "admit_supplier", { companyId: "ada" }));
    expect(place.by(owner, "refuse_supplier", { companyId: "ada", reason: "late" }).rejection?.code).toBe(
      "already_admitted",
    );
    expect(place.by(owner, "refuse_supplier", { companyId: "eve", reason: "?" }).rejection?.code).toBe(
      "supplier_not_found",
    );
    expect(place.by("bob", "refuse_supplier", { companyId: "ada", reason: "?" }).rejection?.code).toBe("not_owner");
  });

  test("closes its door at the submission deadline, but still decides about those inside", () => {
    const place = published(byOwner);
    accepted(place.by("ada", "request_admission"));
    place.pass(2 * day);
    expect(place.by("bob", "request_admission").rejection).toMatchObject({
      code: "submissions_closed",
      endedAt: "2031-03-05T08:00:00.000000Z",
      lateByMs: 0.001,
    });
    expect(place.by(owner, "invite_supplier", { companyId: "bob" }).rejection?.code).toBe("submissions_closed");
    accepted(place.by(owner, "admit_supplier", { companyId: "ada" }));
  });
});

describe("a tender by invitation", () => {
  test("takes the invited only, and is nobody else's to see", () => {
    const place = published(invited);
    expect(place.by("ada", "request_admission").rejection?.code).toBe("not_invited");
    expect(place.tender()).not.toHaveProperty("public");
    expect(place.lot()).not.toHaveProperty("public");
    accepted(place.by(owner, "invite_supplier", { companyId: "ada" }));
    expect(place.tender().own.get("ada")).toEqual({ companyId: "ada", state: "invited" });
    expect(place.lot().own.size).toBe(0);
    expect(typesOf(place.by("ada", "request_admission"))).toEqual(["admission_requested", "supplier_admitted"]);
    expect(place.lot().own.get("ada")).toMatchObject({ companyId: "ada", admitted: true });
  });

  test("invites again without harm, but not those who are in, asking or out", () => {
    const place = published(terms({ procedure: { admission: { mode: "invited", approval: "owner" } } }));
    accepted(place.by(owner, "invite_supplier", { companyId: "ada" }));
    accepted(place.by(owner, "invite_supplier", { companyId: "ada" }));
    accepted(place.by("ada", "request_admission"));
    expect(place.by(owner, "invite_supplier", { companyId: "ada" }).rejection?.code).toBe("already_requested");
    accepted(place.by(owner, "admit_supplier", { companyId: "ada" }));
    expect(place.by(owner, "invite_supplier", { companyId: "ada" }).rejection?.code).toBe("already_admitted");
    accepted(place.by(owner, "exclude_supplier", { companyId: "ada", reason: "forged certificate" }));
    expect(place.by(owner, "invite_supplier", { companyId: "ada" }).rejection?.code).toBe("bidder_excluded");
    expect(place.by(owner, "invite_supplier", { companyId: "owner" }).rejection?.code).toBe("own_lot");
    expect(place.by("ada", "invite_supplier", { companyId: "bob" }).rejection?.code).toBe("not_owner");
  });
});

test("the owner's company, the operator, the auditor and the host take no part", () => {
  const place = published();
  expect(place.by(owner, "request_admission").rejection?.code).toBe("own_lot");
  expect(place.by(owner, "submit_bid", { price: "9000" }).rejection?.code).toBe("own_lot");
  for (const actor of [operatorOf(), auditorOf(), system]) {
    expect(place.by(actor, "request_admission").rejection?.code).toBe("not_admitted");
    expect(place.by(actor, "submit_bid", { price: "9000" }).rejection?.code).toBe("not_admitted");
  }
  expect(place.by(auditorOf(), "exclude_supplier", { companyId: "ada", reason: "?" }).rejection?.code).toBe(
    "not_owner",
  );
  expect(place.by(system, "cancel_lot", { reason: "?" }).rejection?.code).toBe("not_owner");
});

test("host commands are the host's alone", () => {
  const place = published();
  for (const actor of [owner, operatorOf(), auditorOf()]) {
    expect(place.by(actor, "advance_time").rejection?.code).toBe("not_operator");
    expect(place.by(actor, "report_outage", { from: 0, to: 1 }).rejection?.code).toBe("not_operator");
  }
  expect(place.by(system, "advance_time").rejection?.code).toBe("nothing_due");
});

test("an excluded company is out for good", () => {
  const place = admitted(["ada", "bob"]);
  expect(place.by("bob", "exclude_supplier", { companyId: "ada", reason: "?" }).rejection?.code).toBe("not_owner");
  expect(place.by(owner, "exclude_supplier", { companyId: "eve", reason: "?" }).rejection?.code).toBe(
    "supplier_not_found",
  );
  accepted(place.by(operatorOf(), "exclude_supplier", { companyId: "ada", reason: "cartel" }));
  for (const type of ["request_admission", "ask_question", "submit_bid", "submit_initial_price"] as const)
    expect(place.by("ada", type, { price: "9000", text: "Why?" }).rejection?.code).toBe("bidder_excluded");
  expect(place.by(owner, "exclude_supplier", { companyId: "ada", reason: "twice" }).rejection?.code).toBe(
    "bidder_excluded",
  );
  expect(place.by(owner, "admit_supplier", { companyId: "ada" }).rejection?.code).toBe("bidder_excluded");
  expect(place.by(owner, "refuse_supplier", { companyId: "ada", reason: "x" }).rejection?.code).toBe("bidder_excluded");
  expect(place.lot().own.has("ada")).toBe(false);
  expect(place.tender().own.get("ada")).toMatchObject({ state: "excluded", reason: "cartel" });
});

test("no more companies than the limit", () => {
  const place = published();
  for (let n = 0; n < limits.companiesPerShardMax; n++) accepted(place.by(`c${n}`, "request_admission"));
  const refusal = { code: "limit_reached", rule: "suppliers", limit: limits.companiesPerShardMax };
  expect(place.by("late", "request_admission").rejection).toEqual(refusal);
  expect(place.by(owner, "invite_supplier", { companyId: "late" }).rejection).toEqual(refusal);
});
