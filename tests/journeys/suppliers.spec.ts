import type { SupplierPage } from "@kontor/protocol";
import type { SuppliersQuery } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Company, Person } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Buyers find companies by what these tell about what they supply. */

let world: World;
let marketplaceId: string;
let rolling: Company;
let mill: Company;
let kim: Company;

const day = (fromToday: number): string => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  const { operator } = world;
  [rolling, mill, kim] = await Promise.all([
    world.company("Rolling Works"),
    world.company("Small Mill"),
    world.company("Kim Bridges"),
  ]);
  for (const vendor of [rolling, mill]) await takePart(vendor, { marketplaceId, operator }, "supplier");
  await takePart(kim, { marketplaceId, operator }, "buyer");
  const { classes } = operator.client;
  const scheme = { marketplaceId, scheme: "metal" };
  requireValue(await classes.saveScheme(scheme, { name: "Metal", release: "1" }));
  const nodes = [
    { code: "steel", labels: { en: "Steel" } },
    { code: "sheet", parent: "steel", labels: { en: "Sheet", de: "Blech" } },
  ];
  requireValue(await classes.saveClasses(scheme, nodes));
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const found = async (who: Person, query: SuppliersQuery): Promise<SupplierPage> =>
  requireValue(await who.client.suppliers.find(marketplaceId, query));

const shown = (who: Person, query: SuppliersQuery, wanted: (page: SupplierPage) => boolean) =>
  until(`suppliers are found as they are now: ${JSON.stringify(query)}`, async () => {
    const page = await found(who, query);
    return wanted(page) && page;
  });

const names = ({ data }: SupplierPage): readonly string[] => data.map(({ name }) => name);

const iso = { standard: "ISO 9001", issuer: "Board", number: "R-1" };

