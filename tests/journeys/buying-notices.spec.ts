import type { NoticeRecord } from "@kontor/protocol";
import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OfferShelf } from "../world/listed-offers.ts";
import { createOfferShelf } from "../world/listed-offers.ts";
import type { NoticeWatch } from "../world/notices.ts";
import { watchNotices } from "../world/notices.ts";
import type { Company, Person } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** What buying tells over real sockets, to whom, and to nobody else; and standing orders as those who keep them see them. */

const dayMs = 86_400_000;
let world: World;
let shelf: OfferShelf;
let marketplaceId: string;
let buyer: Company;
let vendor: Company;
let clerk: Person;
let manager: Person;
let watched: Readonly<Record<"clerk" | "manager" | "boss" | "vendor", NoticeWatch>>;

beforeAll(async () => {
  world = await createWorld({ buying: { tellMs: 20, dueMs: 20 } });
  ({ marketplaceId } = world);
  shelf = createOfferShelf(world.databaseUrl);
  [buyer, vendor] = [await world.company("Told Buyer"), await world.company("Told Vendor")];
  await takePart(buyer, { marketplaceId, operator: world.operator }, "buyer");
  await takePart(vendor, { marketplaceId, operator: world.operator }, "supplier");
  // Sessions last a week, and the tests skip days.
  const terms = { approvalDays: 1, commissionVat: "0", commissions: [] };
  requireValue(await world.operator.client.buying.terms.write(marketplaceId, terms));
  [clerk, manager] = [await buyer.hire("buyer"), await buyer.hire("approver")];
  watched = {
    clerk: await watchNotices(clerk),
    manager: await watchNotices(manager),
    boss: await watchNotices(buyer.boss),
    vendor: await watchNotices(vendor.boss),
  };
}, 120_000);
afterAll(async () => {
  await shelf.close();
  await world[Symbol.asyncDispose]();
});

type Article = { readonly offerId: string; readonly listId: string };

async function listed(partNo: string): Promise<Article> {
  const offerId = await shelf.list({ marketplaceId, vendorId: vendor.companyId, partNo });
  const { prices } = vendor.boss.client;
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: partNo, currency: "EUR" }));
  await setPrice({ offerId, listId }, "10.00");
  requireValue(await prices.setBaseList({ marketplaceId, offerId, version: 1 }, listId));
  return { offerId, listId };
}

async function setPrice({ offerId, listId }: Article, price: string): Promise<void> {
  const rung = { unit: "C62", minQuantity: "1", price };
  requireValue(await vendor.boss.client.prices.putLadder({ marketplaceId, listId, offerId }, [rung]));
}

async function ordered(who: Person, offerId: string, quantity: string): Promise<string> {
  const { cart } = who.client.buying;
  const { version } = requireValue(await cart.add({ marketplaceId }, { offerId, quantity }));
  const { orders } = requireValue(await cart.checkOut(marketplaceId, { checkoutId: newId() }, version));
  return orders[0]?.orderId ?? "";
}

const kinds = ({ all }: NoticeWatch, orderId: string) =>
  all.filter(({ data }) => data["orderId"] === orderId).map(({ kind }) => kind);

