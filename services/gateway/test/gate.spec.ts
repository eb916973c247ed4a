import type { Permission } from "@kontor/protocol";
import { commandPermissions, permissions } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { Target } from "../src/access/gate.ts";
import { createGate } from "../src/access/gate.ts";
import type { InstrumentFactsReader } from "../src/access/instrument-facts.ts";
import type { TenderFacts, TenderFactsReader } from "../src/access/tender-facts.ts";
import type { Identity, Membership } from "../src/auth/identity.ts";
import { Refusal } from "../src/refusal.ts";

const tenderId = "t1";

/** One tender of company `own` in marketplace m1; the read model knows of it unless it lags. */
function factsOf(tender: TenderFacts, { lags = false } = {}): TenderFactsReader & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    marketplaceOf: () => Promise.resolve(lags ? undefined : "m1"),
    visibleTo: (actor, id) => {
      asked.push(actor.marketplaceId ?? "");
      return Promise.resolve(id === tenderId && actor.marketplaceId === "m1" ? tender : null);
    },
  };
}

function company(
  companyId: string,
  marketplaces: readonly string[],
  roles: Membership["roles"] = ["owner"],
): Membership {
  const standing = { side: "both", status: "approved" } as const;
  return {
    companyId,
    companyName: companyId,
    roles,
    standings: new Map(marketplaces.map((marketplaceId) => [marketplaceId, standing])),
  };
}

function user(companies: readonly Membership[], more: Partial<Identity> = {}): Identity {
  const [only, ...others] = companies;
  return {
    kind: "session",
    id: "s1",
    userId: "u1",
    companyId: only !== undefined && others.length === 0 ? only.companyId : null,
    memberships: new Map(companies.map((one) => [one.companyId, one])),
    staffRoles: new Map(),
    installationAdmin: false,
    expiresAtMs: 0,
    ...more,
  };
}

/** In marketplace m1 everybody sees `listed`, and staff see `draft` too. */
const instruments: InstrumentFactsReader = {
  knownHomeOf: () => undefined,
  isVisibleTo: ({ kind, marketplaceId }, id) =>
    Promise.resolve(marketplaceId === "m1" && (id === "listed" || (id === "draft" && kind !== "member"))),
};

const tender: TenderFacts = { ownerCompanyId: "own", direction: "buy" };
const inTender: Target = { tenderId };

