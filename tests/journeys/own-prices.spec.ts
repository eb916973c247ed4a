import type { PriceAnswer, PriceListRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Listed, OfferShelf } from "../world/listed-offers.ts";
import { createOfferShelf } from "../world/listed-offers.ts";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Each buyer's own price with its reasons: the scenarios of prices, units and quantities with their exact numbers. */

let world: World;
let shelf: OfferShelf;
let vendor: Company;
let marketplaceId: string;
/** The contract lasts from the beginning of this year up to, and without, the beginning of the next. */
const year = new Date().getUTCFullYear() + 1;
let articles = 0;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  shelf = createOfferShelf(world.databaseUrl);
  vendor = await world.company("Own Prices Vendor");
  await takePart(vendor, { marketplaceId, operator: world.operator }, "supplier");
}, 120_000);
afterAll(async () => {
  await shelf.close();
  await world[Symbol.asyncDispose]();
});

const prices = () => vendor.boss.client.prices;

async function listed(offer: Partial<Listed> = {}): Promise<string> {
  articles += 1;
  return await shelf.list({ marketplaceId, vendorId: vendor.companyId, partNo: `A-${articles}`, ...offer });
}

type ListInput = Partial<Parameters<ReturnType<typeof prices>["createList"]>[1]>;
type Rungs = readonly (readonly [minQuantity: string, price: string, unit?: string])[];

async function list(name: string, input: ListInput = {}): Promise<PriceListRecord> {
  articles += 1;
  const draft = { name: `${name} ${articles}`, currency: "EUR", ...input };
  return requireValue(await prices().createList(marketplaceId, draft));
}

async function ladder({ listId }: PriceListRecord, offerId: string, rungs: Rungs): Promise<void> {
  const rows = rungs.map(([minQuantity, price, unit = "C62"]) => ({ unit, minQuantity, price }));
  requireValue(await prices().putLadder({ marketplaceId, listId, offerId }, rows));
}

/** The list's rungs are what everybody pays. */
async function base(offerId: string, rungs: Rungs, input: ListInput = {}) {
  const made = await list("Base", input);
  await ladder(made, offerId, rungs);
  await baseOf(offerId, made);
  return made;
}

async function baseOf(offerId: string, { listId }: PriceListRecord): Promise<void> {
  for (let version = 1; ; version += 1) {
    const set = await prices().setBaseList({ marketplaceId, offerId, version }, listId);
    if (set.ok || set.problem.code !== "precondition_failed") return void requireValue(set);
  }
}

async function company(name: string): Promise<Company> {
  const made = await world.company(name);
  await takePart(made, { marketplaceId, operator: world.operator }, "buyer");
  return made;
}

async function group(name: string, given: PriceListRecord, priority = 0): Promise<string> {
  const { groupId } = requireValue(await prices().createGroup(marketplaceId, { name }));
  const { listId, version } = given;
  const assignments = [{ target: "customer_group", targetId: groupId, priority }] as const;
  requireValue(await prices().assignList({ marketplaceId, listId, version }, assignments));
  return groupId;
}

async function join(groupId: string, { companyId }: Company): Promise<void> {
  requireValue(await prices().addMember({ marketplaceId, groupId, companyId }));
}

type Terms = Partial<Parameters<Company["boss"]["client"]["agreements"]["draft"]>[1]["terms"]>;

async function agreed(buyer: Company, terms: Terms): Promise<string> {
  const { agreements } = vendor.boss.client;
  const paymentTerm = { kind: "net_days", days: 30 } as const;
  const draft = { buyerId: buyer.companyId, terms: { currency: "EUR", paymentTerm, ...terms } };
  const { agreementId, version } = requireValue(await agreements.draft(marketplaceId, draft));
  const proposed = requireValue(await agreements.propose({ marketplaceId, agreementId, version }));
  const key = { marketplaceId, agreementId, version: proposed.version };
  requireValue(await buyer.boss.client.agreements.accept(key));
  return agreementId;
}

