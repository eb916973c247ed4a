import { systemActor } from "@kontor/kernel";
import { beforeEach, describe, expect, test } from "vitest";
import {
  createCompanyRepository,
  createMarketplaceRepository,
  createParticipationRepository,
  createStaffRepository,
  createStandingRepository,
} from "../../src/index.ts";
import { givenRecords, member, readAll, staff } from "./given-records.ts";

const records = givenRecords();
const metals = { slug: "metals", name: "Metals", description: "", currency: "EUR" };
const newcomer = (companyId: string) => member(companyId, null);
const operator = staff("operator", "m1");
const profile = { legalName: "One GmbH", country: "DE", registrationNo: "HRB 1", vatId: "", address: "" };

beforeEach(async () => {
  // Not truncated with all that refers to them: the ledger, which is empty here, refuses that.
  for (const table of ["marketplace_staff", "participations", "marketplaces", "company_profiles", "companies"])
    await records.sql`delete from ${records.sql(table)}`;
  const marketplaces = createMarketplaceRepository(records.db);
  await marketplaces.create("m1", metals);
  await marketplaces.create("m2", { ...metals, slug: "grain", name: "Grain" });
});

describe("marketplaces", () => {
  test("are found by id and slug, and listed by name", async () => {
    const marketplaces = createMarketplaceRepository(records.db);
    expect(await marketplaces.find("m1")).toMatchObject({ ...metals, marketplaceId: "m1", status: "active" });
    expect(await marketplaces.find("metals")).toMatchObject({ marketplaceId: "m1" });
    expect(await marketplaces.find("m3")).toBeUndefined();
    const all = await readAll((cursor) => marketplaces.list({ limit: 1, cursor }));
    expect(all.map(({ slug }) => slug)).toEqual(["grain", "metals"]);
    expect(await marketplaces.list({ q: "gra" })).toMatchObject({ data: [{ slug: "grain" }] });
  });

  test("the same creation again is no conflict, another of that name or id is", async () => {
    const marketplaces = createMarketplaceRepository(records.db);
    expect(await marketplaces.create("m1", metals)).toMatchObject({ ok: true });
    expect(await marketplaces.create("m1", { ...metals, name: "Other" })).toEqual({ ok: false, code: "conflict" });
    expect(await marketplaces.create("m9", metals)).toEqual({ ok: false, code: "conflict" });
  });

  test("only their own operators change them", async () => {
    const marketplaces = createMarketplaceRepository(records.db);
    const changes = { name: "Metals of Europe" };
    for (const actor of [staff("auditor", "m1"), member("one", "m1"), staff("operator", null)])
      expect(await marketplaces.change(actor, changes, 1)).toEqual({ ok: false, code: "not_found" });
    expect(await marketplaces.change(operator, changes, 1)).toMatchObject({
      value: { name: "Metals of Europe", slug: "metals", version: 2 },
    });
    expect(await marketplaces.change(operator, changes, 1)).toEqual({
      ok: false,
      code: "precondition_failed",
      actualVersion: 2,
    });
    expect(await marketplaces.change(operator, {}, 2)).toMatchObject({
      value: { name: "Metals of Europe", version: 2 },
    });
    const both = await Promise.all(["A", "B"].map((name) => marketplaces.change(operator, { name }, 2)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await marketplaces.find("m2")).toMatchObject({ name: "Grain" });
  });
});

describe("staff", () => {
  const olga = { marketplaceId: "m1", userId: "olga" };
  const otto = { marketplaceId: "m1", userId: "otto" };
  const at = (key: typeof olga, expectedVersion: number) => ({ ...key, expectedVersion });

  test("is granted by the system first and by operators then", async () => {
    const repository = createStaffRepository(records.db);
    expect(await repository.grant(operator, at({ ...olga, marketplaceId: "m2" }, 0), "operator")).toMatchObject({
      code: "not_found",
    });
    expect(await repository.grant(systemActor, at(olga, 0), "operator")).toMatchObject({
      value: { ...olga, role: "operator", version: 1 },
    });
    expect(await repository.grant(operator, at(otto, 0), "auditor")).toMatchObject({ ok: true });
    expect(await repository.grant(systemActor, at({ ...otto, marketplaceId: "m9" }, 0), "operator")).toMatchObject({
      code: "not_found",
    });
    await repository.grant(systemActor, at({ ...otto, marketplaceId: "m2" }, 0), "operator");
    const listed = (actor: Parameters<typeof repository.list>[0], marketplaceId = "m1") =>
      readAll((cursor) => repository.list(actor, { marketplaceId, limit: 1, cursor }));
    for (const actor of [staff("auditor", "m1"), systemActor]) expect(await listed(actor)).toMatchObject([olga, otto]);
    for (const actor of [member("one", "m1"), staff("operator", "m2"), staff("operator", null)])
      expect(await listed(actor)).toEqual([]);
  });

  test("is written by who has read it as it is", async () => {
    const repository = createStaffRepository(records.db);
    const stale = { ok: false, code: "precondition_failed" };
    expect(await repository.grant(systemActor, at(olga, 1), "operator")).toEqual({ ...stale, actualVersion: 0 });
    await repository.grant(systemActor, at(olga, 0), "operator");
    expect(await repository.grant(operator, at(olga, 0), "operator")).toEqual({ ...stale, actualVersion: 1 });
    await repository.grant(operator, at(otto, 0), "auditor");
    const both = await Promise.all([1, 2].map(() => repository.grant(operator, at(otto, 1), "operator")));
    expect(both.filter(({ ok }) => ok)).toMatchObject([{ value: { role: "operator", version: 2 } }]);
    expect(await repository.revoke(operator, at(otto, 1))).toEqual({ ...stale, actualVersion: 2 });
    expect(await repository.revoke(operator, at(otto, 2))).toEqual({ ok: true, value: null });
    expect(await repository.revoke(operator, at(otto, 2))).toEqual({ ok: false, code: "not_found" });
  });

  test("the last operator stays", async () => {
    const repository = createStaffRepository(records.db);
    await repository.grant(systemActor, at(olga, 0), "operator");
    expect(await repository.revoke(operator, at(olga, 1))).toEqual({ ok: false, code: "conflict" });
    expect(await repository.grant(operator, at(olga, 1), "auditor")).toEqual({ ok: false, code: "conflict" });
    await repository.grant(systemActor, at(otto, 0), "operator");
    const both = await Promise.all([olga, otto].map((key) => repository.revoke(operator, at(key, 1))));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await repository.list(operator, { marketplaceId: "m1" })).toMatchObject({ data: [{ role: "operator" }] });
  });
});