async function outcome(
  ...[identity, permission, target, facts = factsOf(tender)]: [Identity | null, Permission, Target, TenderFactsReader?]
) {
  try {
    const gate = createGate({ tenders: facts, instruments });
    const { kind, companyId, marketplaceId } = await gate.actorFor(identity, permission, target);
    return { kind, companyId, marketplaceId };
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
}

test("who is both staff and member acts for his company in its own tenders and as staff in others'", async () => {
  const staffRoles = new Map([["m1", "operator" as const]]);
  const owner = user([company("own", ["m1"])], { staffRoles });
  const other = user([company("else", ["m1"])], { staffRoles });
  const member = { kind: "member", marketplaceId: "m1" };
  const operator = { kind: "operator", companyId: null, marketplaceId: "m1" };
  expect(await outcome(owner, commandPermissions.pause_lot, inTender)).toEqual({ ...member, companyId: "own" });
  expect(await outcome(other, commandPermissions.pause_lot, inTender)).toEqual(operator);
  expect(await outcome(other, commandPermissions.submit_bid, inTender)).toEqual({ ...member, companyId: "else" });
  expect(await outcome(other, permissions.read_lot, { ...inTender, company: "none" })).toEqual(operator);
  expect(await outcome(other, commandPermissions.publish_tender, inTender)).toEqual({ ...member, companyId: "else" });
});

test("of several companies the one that takes part is meant; of several that do, one must be chosen", async () => {
  const one = user([company("a", ["m1"]), company("b", ["m2"])]);
  expect(await outcome(one, permissions.read_lot, inTender)).toMatchObject({ companyId: "a" });
  const two = user([company("a", ["m1"]), company("b", ["m1"])]);
  expect(await outcome(two, permissions.read_lot, inTender)).toBe("company_required");
  expect(await outcome(two, permissions.list_tenders, { marketplaceId: "m1" })).toBe("company_required");
  expect(await outcome(two, permissions.read_lot, { tenderId: "t2" })).toBe("not_found");
  expect(await outcome(two, permissions.read_lot, { ...inTender, company: "b" })).toMatchObject({ companyId: "b" });
  expect(await outcome(two, permissions.read_lot, { ...inTender, company: "c" })).toBe("company_required");
  expect(await outcome(two, permissions.list_notices, {})).toBe("company_required");
});

test("a tender that the read model has not seen is looked for where the user is at home, nowhere else", async () => {
  const facts = factsOf(tender, { lags: true });
  const identity = user([company("a", ["m2", "m1"])], { staffRoles: new Map([["m3", "auditor" as const]]) });
  expect(await outcome(identity, permissions.read_lot, inTender, facts)).toMatchObject({ marketplaceId: "m1" });
  expect(facts.asked).toEqual(["m3", "m2", "m1"]);
  const stranger = user([company("a", ["m2"])]);
  expect(await outcome(stranger, permissions.read_lot, inTender, factsOf(tender, { lags: true }))).toBe("not_found");
});

test("outside every marketplace there is nothing, inside it the role decides", async () => {
  const seller = user([company("a", ["m1"], ["seller"])]);
  expect(await outcome(null, permissions.read_lot, inTender)).toBe("unauthenticated");
  expect(await outcome(user([]), permissions.read_lot, inTender)).toBe("not_found");
  expect(await outcome(user([company("a", ["m2"])]), permissions.read_lot, inTender)).toBe("not_found");
  expect(await outcome(seller, permissions.read_lot, { tenderId: "t2" })).toBe("not_found");
  expect(await outcome(seller, commandPermissions.pause_lot, inTender)).toBe("forbidden");
  expect(await outcome(seller, commandPermissions.submit_bid, inTender)).toMatchObject({ companyId: "a" });
  const createBuying: Target = { marketplaceId: "m1", direction: "buy" };
  expect(await outcome(seller, commandPermissions.create_tender, createBuying)).toBe("forbidden");
  expect(await outcome(seller, commandPermissions.create_tender, { ...createBuying, direction: "sell" })).toMatchObject(
    {
      companyId: "a",
    },
  );
  expect(await outcome(seller, commandPermissions.create_tender, { marketplaceId: "m9", direction: "sell" })).toBe(
    "not_found",
  );
});

test("installation admins set up marketplaces and their staff, and trade nowhere", async () => {
  const admin = user([], { installationAdmin: true });
  expect(await outcome(admin, permissions.create_marketplace, {})).toMatchObject({ kind: "system" });
  expect(await outcome(admin, permissions.appoint_staff, { marketplaceId: "m1" })).toMatchObject({ kind: "system" });
  expect(await outcome(admin, permissions.read_lot, inTender)).toBe("not_found");
  expect(await outcome(user([]), permissions.create_marketplace, {})).toBe("forbidden");
});

test("who sends an order needs the role and the side of it; what he sent he may always take back", async () => {
  const seller = user([company("a", ["m1"], ["seller"])]);
  const listed: Target = { instrumentId: "listed" };
  const { submit_order, cancel_orders, set_phase } = commandPermissions;
  expect(await outcome(seller, submit_order, { ...listed, direction: "sell" })).toMatchObject({ companyId: "a" });
  expect(await outcome(seller, submit_order, { ...listed, direction: "buy" })).toBe("forbidden");
  expect(await outcome(seller, cancel_orders, { ...listed, direction: "buy" })).toMatchObject({ companyId: "a" });
  expect(await outcome(seller, set_phase, listed)).toBe("forbidden");
  expect(await outcome(user([company("a", ["m2"])]), permissions.watch_market, listed)).toBe("not_found");
});

test("a draft of an instrument is there for staff alone, also where the user trades", async () => {
  const staffRoles = new Map([["m1", "operator" as const]]);
  const both = user([company("a", ["m1"])], { staffRoles });
  const operator = { kind: "operator", companyId: null, marketplaceId: "m1" };
  expect(await outcome(both, commandPermissions.revise_instrument, { instrumentId: "draft" })).toEqual(operator);
  expect(await outcome(user([company("a", ["m1"])]), permissions.read_instrument, { instrumentId: "draft" })).toBe(
    "not_found",
  );
  expect(await outcome(both, permissions.read_instrument, { instrumentId: "none" })).toBe("not_found");
});