type Question = NonNullable<Parameters<Company["boss"]["client"]["prices"]["of"]>[1]>;

async function ask({ boss }: Company, offerId: string, query: Question = {}): Promise<PriceAnswer> {
  return requireValue(await boss.client.prices.of({ marketplaceId, offerId }, query));
}

const told = ({ outcome, unitPrice, cause }: PriceAnswer): string =>
  outcome === "priced" ? (unitPrice ?? "") : `on request: ${cause}`;
const traced = ({ trace }: PriceAnswer): string[] =>
  trace.map(({ level, listName, verdict }) => `${level} ${listName?.replace(/ \d+$/, "")} ${verdict}`);

describe("S1 precedence, including a dearer contract", () => {
  let screw: string;
  let dear: string;
  let buyer: Company;
  let divisionId: string;
  let guest: Company;
  let goldBuyer: Company;

  beforeAll(async () => {
    [screw, dear] = [await listed(), await listed()];
    await base(screw, [
      ["1", "10.00"],
      ["100", "9.50"],
    ]);
    await base(dear, [["1", "10.00"]]);
    const gold = await list("Gold");
    await ladder(gold, screw, [["1", "9.20"]]);
    const groupId = await group("Gold", gold);
    [buyer, guest, goldBuyer] = [await company("Company A"), await company("Guest"), await company("Gold buyer")];
    await join(groupId, goldBuyer);
    await join(groupId, buyer);
    const contract = await list("Contract", { timeZone: "UTC", from: `${year}-01-01`, until: `${year + 1}-01-01` });
    await ladder(contract, screw, [
      ["1", "8.80"],
      ["500", "8.10"],
    ]);
    await ladder(contract, dear, [["1", "11.00"]]);
    const { listId } = contract;
    await agreed(buyer, { priceLists: [{ listId, priority: 0 }], from: `${year}-01-01`, until: `${year + 2}-01-01` });
    ({ divisionId } = requireValue(await buyer.boss.client.divisions.create({ name: "A1" })));
  });

  const during = `${year}-06-01T12:00:00Z`;

  test("the division below the contract's company gets its price and rung", async () => {
    const of = (quantity: string) => ask(buyer, screw, { quantity, divisionId, at: during });
    const [below, above] = [await of("499"), await of("500")];
    expect([told(below), told(above)]).toEqual(["8.8", "8.1"]);
    expect([below.amount, above.amount]).toEqual(["4391.20", "4050.00"]);
    expect(below.nextRungs).toEqual([{ minQuantity: "500", unit: "C62", price: "8.1" }]);
    expect(below.trace).toMatchObject([{ level: "agreement", distance: 0, verdict: "chosen" }, {}, {}]);
    expect(traced(below)).toEqual([
      "agreement Contract chosen",
      "customer_group Gold lower_level",
      "base Base lower_level",
    ]);
  });

  test("a guest gets the base list", async () => {
    const of = (quantity: string) => ask(guest, screw, { quantity, at: during });
    expect([told(await of("99")), told(await of("100"))]).toEqual(["10", "9.5"]);
  });

  test("a Gold buyer without a contract gets the group's price", async () => {
    const answer = await ask(goldBuyer, screw, { quantity: "499", at: during });
    expect(told(answer)).toBe("9.2");
    expect(traced(answer)).toEqual(["customer_group Gold chosen", "base Base lower_level"]);
  });

  test("at its exclusive end the contract's list is over, and an instant before it is not", async () => {
    const late = { quantity: "499", divisionId, at: `${year + 1}-01-01T00:00:00Z` };
    const answer = await ask(buyer, screw, late);
    expect(told(answer)).toBe("9.2");
    expect(traced(answer)).toEqual([
      "agreement Contract not_in_period",
      "customer_group Gold chosen",
      "base Base lower_level",
    ]);
    expect(told(await ask(buyer, screw, { ...late, at: `${year}-12-31T23:59:59.999999Z` }))).toBe("8.8");
  });

  test("a dearer contract wins", async () => {
    const answer = await ask(buyer, dear, { divisionId, at: during });
    expect(told(answer)).toBe("11");
    expect(traced(answer)).toEqual([
      "agreement Contract chosen",
      "customer_group Gold lower_level",
      "base Base lower_level",
    ]);
  });
});

