import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import type { OfficeCast } from "./office-cast.ts";
import { officeCompany, officePerson } from "./office-companies.ts";
import type { OfficeShelf } from "./seed-catalogue.ts";

/** What a buyer's people order for. */
export type BuyerPlace = { readonly divisionId: string; readonly costCenterId: string };

type Buyer = {
  readonly key: string;
  readonly divisions: readonly [string, ...string[]];
  readonly costCenters: readonly [readonly [code: string, name: string], ...(readonly [code: string, name: string])[]];
  readonly budget: { readonly amount: string; readonly mode: "block" | "approve" };
  /** Orders from these amounts on are approved by these roles, one after another. */
  readonly rules: readonly (readonly [amount: string, ...roles: ("approver" | "finance")[]])[];
  /** The buyer's own numbers, by the manufacturer's. */
  readonly numbers: readonly (readonly [own: string, partNo: string])[];
};

const buyers: readonly Buyer[] = [
  {
    key: "feldmark",
    divisions: ["Assembly north", "Workshop Kiel"],
    costCenters: [
      ["4711", "Assembly"],
      ["4800", "Office"],
    ],
    budget: { amount: "5000.00", mode: "block" },
    rules: [
      ["300.00", "approver"],
      ["5000.00", "approver", "finance"],
    ],
    numbers: [
      ["FA-10020", "NH-HX-8-40"],
      ["FA-10021", "NH-HX-10-40"],
      ["FA-20001", "LP-A4-80-W"],
    ],
  },
  {
    key: "havnegade",
    divisions: ["Aarhus"],
    costCenters: [["A-10", "Design office"]],
    budget: { amount: "3000.00", mode: "approve" },
    rules: [["1000.00", "finance"]],
    numbers: [["HI-77", "LP-A4-80-W"]],
  },
];

/** Divisions, cost centres, budgets, approval rules and own numbers of both buyers. @throws ProblemError */
export async function seedBuyers(cast: OfficeCast, shelf: OfficeShelf): Promise<ReadonlyMap<string, BuyerPlace>> {
  const places = new Map<string, BuyerPlace>();
  for (const buyer of buyers) places.set(buyer.key, await seedBuyer(cast, shelf, buyer));
  return places;
}

async function seedBuyer(cast: OfficeCast, shelf: OfficeShelf, buyer: Buyer): Promise<BuyerPlace> {
  const { marketplaceId } = cast;
  const boss = cast.person(officeCompany(buyer.key).people[0].email);
  const { terms } = boss.buying;
  const there = requireValue(await boss.divisions.list()).divisions;
  const divisionIds: string[] = [];
  for (const name of buyer.divisions) {
    const known = there.find((division) => division.name === name);
    divisionIds.push((known ?? requireValue(await boss.divisions.create({ name }))).divisionId);
  }
  const costCenterIds: string[] = [];
  const centers = await terms.costCenters.list(marketplaceId).all();
  for (const [code, name] of buyer.costCenters) {
    const known = centers.find((center) => center.code === code);
    const center = known ?? requireValue(await terms.costCenters.create(marketplaceId, { code, name, active: true }));
    costCenterIds.push(center.costCenterId);
  }
  const [divisionId = "", costCenterId = ""] = [divisionIds[0], costCenterIds[0]];
  await seedBudget(boss, marketplaceId, { ...buyer.budget, costCenterId });
  await seedRules(boss, marketplaceId, buyer);
  const requester = cast.person(officePerson(buyer.key, buyer.key === "feldmark" ? "Timo" : "Ida").email);
  for (const [partNo, of] of buyer.numbers) {
    requireValue(await requester.products.savePartNumber({ marketplaceId, partNo }, shelf.variantId(of)));
  }
  return { divisionId, costCenterId };
}

type Budget = Buyer["budget"] & { readonly costCenterId: string };

/** For this year and the next, so that it does not run out overnight. */
async function seedBudget({ buying }: Kontor, marketplaceId: string, budget: Budget): Promise<void> {
  const { budgets } = buying.terms;
  if ((await budgets.list(marketplaceId).all()).length > 0) return;
  const year = new Date().getUTCFullYear();
  const period = { validFrom: `${year}-01-01T00:00:00.000Z`, validUntil: `${year + 2}-01-01T00:00:00.000Z` };
  requireValue(
    await budgets.create(marketplaceId, { name: `Purchases ${year}`, currency: "EUR", ...period, ...budget }),
  );
}

async function seedRules({ buying }: Kontor, marketplaceId: string, { rules }: Buyer): Promise<void> {
  const { approvalRules } = buying.terms;
  const known = new Set((await approvalRules.list(marketplaceId).all()).map(({ name }) => name));
  for (const [position, [amount, ...roles]] of rules.entries()) {
    const name = `From ${amount} EUR`;
    if (known.has(name)) continue;
    const condition = { amountFrom: { currency: "EUR", amount } };
    const tiers = roles.map((role) => ({ needs: "any" as const, deciders: [{ kind: "role" as const, role }] }));
    requireValue(await approvalRules.create(marketplaceId, { name, position, condition, tiers, active: true }));
  }
}