describe("participations", () => {
  test("are requested, approved, suspended and approved again, each with its version", async () => {
    const repository = createParticipationRepository(records.db);
    const asked = await repository.request(newcomer("one"), "m1", "supplier");
    expect(asked).toMatchObject({ value: { status: "pending", side: "supplier", version: 1, requestedBy: "u-one" } });
    expect(await repository.request(newcomer("one"), "m1", "supplier")).toEqual(asked);
    expect(await repository.request(newcomer("one"), "m1", "both")).toMatchObject({
      value: { side: "both", version: 2 },
    });

    const key = { companyId: "one", expectedVersion: 1 };
    expect(await repository.approve(operator, key)).toEqual({
      ok: false,
      code: "precondition_failed",
      actualVersion: 2,
    });
    expect(await repository.approve(operator, { ...key, expectedVersion: 2 })).toMatchObject({
      value: { status: "approved", decidedBy: "operator", version: 3 },
    });
    const at = (expectedVersion: number) => ({ companyId: "one", expectedVersion });
    expect(await repository.approve(operator, at(3))).toEqual({ ok: false, code: "conflict" });
    expect(await repository.approve(operator, { ...at(3), side: "buyer" })).toMatchObject({
      value: { side: "buyer" },
    });
    expect(await repository.refuse(operator, at(4), "no")).toEqual({ ok: false, code: "conflict" });
    expect(await repository.suspend(operator, at(4), "unpaid fees")).toMatchObject({
      value: { status: "suspended", reason: "unpaid fees", version: 5 },
    });
    expect(await repository.request(newcomer("one"), "m1", "buyer")).toEqual({ ok: false, code: "conflict" });
    expect(await repository.approve(operator, at(5))).toMatchObject({ value: { status: "approved" } });
    const own = await repository.find(newcomer("one"), { marketplaceId: "m1", companyId: "one" });
    expect(own).toMatchObject({ status: "approved", version: 6 });
    expect(own).not.toHaveProperty("reason");
    expect(own).not.toHaveProperty("decidedBy");
  });

  test("a refused company may ask again", async () => {
    const repository = createParticipationRepository(records.db);
    await repository.request(newcomer("one"), "m1", "supplier");
    await repository.refuse(operator, { companyId: "one", expectedVersion: 1 }, "no papers");
    expect(await repository.list(newcomer("one"), {})).toMatchObject({
      data: [{ status: "refused", reason: "no papers" }],
    });
    const again = await repository.request(newcomer("one"), "m1", "supplier");
    expect(again).toMatchObject({ value: { status: "pending", version: 3 } });
    expect(again.ok && again.value).not.toHaveProperty("reason");
  });

  test("nobody decides elsewhere, and closed or missing marketplaces take no requests", async () => {
    const repository = createParticipationRepository(records.db);
    await repository.request(newcomer("one"), "m1", "supplier");
    for (const actor of [staff("operator", "m2"), staff("auditor", "m1"), member("one", "m1"), systemActor])
      expect(await repository.approve(actor, { companyId: "one", expectedVersion: 1 })).toMatchObject({
        code: "not_found",
      });
    expect(await repository.request(newcomer("one"), "m9", "buyer")).toEqual({ ok: false, code: "not_found" });
    expect(await repository.request(operator, "m1", "buyer")).toEqual({ ok: false, code: "not_found" });
    await createMarketplaceRepository(records.db).change(operator, { status: "closed" }, 1);
    expect(await repository.request(newcomer("two"), "m1", "buyer")).toEqual({ ok: false, code: "conflict" });
  });

  test("two requests or decisions at once leave one of each", async () => {
    const repository = createParticipationRepository(records.db);
    const asked = await Promise.all([1, 2, 3].map(() => repository.request(newcomer("one"), "m1", "buyer")));
    expect(asked.every(({ ok }) => ok)).toBe(true);
    const key = { companyId: "one", expectedVersion: 1 };
    const decided = await Promise.all([repository.approve(operator, key), repository.refuse(operator, key, "no")]);
    expect(decided.filter(({ ok }) => ok)).toHaveLength(1);
    expect(decided.filter(({ ok }) => !ok)).toMatchObject([{ code: "precondition_failed", actualVersion: 2 }]);
  });

  test("staff lists its marketplace, a company its own", async () => {
    const repository = createParticipationRepository(records.db);
    for (const company of ["one", "two", "three"]) await repository.request(newcomer(company), "m1", "supplier");
    await repository.request(newcomer("one"), "m2", "buyer");
    await repository.approve(operator, { companyId: "two", expectedVersion: 1 });
    const listed = async (actor: Parameters<typeof repository.list>[0], query: object = {}) => {
      const all = await readAll((cursor) => repository.list(actor, { ...query, limit: 1, cursor }));
      return all.map(({ companyId, marketplaceId }) => `${companyId} ${marketplaceId}`);
    };
    expect(await listed(operator)).toEqual(["one m1", "three m1", "two m1"]);
    expect(await listed(staff("auditor", "m1"), { status: "approved" })).toEqual(["two m1"]);
    expect(await listed(newcomer("one"))).toEqual(["one m1", "one m2"]);
    expect(await listed(staff("operator", null))).toEqual([]);
    expect(await repository.find(newcomer("two"), { marketplaceId: "m1", companyId: "one" })).toBeUndefined();
    expect(await repository.find(staff("operator", "m2"), { marketplaceId: "m1", companyId: "one" })).toBeUndefined();
  });
});

