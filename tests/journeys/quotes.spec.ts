import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OfferShelf } from "../world/listed-offers.ts";
import { createOfferShelf } from "../world/listed-offers.ts";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Prices that are asked for, and kept: the scenario of the quote lock with its exact numbers, and the project estimate. */

let world: World;
let shelf: OfferShelf;
let vendor: Company;
let rival: Company;
let buyer: Company;
let marketplaceId: string;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  shelf = createOfferShelf(world.databaseUrl);
  const operator = { marketplaceId, operator: world.operator };
  vendor = await world.company("Quotes Vendor");
  rival = await world.company("Quotes Rival");
  buyer = await world.company("Quotes Buyer");
  await takePart(vendor, operator, "supplier");
  await takePart(rival, operator, "supplier");
  await takePart(buyer, operator, "buyer");
}, 120_000);
afterAll(async () => {
  await shelf.close();
  await world[Symbol.asyncDispose]();
});

const client = ({ boss }: Company) => boss.client;
const dayMs = 86_400_000;
const inDays = (days: number) => world.clock.instantIn(days * dayMs);

async function listed(partNo: string): Promise<{ readonly offerId: string; readonly listId: string }> {
  const offerId = await shelf.list({ marketplaceId, vendorId: vendor.companyId, partNo });
  const { prices } = client(vendor);
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: partNo, currency: "EUR" }));
  await setPrice({ offerId, listId }, "7.50");
  requireValue(await prices.setBaseList({ marketplaceId, offerId, version: 1 }, listId));
  return { offerId, listId };
}

async function setPrice({ offerId, listId }: { offerId: string; listId: string }, price: string): Promise<void> {
  const rung = { unit: "C62", minQuantity: "1", price };
  requireValue(await client(vendor).prices.putLadder({ marketplaceId, listId, offerId }, [rung]));
}

/** A request for 500 at 6.90, with the vendor and a rival. */
async function asked(offerId: string) {
  const lines = [{ offerId, quantity: "500", unit: "C62", targetPrice: "6.90" }];
  const vendorIds = [vendor.companyId, rival.companyId];
  const draft = { title: "Screws", currency: "EUR", dueAt: inDays(30), vendorIds, lines };
  const { requestId, version } = requireValue(await client(buyer).quotes.ask(marketplaceId, draft));
  const key = { marketplaceId, requestId };
  requireValue(await client(buyer).quotes.sendRequest({ ...key, version }));
  return key;
}

type RequestKey = Awaited<ReturnType<typeof asked>>;
type Quoted = readonly [validDays: number, ...rungs: (readonly [quantity: string, price: string])[]];

async function quoted(key: RequestKey, offerId: string, [validDays, ...rungs]: Quoted) {
  const tiers = rungs.map(([quantity, price]) => ({ quantity, price, unit: "C62" }));
  const version = {
    currency: "EUR",
    validUntil: inDays(validDays),
    leadTimeDays: 5,
    lines: [{ lineNo: 1, offerId, tiers }],
  };
  return requireValue(await client(vendor).quotes.send(key, version));
}

const taken = (quantity: string, version = 1) => ({
  acceptanceId: newId(),
  version,
  lines: [{ lineNo: 1, quantity, unit: "C62" }],
});

