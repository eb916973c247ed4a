import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { articles, ladderOf } from "./office-articles.ts";
import type { OfficeCast } from "./office-cast.ts";
import { officeCompany } from "./office-companies.ts";
import { valueUnlessDone } from "./repeatable-client.ts";
import type { OfficeShelf } from "./seed-catalogue.ts";
import { officeScheme } from "./seed-classes.ts";

type Scene = { readonly cast: OfficeCast; readonly shelf: OfficeShelf };

/** Groups, promotions, least orders and freight, and the agreements of two buyers. @throws ProblemError */
export async function seedPrices(scene: Scene): Promise<void> {
  await seedGroup(scene);
  await seedPromotions(scene);
  await seedTerms(scene);
  await agree(scene, feldmarkContract);
  await agree(scene, havnegadeContract);
}

const founderOf = ({ person }: OfficeCast, key: string): Kontor => person(officeCompany(key).people[0].email);

/** Partners of the screw works pay five percent less than its list, by a list that derives from it. */
async function seedGroup({ cast, shelf }: Scene): Promise<void> {
  const { marketplaceId } = cast;
  const { prices } = founderOf(cast, "schraubwerk");
  const name = "Workshop partners";
  const known = (await prices.groups(marketplaceId).all()).find((group) => group.name === name);
  const { groupId } = known ?? requireValue(await prices.createGroup(marketplaceId, { name }));
  valueUnlessDone(await prices.addMember({ marketplaceId, groupId, companyId: cast.companyId("havnegade") }));
  const bands = [{ scope: "all", minQuantity: "1", percent: "-5" }] as const;
  const derived = { from: shelf.listId("schraubwerk"), bands: [...bands] };
  const { listId, version, assignments } = await listOf(prices, marketplaceId, { name: "Partners", derived });
  if (assignments.length > 0) return;
  const members = [{ target: "customer_group", targetId: groupId }] as const;
  valueUnlessDone(await prices.assignList({ marketplaceId, listId, version }, members));
}

type ListDraft = Omit<Parameters<Kontor["prices"]["createList"]>[1], "currency">;

async function listOf(prices: Kontor["prices"], marketplaceId: string, draft: ListDraft) {
  const known = (await prices.lists(marketplaceId).all()).find(({ name }) => name === draft.name);
  return known ?? requireValue(await prices.createList(marketplaceId, { ...draft, currency: "EUR" }));
}

async function seedPromotions({ cast }: Scene): Promise<void> {
  const { marketplaceId } = cast;
  for (const [vendor, promotion] of [
    [
      "ostersand",
      {
        name: "Drill weeks",
        condition: { kind: "seasonal" },
        effect: { kind: "percent", percent: "8" },
        scope: { classId: `${officeScheme}:W23` },
      },
    ],
    [
      "papierhof",
      {
        name: "Pallet of paper",
        condition: { kind: "quantity", minQuantity: "200" },
        effect: { kind: "percent", percent: "4" },
        scope: { classId: `${officeScheme}:O11` },
      },
    ],
  ] as const) {
    const { promotions } = founderOf(cast, vendor).prices;
    const known = (await promotions.list(marketplaceId).all()).some(({ name }) => name === promotion.name);
    if (!known) requireValue(await promotions.create(marketplaceId, promotion));
  }
}

async function seedTerms({ cast }: Scene): Promise<void> {
  const { marketplaceId } = cast;
  const minimums = [{ currency: "EUR", amount: "25.00", mode: "block" }] as const;
  for (const vendor of ["schraubwerk", "papierhof"]) {
    requireValue(await founderOf(cast, vendor).prices.putOrderMinimums(marketplaceId, [...minimums]));
  }
  for (const [vendor, amount, freeFrom] of [
    ["schraubwerk", "6.90", "150.00"],
    ["ostersand", "7.50", "120.00"],
    ["papierhof", "9.80", "200.00"],
  ] as const) {
    const { terms } = founderOf(cast, vendor).buying;
    valueUnlessDone(await terms.writeFreight({ marketplaceId, currency: "EUR" }, { amount, freeFrom }));
  }
}

type Contract = {
  readonly vendor: string;
  readonly buyer: string;
  readonly numbers: readonly [vendors: string, buyers: string];
  readonly days: number;
  /** Code of the class that the contract is about. */
  readonly classCode: string;
  readonly family: string;
  /** Of the usual price, by part number; others are as in the family. */
  readonly percent: number;
  readonly dearer?: string;
};

const feldmarkContract: Contract = {
  vendor: "schraubwerk",
  buyer: "feldmark",
  numbers: ["RV-26-014", "FA-LV-88"],
  days: 30,
  classCode: "W",
  family: "W11",
  percent: 88,
};

/** One article costs more by contract than by list: what was agreed counts, also when it is dearer. */
const havnegadeContract: Contract = {
  vendor: "papierhof",
  buyer: "havnegade",
  numbers: ["PH-R-2207", "HI-2026-3"],
  days: 14,
  classCode: "O",
  family: "O11",
  percent: 91,
  dearer: "LP-A3-120-W",
};

async function agree({ cast, shelf }: Scene, contract: Contract): Promise<void> {
  const { marketplaceId } = cast;
  const { vendor, buyer, numbers, days, classCode, family } = contract;
  const [seller, customer] = [founderOf(cast, vendor), founderOf(cast, buyer)];
  const drafted = (await seller.agreements.list(marketplaceId).all()).find(
    ({ numberVendor }) => numberVendor === numbers[0],
  );
  if (drafted !== undefined && drafted.status !== "draft" && drafted.status !== "proposed") return;
  const { listId } = await listOf(seller.prices, marketplaceId, { name: `Contract ${numbers[0]}`, stacking: "none" });
  const sold = articles.filter(({ family: own }) => own.code === family).slice(0, 8);
  for (const { family: own, article } of sold) {
    const percent = article.partNo === contract.dearer ? 106 : contract.percent;
    const rungs = ladderOf(own, article, { vendor, percent, leadTimeDays: 0 }).slice(0, 1);
    const offerId = shelf.offerId(vendor, article.partNo);
    requireValue(await seller.prices.putLadder({ marketplaceId, listId, offerId }, rungs));
  }
  const terms = {
    currency: "EUR",
    paymentTerm: { kind: "net_days" as const, days },
    priceLists: [{ listId, priority: 0 }],
    assortment: [{ mode: "include" as const, kind: "class" as const, itemId: `${officeScheme}:${classCode}` }],
  };
  const draft = { buyerId: cast.companyId(buyer), number: numbers[0], terms };
  const { agreementId, version, status } = drafted ?? requireValue(await seller.agreements.draft(marketplaceId, draft));
  const key = { marketplaceId, agreementId };
  const proposed =
    status === "proposed" ? version : requireValue(await seller.agreements.propose({ ...key, version })).version;
  const accepted = requireValue(await customer.agreements.accept({ ...key, version: proposed }));
  requireValue(await customer.agreements.number({ ...key, version: accepted.version }, numbers[1]));
}