describe("companies", () => {
  async function approve(companyId: string, marketplaceId = "m1"): Promise<void> {
    const repository = createParticipationRepository(records.db);
    await repository.request(newcomer(companyId), marketplaceId, "supplier");
    await repository.approve(staff("operator", marketplaceId), { companyId, expectedVersion: 1 });
  }

  test("write their own profile, knowing which they have read", async () => {
    const repository = createCompanyRepository(records.db);
    expect(await repository.save(newcomer("one"), profile, 1)).toEqual({
      ok: false,
      code: "precondition_failed",
      actualVersion: 0,
    });
    expect(await repository.save(newcomer("one"), profile, 0)).toMatchObject({
      value: { companyId: "one", version: 1 },
    });
    expect(await repository.save(newcomer("one"), { ...profile, country: "AT" }, 1)).toMatchObject({
      value: { country: "AT", version: 2 },
    });
    expect(await repository.save(operator, profile)).toEqual({ ok: false, code: "not_found" });
  });

  test("are shown whole to themselves and to the staff of where they ask to take part", async () => {
    const repository = createCompanyRepository(records.db);
    await repository.save(newcomer("one"), profile);
    await createParticipationRepository(records.db).request(newcomer("one"), "m1", "supplier");
    for (const actor of [newcomer("one"), operator, staff("auditor", "m1"), systemActor])
      expect(await repository.find(actor, "one")).toMatchObject(profile);
    for (const actor of [member("two", "m1"), staff("operator", "m2"), staff("operator", null)])
      expect(await repository.find(actor, "one")).toBeUndefined();
  });

  test("stand in the directory once approved, for those who are approved themselves", async () => {
    const repository = createCompanyRepository(records.db);
    const { directory, findInDirectory } = createParticipationRepository(records.db);
    for (const [company, legalName] of [
      ["one", "Zinc AG"],
      ["two", "Alu SA"],
      ["three", "Tin Ltd"],
    ] as const)
      await repository.save(newcomer(company), { ...profile, legalName });
    await approve("one");
    await approve("two");
    await approve("three", "m2");
    await createParticipationRepository(records.db).request(newcomer("four"), "m1", "buyer");
    const names = async (actor: Parameters<typeof directory>[0], query: object = {}) => {
      const all = await readAll((cursor) => directory(actor, { ...query, limit: 1, cursor }));
      return all.map(({ name }) => name);
    };
    expect(await names(member("one", "m1"))).toEqual(["Alu SA", "Zinc AG"]);
    expect(await names(operator, { q: "zinc" })).toEqual(["Zinc AG"]);
    expect(await names(operator, { side: "buyer" })).toEqual([]);
    expect(await findInDirectory(member("one", "m1"), "two")).toMatchObject({ name: "Alu SA", side: "supplier" });
    for (const company of ["three", "four", "nobody"])
      expect(await findInDirectory(member("one", "m1"), company)).toBeUndefined();
    for (const actor of [member("four", "m1"), member("three", "m1"), member("one", "m2"), newcomer("one")]) {
      expect(await names(actor)).toEqual([]);
      expect(await findInDirectory(actor, "two")).toBeUndefined();
    }
  });

  test("are known by name to themselves and to who takes part where they do", async () => {
    for (const id of ["one", "two", "three"])
      await records.sql`insert into companies (id, name, slug) values (${id}, ${`Account ${id}`}, ${id})`;
    const repository = createCompanyRepository(records.db);
    await repository.save(newcomer("one"), profile);
    await approve("one");
    await approve("two");
    const names = async (actor: Parameters<typeof repository.names>[0]) =>
      Object.fromEntries(await repository.names(actor, ["one", "two", "three", "four"]));
    expect(await names(member("two", "m1"))).toEqual({ one: "One GmbH", two: "Account two" });
    expect(await names(newcomer("three"))).toEqual({ three: "Account three" });
    expect(await names(staff("operator", "m2"))).toEqual({});
    expect(await names(systemActor)).toEqual({ one: "One GmbH", two: "Account two", three: "Account three" });
    expect(await repository.names(systemActor, [])).toEqual(new Map());
  });
});