test("suppliers are found by class, region, certificate and capacity, as they are now", async () => {
  const capacity = { quantity: "6000", unit: "TNE", per: "year" } as const;
  const first = requireValue(
    await rolling.boss.client.suppliers.write(marketplaceId, {
      texts: [{ language: "en", text: "Hot rolled sheet in all gauges" }],
      regions: ["DE", "AT"],
      supplies: [{ scheme: "metal", code: "sheet", capacity }],
      certificates: [
        { ...iso, validUntil: day(400) },
        { ...iso, standard: "EN 1090", validUntil: day(-1) },
      ],
    }),
  );
  requireValue(
    await mill.boss.client.suppliers.write(marketplaceId, {
      regions: ["DE-BY"],
      supplies: [{ scheme: "metal", code: "steel", capacity: { quantity: "40000", unit: "KGM", per: "month" } }],
    }),
  );
  const facet = ["region", "certificate", "class:metal"];
  const all = await shown(kim.boss, { sort: "name", facet }, ({ total }) => total === 2);
  expect(names(all)).toEqual(["Rolling Works", "Small Mill"]);
  expect(all.data[0]?.certificates).toEqual([{ standard: "ISO 9001", verified: false }]);
  expect(all.facets.find(({ facet: name }) => name === "certificate")?.values).toMatchObject([
    { value: "ISO 9001", count: 1 },
  ]);
  expect(all.facets.find(({ facet: name }) => name === "class:metal")?.values).toMatchObject([
    { value: "steel", label: "Steel", count: 2 },
    { value: "sheet", label: "Sheet", count: 1 },
  ]);
  const cases: readonly (readonly [SuppliersQuery, readonly string[]])[] = [
    [{ q: "rolled sheets" }, ["Rolling Works"]],
    [{ where: ["class:metal=sheet"] }, ["Rolling Works"]],
    [{ where: ["region=DE-BY"], sort: "name" }, ["Rolling Works", "Small Mill"]],
    [{ where: ["region=AT"] }, ["Rolling Works"]],
    [{ where: ["certificate=EN 1090"] }, []],
    [{ capacity: ["metal:steel=500 TNE/month"] }, ["Rolling Works"]],
    [{ capacity: ["metal:steel=500.001 TNE/month"] }, []],
    [{ capacity: ["metal:steel=1 TNE/day"], sort: "name" }, ["Rolling Works", "Small Mill"]],
    [{ capacity: ["metal:sheet=1 KGM/day"] }, ["Rolling Works"]],
  ];
  for (const [query, expected] of cases)
    expect([query, names(await found(kim.boss, query))]).toEqual([query, expected]);

  const key = { marketplaceId, companyId: rolling.companyId };
  const { certificateId = "" } = first.certificates.find(({ standard }) => standard === "ISO 9001") ?? {};
  const verified = requireValue(await world.operator.client.suppliers.verify({ ...key, certificateId }, true));
  expect(verified.certificates.filter(({ verifiedAt }) => verifiedAt !== undefined)).toMatchObject([iso]);
  await shown(kim.boss, { where: ["verified_certificate=ISO 9001"] }, ({ total }) => total === 1);

  // What is told again as it was stays verified; another number is another certificate.
  const { texts, regions, supplies } = first;
  const again = { texts, regions, supplies, certificates: [{ ...iso, validUntil: day(400) }] };
  const kept = requireValue(await rolling.boss.client.suppliers.write(marketplaceId, again, first.version));
  expect(kept.certificates).toMatchObject([{ certificateId, verifiedAt: expect.any(String) }]);
  const other = { ...again, certificates: [{ ...iso, number: "R-2", validUntil: day(400) }] };
  const changed = requireValue(await rolling.boss.client.suppliers.write(marketplaceId, other, kept.version));
  expect(changed.certificates[0]?.verifiedAt).toBeUndefined();
  await shown(kim.boss, { where: ["verified_certificate=ISO 9001"] }, ({ total }) => total === 0);

  const admin = rolling.boss.client.companies;
  const company = requireValue(await admin.profile());
  const known = { country: "DE", registrationNo: "", vatId: "", address: "" };
  const profile = { ...known, legalName: "Rolling Works and Daughters" };
  requireValue(await admin.saveProfile(profile, company.version));
  await shown(kim.boss, { q: "daughters" }, ({ total }) => total === 1);

  requireValue(await rolling.boss.client.suppliers.remove(marketplaceId, changed.version));
  await shown(kim.boss, {}, ({ total }) => total === 1);
  expect(await kim.boss.client.suppliers.get(key)).toMatchObject({ problem: { code: "not_found" } });
});

test("what makes no sense is refused, and only sellers tell of their own company", async () => {
  const { suppliers } = mill.boss.client;
  const own = requireValue(await suppliers.get({ marketplaceId, companyId: mill.companyId }));
  const code = async (asked: Promise<{ readonly ok: boolean }>): Promise<string> => {
    const answer = (await asked) as { readonly problem?: { readonly code: string } };
    return answer.problem?.code ?? "";
  };
  const unit = { scheme: "metal", code: "steel", capacity: { quantity: "1", unit: "Tonnen", per: "day" } } as const;
  expect(await code(suppliers.write(marketplaceId, { supplies: [unit] }, own.version))).toBe("unit_unknown");
  const nowhere = { scheme: "metal", code: "gold" };
  expect(await code(suppliers.write(marketplaceId, { supplies: [nowhere] }, own.version))).toBe("class_unknown");
  expect(await code(suppliers.write(marketplaceId, {}))).toBe("precondition_failed");
  const never = { ...iso, validUntil: "2031-02-30" };
  expect(await code(suppliers.write(marketplaceId, { certificates: [never] }, own.version))).toBe("request_invalid");
  expect(await code(kim.boss.client.suppliers.write(marketplaceId, {}))).toBe("not_found");
  expect(await code(kim.boss.client.suppliers.find(marketplaceId, { capacity: ["metal:steel=much"] }))).toBe(
    "request_invalid",
  );
  expect(await code(world.foreigner.boss.client.suppliers.find(marketplaceId, {}))).toBe("not_found");
});