describe("an order on its way", () => {
  test("asks who may decide, tells who asked, the vendor, and the buyer again; the list has what the sockets had", async () => {
    const { approvalRules } = buyer.boss.client.buying.terms;
    const deciders = [{ kind: "person" as const, userId: manager.userId }];
    const condition = { amountFrom: { currency: "EUR", amount: "500.00" } };
    const tiers = [{ needs: "any" as const, deciders }];
    requireValue(
      await approvalRules.create(marketplaceId, { name: "500", position: 0, condition, tiers, active: true }),
    );
    const { offerId } = await listed("TOLD-1");
    const orderId = await ordered(clerk, offerId, "60");
    const asked = await watched.manager.about("approval_asked", "orderId", orderId);
    expect(asked).toMatchObject({ userId: manager.userId, data: { total: "600.00", requestedBy: clerk.userId } });
    const approval = { verdict: "approve" as const, rejectedLines: [], reason: "" };
    requireValue(await manager.client.buying.orders.decide({ marketplaceId, orderId }, approval));
    await watched.clerk.about("purchase_order_approved", "orderId", orderId);
    await watched.vendor.about("purchase_order_placed", "orderId", orderId);
    const less = { lineNo: 1, answer: "propose" as const, quantity: "40", reason: "not more" };
    requireValue(await vendor.boss.client.buying.orders.answer({ marketplaceId, orderId }, { lines: [less] }));
    for (const who of ["clerk", "manager", "boss"] as const) {
      await watched[who].about("purchase_order_proposed", "orderId", orderId);
    }
    const consent = { refusedLines: [] };
    requireValue(await clerk.client.buying.orders.answerProposals({ marketplaceId, orderId }, consent));
    const answered = await watched.vendor.about("proposals_answered", "orderId", orderId);
    expect(answered.data).toMatchObject({ acceptedLines: [1], total: "400.00" });
    expect({
      clerk: kinds(watched.clerk, orderId),
      manager: kinds(watched.manager, orderId),
      boss: kinds(watched.boss, orderId),
      vendor: kinds(watched.vendor, orderId),
    }).toEqual({
      clerk: ["purchase_order_approved", "purchase_order_proposed"],
      manager: ["approval_asked", "purchase_order_proposed"],
      boss: ["purchase_order_proposed"],
      vendor: ["purchase_order_placed", "proposals_answered"],
    });

    const listedTo = async ({ client }: Person): Promise<readonly NoticeRecord[]> => await client.notices.list().all();
    const own = (await listedTo(manager)).filter(({ data }) => data["orderId"] === orderId);
    expect(own.map(({ kind }) => kind).toSorted()).toEqual(kinds(watched.manager, orderId).toSorted());
    expect(own.find(({ kind }) => kind === "approval_asked")).toMatchObject({ noticeId: asked.noticeId });
    expect((await listedTo(buyer.boss)).some(({ kind }) => kind === "approval_asked")).toBe(false);
    expect(requireValue(await buyer.boss.client.notices.markRead([asked.noticeId]))).toBe(0);
    expect(requireValue(await manager.client.notices.markRead([asked.noticeId]))).toBe(1);
  });

  test("that nobody approves in time ends, and who asked is told; what a vendor refuses, or a buyer cancels, is told", async () => {
    const { offerId } = await listed("TOLD-2");
    const late = await ordered(clerk, offerId, "60");
    await watched.manager.about("approval_asked", "orderId", late);
    world.clock.skip(dayMs + 1_000);
    await watched.clerk.about("purchase_order_expired", "orderId", late);
    const unwanted = await ordered(clerk, offerId, "1");
    await watched.vendor.about("purchase_order_placed", "orderId", unwanted);
    const lines = [{ lineNo: 1, answer: "refuse" as const, reason: "sold out" }];
    const key = { marketplaceId, orderId: unwanted };
    requireValue(await vendor.boss.client.buying.orders.answer(key, { lines }));
    const refused = await watched.clerk.about("purchase_order_refused", "orderId", unwanted);
    expect(refused.data).toMatchObject({ reason: "sold out" });
    const cancelled = await ordered(clerk, offerId, "2");
    requireValue(await clerk.client.buying.orders.cancel({ marketplaceId, orderId: cancelled }, "too late"));
    await watched.vendor.about("purchase_order_cancelled", "orderId", cancelled);
    expect(kinds(watched.vendor, late)).toEqual([]);
  });
});

test("a request, a quote, what becomes of it, and a review are told to the other side", async () => {
  const { offerId } = await listed("TOLD-3");
  const lines = [{ offerId, quantity: "10", unit: "C62" }];
  const dueAt = world.clock.instantIn(30 * dayMs);
  const draft = { title: "Screws", currency: "EUR", dueAt, vendorIds: [vendor.companyId], lines };
  const asked = requireValue(await clerk.client.quotes.ask(marketplaceId, draft));
  const request = { marketplaceId, requestId: asked.requestId };
  requireValue(await clerk.client.quotes.sendRequest({ ...request, version: asked.version }));
  await watched.vendor.about("quote_requested", "requestId", request.requestId);
  const send = async (days: number) => {
    const tiers = [{ quantity: "10", price: "9.00", unit: "C62" }];
    const validUntil = world.clock.instantIn(days * dayMs);
    const version = { currency: "EUR", validUntil, lines: [{ lineNo: 1, offerId, tiers }] };
    return requireValue(await vendor.boss.client.quotes.send(request, version));
  };
  const { quoteId } = await send(1);
  await watched.clerk.about("quote_received", "quoteId", quoteId);
  world.clock.skip(dayMs + 1_000);
  await watched.vendor.about("quote_expired", "quoteId", quoteId);
  await watched.boss.about("quote_expired", "quoteId", quoteId);
  await send(5);
  const taken = { acceptanceId: newId(), version: 2, lines: [{ lineNo: 1, quantity: "10", unit: "C62" }] };
  requireValue(await clerk.client.quotes.order({ marketplaceId, quoteId }, taken));
  const accepted = await watched.vendor.about("quote_accepted", "quoteId", quoteId);
  expect(accepted.data).toMatchObject({ outcome: "order", version: 2, lines: [1], buyerId: buyer.companyId });
  expect(watched.vendor.all.filter(({ kind }) => kind === "quote_expired")).toHaveLength(1);

  const { version } = requireValue(await vendor.boss.client.offers.get({ marketplaceId, offerId }));
  requireValue(await world.operator.client.offers.reject({ marketplaceId, offerId, version }, "a clone"));
  const reviewed = await watched.vendor.about("offer_reviewed", "offerId", offerId);
  expect(reviewed.data).toMatchObject({ verdict: "rejected", reason: "a clone" });
});