describe("S2 several groups and determinism", () => {
  let buyer: Company;
  let count = 0;

  beforeAll(async () => {
    buyer = await company("Of two groups");
  });

  /** An offer with a price in each of two groups' lists, of which the buyer is in both. */
  async function twoGroups(first: number, second: number, how: { exclusive?: boolean; rows?: boolean } = {}) {
    count += 1;
    const { exclusive = false, rows = true } = how;
    const offerId = await listed();
    const [one, two] = [await list("G1", { exclusive }), await list("G2")];
    if (rows) await ladder(one, offerId, [["1", "7.00"]]);
    await ladder(two, offerId, [["1", "5.00"]]);
    const groups = [await group(`G1-${count}`, one, first), await group(`G2-${count}`, two, second)];
    for (const groupId of groups) await join(groupId, buyer);
    const answer = await ask(buyer, offerId);
    for (const groupId of groups) {
      requireValue(await prices().removeMember({ marketplaceId, groupId, companyId: buyer.companyId }));
    }
    return { answer, offerId };
  }

  test("equal priorities: the cheaper; left groups: none", async () => {
    const { answer, offerId } = await twoGroups(10, 10);
    expect(told(answer)).toBe("5");
    expect(told(await ask(buyer, offerId))).toBe("on request: no_price");
  });

  test("the higher priority first", async () => {
    expect(told((await twoGroups(20, 10)).answer)).toBe("7");
  });

  test("an exclusive list without a row: on request", async () => {
    const { answer } = await twoGroups(20, 10, { exclusive: true, rows: false });
    expect(told(answer)).toBe("on request: exclusive");
    expect(traced(answer)).toEqual(["customer_group G1 exclusive_without_row", "customer_group G2 behind_exclusive"]);
  });
});

describe("S3 quantity across the cart", () => {
  const amounts = async (buyer: Company, lines: readonly (readonly [offerId: string, quantity: string])[]) => {
    const asked = lines.map(([offerId, quantity]) => ({ offerId, quantity }));
    const { lines: answers } = requireValue(await buyer.boss.client.prices.lines(marketplaceId, { lines: asked }));
    return answers.map(({ amount }) => amount);
  };
  const rungs: Rungs = [
    ["1", "10.00"],
    ["100", "9.50"],
  ];

  test("2 of an item at 100.00 and 90.00 from 2 are 180.00", async () => {
    const buyer = await company("Adds up");
    const offerId = await listed();
    await base(offerId, [
      ["1", "100.00"],
      ["2", "90.00"],
    ]);
    expect(await amounts(buyer, [[offerId, "2"]])).toEqual(["180.00"]);
  });

  test("two lines of 60, counted together: 1,140.00; by line: 1,200.00; one alone: 600.00", async () => {
    const buyer = await company("Two dates");
    const [together, apart] = [await listed(), await listed()];
    await base(together, rungs, { tierScope: "offer" });
    await base(apart, rungs);
    const twice = (offerId: string) => [[offerId, "60"] as const, [offerId, "60"] as const];
    expect(await amounts(buyer, twice(together))).toEqual(["570.00", "570.00"]);
    expect(await amounts(buyer, twice(apart))).toEqual(["600.00", "600.00"]);
    expect(await amounts(buyer, [[together, "60"]])).toEqual(["600.00"]);
  });
});