describe("S7 quote lock", () => {
  test("500 at 7.10, 1,000 at 6.75: lists rise, a promotion starts, and 1,000 are 6,750.00 exactly", async () => {
    const article = await listed("LOCK-1");
    const request = await asked(article.offerId);
    const { quoteId } = await quoted(request, article.offerId, [14, ["500", "7.10"], ["1000", "6.75"]]);
    await setPrice(article, "8.00");
    const effect = { kind: "percent", percent: "10" } as const;
    const promotion = { name: "Ten percent", condition: { kind: "seasonal" }, effect, bearer: "vendor" } as const;
    requireValue(await client(vendor).prices.promotions.create(marketplaceId, promotion));
    const before = requireValue(
      await client(buyer).prices.of({ marketplaceId, offerId: article.offerId }, { quantity: "1000" }),
    );
    expect(before.unitPrice).toBe("7.2");

    const key = { marketplaceId, quoteId };
    const refused = await client(buyer).quotes.order(key, taken("900"));
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: "quote_quantity_not_offered", neighbours: { below: "500", above: "1000" } },
    });
    const accepted = requireValue(await client(buyer).quotes.order(key, taken("1000")));
    const order = requireValue(await client(buyer).buying.orders.get({ marketplaceId, orderId: accepted.outcomeId }));
    expect(order).toMatchObject({ total: "6750.00", state: "placed", vendorId: vendor.companyId });
    expect(order.lines).toMatchObject([{ quantity: "1000", price: { unitPrice: "6.75" }, net: "6750.00" }]);
    const after = requireValue(
      await client(buyer).prices.of({ marketplaceId, offerId: article.offerId }, { quantity: "1000" }),
    );
    expect(after.unitPrice).toBe("7.2");
  });

  test("after its last day it is refused; a new version takes its place, and the first stays readable", async () => {
    const { offerId } = await listed("LOCK-2");
    const request = await asked(offerId);
    const first = await quoted(request, offerId, [2, ["500", "7.10"]]);
    const key = { marketplaceId, quoteId: first.quoteId };
    world.clock.skip(3 * dayMs);
    expect(await client(buyer).quotes.order(key, taken("500"))).toMatchObject({ problem: { code: "quote_expired" } });
    const second = await quoted(request, offerId, [14, ["900", "6.80"]]);
    expect(second.version).toBe(2);
    const seen = requireValue(await client(buyer).quotes.get(key));
    expect(seen.versions.map(({ version, lines }) => [version, lines[0]?.tiers[0]?.price])).toEqual([
      [1, "7.1"],
      [2, "6.8"],
    ]);
    expect(await client(buyer).quotes.order(key, taken("900"))).toMatchObject({
      problem: { code: "quote_superseded", version: 2 },
    });
    const { outcomeId } = requireValue(await client(buyer).quotes.order(key, taken("900", 2)));
    const order = requireValue(await client(buyer).buying.orders.get({ marketplaceId, orderId: outcomeId }));
    expect(order.total).toBe("6120.00");
  });

  test("a rival learns of the request alone, the buyer compares", async () => {
    const { offerId } = await listed("LOCK-3");
    const request = await asked(offerId);
    const { quoteId } = await quoted(request, offerId, [14, ["500", "7.10"]]);
    const shown = requireValue(await client(rival).quotes.request(request));
    expect(shown.vendors.map(({ vendorId }) => vendorId)).toEqual([rival.companyId]);
    for (const refused of [
      await client(rival).quotes.get({ marketplaceId, quoteId }),
      await client(rival).quotes.compare(request),
      await client(rival).quotes.order({ marketplaceId, quoteId }, taken("500")),
    ]) {
      expect(refused).toMatchObject({ ok: false, problem: { status: 404 } });
    }
    expect(await client(rival).quotes.list(marketplaceId).all()).toEqual([]);
    requireValue(await client(buyer).quotes.weigh({ marketplaceId, quoteId }, { amount: "25.00", note: "unloading" }));
    const { quotes } = requireValue(await client(buyer).quotes.compare(request));
    expect(quotes).toMatchObject([
      { ownTotal: "3550.00", addition: "25.00", total: "3575.00", rank: 1, leadTimeRank: 1 },
    ]);
    expect(requireValue(await client(vendor).quotes.get({ marketplaceId, quoteId }))).not.toHaveProperty("addition");
    expect(requireValue(await client(rival).quotes.declineRequest(request, "no stock")).vendors).toMatchObject([
      { reason: "no stock" },
    ]);
  });
});

test("a project estimate becomes a request for quotes and lines of a cart", async () => {
  const { offerId } = await listed("HALL-1");
  const lines = [
    { offerId, quantity: "10", unit: "C62" },
    { description: "A crane for a day", quantity: "1", unit: "DAY" },
  ];
  const { estimates } = client(buyer);
  const made = requireValue(await estimates.create(marketplaceId, { name: "Hall 3", currency: "EUR", lines }));
  const key = { marketplaceId, estimateId: made.estimateId, version: 1 };
  requireValue(await estimates.addVersion(key, { currency: "EUR", lines: lines.slice(0, 1) }));
  expect(requireValue(await estimates.get(key)).lines).toHaveLength(2);
  const asking = { title: "Hall 3", dueAt: inDays(7), vendorIds: [vendor.companyId] };
  const request = requireValue(await estimates.askQuotes(key, asking));
  expect(request).toMatchObject({ state: "draft", estimate: { estimateId: made.estimateId, version: 1 } });
  const { left } = requireValue(await estimates.toCart(key));
  expect(left).toMatchObject([{ lineNo: 2, problem: { code: "offer_not_available" } }]);
  const cart = requireValue(await client(buyer).buying.cart.read({ marketplaceId }));
  expect(cart.lines).toMatchObject([{ offerId, quantity: "10" }]);
  const foreign = await client(vendor).estimates.get(key);
  expect(foreign).toMatchObject({ ok: false, problem: { code: "estimate_unknown" } });
});