describe("a standing order", () => {
  test("is reminded of, ordered on its day, asks before it pays more, and is ordered when somebody consents", async () => {
    const article = await listed("TOLD-4");
    const { standingOrders } = clerk.client;
    const today = world.clock.instantIn(0).slice(0, 10);
    const later = (days: number) => new Date(Date.parse(today) + days * dayMs).toISOString().slice(0, 10);
    const lines = [{ offerId: article.offerId, quantity: "5" }];
    const rule = { unit: "day" as const, every: 1, shift: "none" as const };
    const draft = { name: "Gloves", rule, startOn: later(2), remindDays: 1, lines };
    const plan = requireValue(await standingOrders.create(marketplaceId, draft));
    const { standingOrderId } = plan;
    const key = { marketplaceId, standingOrderId };
    world.clock.skip(dayMs);
    const due = await watched.clerk.about("standing_order_due", "standingOrderId", standingOrderId);
    expect(due.data).toMatchObject({ date: later(2), days: 1, name: "Gloves" });
    world.clock.skip(dayMs);
    const done = await watched.boss.about("standing_order_ordered", "date", later(2));
    const [orderId] = done.data["orderIds"] as readonly string[];
    await watched.vendor.about("purchase_order_placed", "orderId", orderId ?? "");
    const order = requireValue(await clerk.client.buying.orders.get({ marketplaceId, orderId: orderId ?? "" }));
    expect(order).toMatchObject({ net: "50.00", requestedBy: clerk.userId });

    await setPrice(article, "12.00");
    world.clock.skip(dayMs);
    const asked = await watched.clerk.about("price_consent_asked", "date", later(3));
    expect(asked.data).toMatchObject({ lines: [{ lineNo: 1, currency: "EUR", before: "10", after: "12" }] });
    const { version } = requireValue(await standingOrders.get(key));
    const date = { ...key, version, date: later(3) };
    const foreign = await vendor.boss.client.standingOrders.consent(date, { answer: "skip" });
    expect(foreign).toMatchObject({ ok: false, problem: { status: 404, code: "standing_order_unknown" } });
    const prices = [{ lineNo: 1, unitPrice: "12.00" }];
    const agreed = requireValue(await standingOrders.consent(date, { answer: "from_now_on", prices }));
    expect(agreed.lines).toMatchObject([{ agreed: { unitPrice: "12" } }]);
    await watched.clerk.about("standing_order_ordered", "date", later(3));
    const skipped = requireValue(await standingOrders.skipDate({ ...key, version: agreed.version, date: later(4) }));
    expect(skipped.dates.slice(0, 3).map(({ state }) => state)).toEqual(["ordered", "ordered", "skipped"]);
    const paused = requireValue(await standingOrders.pause({ ...key, version: skipped.version }));
    const resumed = requireValue(await standingOrders.resume({ ...key, version: paused.version }));
    const change = { name: "More gloves", lines: [{ offerId: article.offerId, quantity: "6" }] };
    const changed = requireValue(await standingOrders.change({ ...key, version: resumed.version }, change));
    expect(changed).toMatchObject({ name: "More gloves", lines: [{ quantity: "6", agreed: { unitPrice: "12" } }] });
    const ended = requireValue(await standingOrders.end({ ...key, version: changed.version }));
    expect(ended.state).toBe("ended");
    expect(await standingOrders.list(marketplaceId, { state: "ended" }).all()).toMatchObject([{ standingOrderId }]);
  });
});