describe("standings", () => {
  test("are for the system alone", async () => {
    const olga = { marketplaceId: "m1", userId: "olga", expectedVersion: 0 };
    await createStaffRepository(records.db).grant(systemActor, olga, "operator");
    await createParticipationRepository(records.db).request(newcomer("one"), "m1", "buyer");
    const repository = createStandingRepository(records.db);
    const standing = { side: "buyer", status: "pending" };
    expect(await repository.staffRoleOf(systemActor, { userId: "olga", marketplaceId: "m1" })).toBe("operator");
    expect(await repository.staffRolesOf(systemActor, "olga")).toEqual([{ marketplaceId: "m1", role: "operator" }]);
    expect(await repository.participationOf(systemActor, { companyId: "one", marketplaceId: "m1" })).toEqual(standing);
    expect(await repository.participationsOf(systemActor, ["one"])).toEqual([
      { companyId: "one", marketplaceId: "m1", ...standing },
    ]);
    expect(await repository.marketplaceOfTender(systemActor, "none")).toBeUndefined();
    for (const actor of [operator, member("one", "m1")]) {
      expect(await repository.staffRoleOf(actor, { userId: "olga", marketplaceId: "m1" })).toBeUndefined();
      expect(await repository.staffRolesOf(actor, "olga")).toEqual([]);
      expect(await repository.participationOf(actor, { companyId: "one", marketplaceId: "m1" })).toBeUndefined();
      expect(await repository.participationsOf(actor, ["one"])).toEqual([]);
      expect(await repository.marketplaceOfTender(actor, "none")).toBeUndefined();
    }
  });
});