describe("S4 units without loss", () => {
  let buyer: Company;
  beforeAll(async () => {
    buyer = await company("Exact");
  });

  test("packs of 4 at 182,193.74: 5 packs are 910,968.70, 7 pieces 318,839.05, half even 318,839.04", async () => {
    const offerId = await listed({ units: [{ unit: "PK", num: 4n }] });
    await base(offerId, [["0.25", "182193.74", "PK"]]);
    expect((await ask(buyer, offerId, { quantity: "5", unit: "PK" })).amount).toBe("910968.70");
    expect((await ask(buyer, offerId, { quantity: "7", unit: "C62" })).amount).toBe("318839.05");
    const { marketplaces } = world.operator.client;
    const { version } = requireValue(await marketplaces.get(marketplaceId));
    const changed = requireValue(await marketplaces.change(marketplaceId, { rounding: "half_even" }, version));
    expect((await ask(buyer, offerId, { quantity: "7", unit: "C62" })).amount).toBe("318839.04");
    requireValue(await marketplaces.change(marketplaceId, { rounding: "half_up" }, changed.version));
  });

  test("12,480 kg at 2,345.50 USD per tonne are 29,271.84", async () => {
    const offerId = await listed({ baseUnit: "KGM", units: [{ unit: "TNE", num: 1000n, decimals: 3 }] });
    await base(offerId, [["0.001", "2345.50", "TNE"]], { currency: "USD" });
    const answer = await ask(buyer, offerId, { quantity: "12480", unit: "KGM", currency: "USD" });
    expect([answer.amount, answer.currency, answer.basis]).toEqual([
      "29271.84",
      "USD",
      { priceBaseQuantity: "1", unit: "TNE" },
    ]);
    expect(told(await ask(buyer, offerId, { quantity: "12480", unit: "KGM" }))).toBe("on request: no_price");
  });

  test("1 t at 1.0625 USD per lb with 2,204.62262185 lb are 2,342.41", async () => {
    const tonne = { unit: "TNE", num: 220_462_262_185n, den: 100_000_000n, decimals: 3 };
    const offerId = await listed({ baseUnit: "LBR", units: [tonne] });
    await base(offerId, [["1", "1.0625", "LBR"]], { currency: "USD" });
    expect((await ask(buyer, offerId, { quantity: "1", unit: "TNE", currency: "USD" })).amount).toBe("2342.41");
  });
});

describe("S5 minimum, multiple, order minimum", () => {
  const own = { minQuantity: 48_000_000n, multiple: 24_000_000n };

  test("50 is refused with 48 and 72; an agreement's 480 of 240 refuses 500 with 480 and 720", async () => {
    const [offerId, buyer, partner] = [await listed(own), await company("Small"), await company("Large")];
    await base(offerId, [["1", "2.00"]]);
    const verdict = async (of: Company, quantity: string) => (await ask(of, offerId, { quantity })).quantityVerdict;
    expect(await verdict(buyer, "50")).toEqual({
      allowed: false,
      code: "quantity_not_multiple",
      unit: "C62",
      limit: "24",
      neighbours: { below: "48", above: "72" },
    });
    expect(await verdict(buyer, "48")).toEqual({ allowed: true });
    expect(await verdict(buyer, "24")).toMatchObject({ code: "quantity_below_minimum", limit: "48" });
    await agreed(partner, { quantityRules: [{ offerId, minQuantity: "480", multiple: "240" }] });
    expect(await verdict(partner, "500")).toMatchObject({
      code: "quantity_not_multiple",
      neighbours: { below: "480", above: "720" },
    });
    expect((await ask(partner, offerId)).quantity).toBe("480");
  });

  test("an agreement that says nothing of the multiple leaves it at 24", async () => {
    const [offerId, buyer] = [await listed(own), await company("Silent")];
    await base(offerId, [["1", "2.00"]]);
    await agreed(buyer, { quantityRules: [{ offerId, minQuantity: "240" }] });
    expect((await ask(buyer, offerId, { quantity: "250" })).quantityVerdict).toMatchObject({
      code: "quantity_not_multiple",
      neighbours: { below: "240", above: "264" },
    });
  });
});
