import type { CompanyRole, Permission } from "@kontor/protocol";
import { commandPermissions, companyRoles, permissions } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { TradingSide } from "../src/access/decide.ts";
import { allows, candidatesIn } from "../src/access/decide.ts";
import type { Identity, Membership } from "../src/auth/identity.ts";

function membership(roles: readonly CompanyRole[], side: "buyer" | "supplier" | "both" = "both"): Membership {
  const standings = new Map([["m1", { side, status: "approved" as const }]]);
  return { companyId: "c1", companyName: "C", roles, standings };
}

function identity(member: Membership | null, staff: [string, "operator" | "auditor"][] = []): Identity {
  return {
    kind: "session",
    id: "s1",
    userId: "u1",
    companyId: member?.companyId ?? null,
    memberships: new Map(member === null ? [] : [[member.companyId, member]]),
    staffRoles: new Map(staff),
    installationAdmin: false,
    expiresAtMs: 0,
  };
}

function may(permission: Permission, member: Membership, side: TradingSide): boolean {
  return candidatesIn(identity(member), "m1", [member]).some((candidate) => allows(permission, candidate, side));
}

const buying: TradingSide = { direction: "buy", ownsTender: false };
const buyingOwn: TradingSide = { direction: "buy", ownsTender: true };
const selling: TradingSide = { direction: "sell", ownsTender: false };
const sellingOwn: TradingSide = { direction: "sell", ownsTender: true };

const table: [keyof typeof commandPermissions, CompanyRole, TradingSide, boolean][] = [
  ["submit_bid", "seller", buying, true],
  ["submit_bid", "buyer", buying, false],
  ["submit_bid", "buyer", selling, true],
  ["submit_bid", "seller", selling, false],
  ["submit_bid", "admin", buying, true],
  ["submit_bid", "finance", buying, false],
  ["publish_tender", "buyer", buyingOwn, true],
  ["publish_tender", "seller", buyingOwn, false],
  ["publish_tender", "seller", sellingOwn, true],
  ["accept_award", "approver", buyingOwn, true],
  ["accept_award", "finance", sellingOwn, true],
  ["accept_award", "buyer", buyingOwn, false],
  ["sign_contract", "finance", buying, true],
  ["sign_contract", "seller", buying, false],
];

test.each(table)("%s by a %s of a company on the side %o: %s", (...[type, role, side, expected]) => {
  expect(may(commandPermissions[type], membership([role]), side)).toBe(expected);
});

test("a company trades only on the sides it takes part in", () => {
  const seller = membership(["admin"], "supplier");
  expect(may(commandPermissions.submit_bid, seller, buying)).toBe(true);
  expect(may(commandPermissions.submit_bid, seller, selling)).toBe(false);
  expect(may(permissions.read_lot, seller, selling)).toBe(true);
});

test("a member without a role may do nothing, an owner everything of his company, neither what is staff's", () => {
  const all = Object.values({ ...commandPermissions, ...permissions } as Record<string, Permission>);
  const ofCompanies = all.filter(({ company }) => company !== undefined);
  for (const permission of ofCompanies) {
    expect(may(permission, membership([]), buyingOwn)).toBe(false);
    expect(may(permission, membership(["owner"]), buyingOwn)).toBe(true);
  }
  for (const permission of all.filter(({ company }) => company === undefined)) {
    for (const role of companyRoles) expect(may(permission, membership([role]), buyingOwn)).toBe(false);
  }
});

test("only an approved participation counts, and staff only in their own marketplace", () => {
  for (const status of ["pending", "refused", "suspended"] as const) {
    const waiting = { ...membership(["owner"]), standings: new Map([["m1", { side: "both" as const, status }]]) };
    expect(candidatesIn(identity(waiting), "m1", [waiting])).toEqual([]);
  }
  const operator = identity(null, [["m1", "operator"]]);
  expect(candidatesIn(operator, "m2", [])).toEqual([]);
  const [candidate] = candidatesIn(operator, "m1", []);
  expect(candidate?.actor).toEqual({ kind: "operator", userId: "u1", companyId: null, marketplaceId: "m1" });
});

test("auditors read and change nothing", () => {
  const [auditor] = candidatesIn(identity(null, [["m1", "auditor"]]), "m1", []);
  if (auditor === undefined) throw new Error("an auditor is staff");
  expect(allows(permissions.read_tender, auditor, null)).toBe(true);
  for (const permission of Object.values(commandPermissions))
    expect(allows(permission, auditor, buyingOwn)).toBe(false);
  expect(allows(permissions.decide_participation, auditor, null)).toBe(false);
});
