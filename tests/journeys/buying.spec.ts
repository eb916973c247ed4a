import { connect } from "@kontor/db";
import type { PurchaseOrderRecord } from "@kontor/protocol";
import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OfferShelf } from "../world/listed-offers.ts";
import { createOfferShelf } from "../world/listed-offers.ts";
import type { Company, Person } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { RawHttp } from "../world/raw-http.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** From the cart through approval, the vendor and payment to the payout, with the exact numbers of the scenarios. */

let world: World;
let shelf: OfferShelf;
let raw: RawHttp;
let marketplaceId: string;
let articles = 0;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  shelf = createOfferShelf(world.databaseUrl);
  raw = createRawHttp(world.url);
  requireValue(
    await world.operator.client.ledger.registerAsset(marketplaceId, { kind: "currency", currency: "EUR", scale: 2 }),
  );
}, 120_000);
afterAll(async () => {
  raw.close();
  await shelf.close();
  await world[Symbol.asyncDispose]();
});

async function company(name: string): Promise<Company> {
  const made = await world.company(name);
  await takePart(made, { marketplaceId, operator: world.operator }, "both");
  return made;
}

type Terms = { readonly minQuantity?: bigint; readonly multiple?: bigint };

/** An offer at a price for everybody, from the vendor's own list. */
async function listed(vendor: Company, price: string, terms: Terms = {}): Promise<string> {
  articles += 1;
  const partNo = `B-${articles}`;
  const offerId = await shelf.list({ marketplaceId, vendorId: vendor.companyId, partNo, ...terms });
  const { prices } = vendor.boss.client;
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: partNo, currency: "EUR" }));
  const rows = [{ unit: "C62", minQuantity: "1", price }];
  requireValue(await prices.putLadder({ marketplaceId, listId, offerId }, rows));
  for (let version = 1; ; version += 1) {
    const set = await prices.setBaseList({ marketplaceId, offerId, version }, listId);
    if (set.ok || set.problem.code !== "precondition_failed") {
      requireValue(set);
      return offerId;
    }
  }
}

const buying = ({ client }: Person) => client.buying;

async function checkedOut(who: Person, lines: readonly (readonly [string, string])[]) {
  for (const [offerId, quantity] of lines) {
    requireValue(await buying(who).cart.add({ marketplaceId }, { offerId, quantity }));
  }
  const { version } = requireValue(await buying(who).cart.read({ marketplaceId }));
  return await buying(who).cart.checkOut(marketplaceId, { checkoutId: newId() }, version);
}

describe("S5 minimum, multiple, least order", () => {
  test("50 is refused with 48 and 72; 24 and 24 are 48, and are ordered", async () => {
    const [buyer, vendor] = [await company("Five Buyer"), await company("Five Vendor")];
    const offerId = await listed(vendor, "10.00", { minQuantity: 48_000_000n, multiple: 24_000_000n });
    const { cart } = buying(buyer.boss);
    const fifty = requireValue(await cart.add({ marketplaceId }, { offerId, quantity: "50" }));
    expect(fifty.lines).toMatchObject([
      { faults: [{ code: "quantity_not_multiple", neighbours: { below: "48", above: "72" } }] },
    ]);
    const blocked = await cart.checkOut(marketplaceId, { checkoutId: newId() }, fifty.version);
    expect(blocked).toMatchObject({
      problem: { status: 409, code: "checkout_blocked", faults: [{ code: "quantity_not_multiple" }] },
    });
    const lineId = fifty.lines[0]?.lineId ?? "";
    requireValue(await cart.change({ marketplaceId, lineId }, { quantity: "24" }));
    const whole = requireValue(await cart.add({ marketplaceId }, { offerId, quantity: "24" }));
    expect(whole.lines).toMatchObject([{ quantity: "48", net: "480.00", faults: [] }]);
    const done = requireValue(await cart.checkOut(marketplaceId, { checkoutId: newId() }, whole.version));
    expect(done.orders).toMatchObject([{ number: 1, state: "placed", net: "480.00" }]);
  });

  test("a file of part numbers is ordered by its rows, each told with its number, the wrong ones with what would do", async () => {
    const [buyer, vendor] = [await company("File Buyer"), await company("File Vendor")];
    await listed(vendor, "10.00", { minQuantity: 48_000_000n, multiple: 24_000_000n });
    const partNo = `B-${articles}`;
    const { cart } = buying(buyer.boss);
    const file = (rows: readonly string[]) => ({ content: Buffer.from(rows.join("\n")).toString("base64") });
    const rows = ["Artikelnummer;Menge", `${partNo};50`, "", "nobody-has-it;1", `${partNo};1.000`, `${partNo};`];
    const { lines } = requireValue(await cart.quickOrderFile(marketplaceId, file(rows)));
    expect(lines).toMatchObject([
      { row: 2, outcome: "added", faults: [{ neighbours: { below: "48", above: "72" } }] },
      { row: 4, outcome: "unknown" },
      { row: 5, outcome: "unreadable", reason: { code: "quantity_ambiguous" } },
      { row: 6, outcome: "unreadable", reason: { code: "quantity_missing" } },
    ]);
    const right = requireValue(await cart.quickOrderFile(marketplaceId, file([`${partNo};22`])));
    expect(right.cart.lines).toMatchObject([{ lineId: lines[0]?.lineId, quantity: "72", faults: [] }]);
    expect(await cart.quickOrderFile(marketplaceId, file(["Artikelnummer;Menge"]))).toMatchObject({
      problem: { status: 422, code: "quick_order_empty" },
    });
  });

  test("a JSON number where a quantity belongs is refused by name", async () => {
    const { boss } = await company("Number Buyer");
    const path = `/v1/marketplaces/${marketplaceId}/cart/lines`;
    const headers = { ...boss.headers(), "idempotency-key": newId() };
    const { status, body } = await raw.ask({
      method: "POST",
      path,
      headers,
      body: { offerId: newId(), quantity: 12.5 },
    });
    expect([status, body]).toMatchObject([400, { code: "request_invalid", errors: [{ pointer: "/quantity" }] }]);
  });
});

describe("S8 approval, budget, hold", () => {
  test("12,400.00: the manager approves, finance rejects a line of 3,000.00, 9,400.00 are released", async () => {
    const [buyer, vendor] = [await company("Eight Buyer"), await company("Eight Vendor")];
    const [clerk, manager, finance] = await Promise.all([
      buyer.hire("buyer"),
      buyer.hire("approver"),
      buyer.hire("finance"),
    ]);
    const { approvalRules, budgets } = buying(buyer.boss).terms;
    const role = (name: "approver" | "finance") => {
      return { needs: "any" as const, deciders: [{ kind: "role" as const, role: name }] };
    };
    for (const [amount, tiers] of [
      ["1000.00", [role("approver")]],
      ["10000.00", [role("approver"), role("finance")]],
    ] as const) {
      const condition = { amountFrom: { currency: "EUR", amount } };
      const rule = { name: `From ${amount}`, position: 0, condition, tiers: [...tiers], active: true };
      requireValue(await approvalRules.create(marketplaceId, rule));
    }
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const budget = { name: "Month", validFrom: from, validUntil: until, currency: "EUR", amount: "20000.00" };
    const { budgetId } = requireValue(await budgets.create(marketplaceId, { ...budget, mode: "block" }));
    const [drill, saw] = [await listed(vendor, "94.00"), await listed(vendor, "30.00")];
    const { sql, close } = connect(world.databaseUrl, { max: 1 });
    await sql`insert into stock_levels (offer_id, on_hand) values (${drill}, 100000000), (${saw}, 100000000)`;
    await close();
    const { orders } = requireValue(
      await checkedOut(clerk, [
        [drill, "100"],
        [saw, "100"],
      ]),
    );
    const key = { marketplaceId, orderId: orders[0]?.orderId ?? "" };
    expect(orders).toMatchObject([{ state: "awaiting_approval", total: "12400.00" }]);
    expect(requireValue(await budgets.get({ marketplaceId, budgetId }))).toMatchObject({ held: "12400.00" });
    expect(await buying(vendor.boss).orders.get(key)).toMatchObject({ problem: { code: "purchase_order_unknown" } });
    const more = await checkedOut(buyer.boss, [[saw, "1"]]);
    expect(more).toMatchObject({ problem: { code: "checkout_blocked", faults: [{ code: "stock_insufficient" }] } });

    const approve = { verdict: "approve" as const, rejectedLines: [], reason: "" };
    const own = await buying(clerk).orders.decide(key, approve);
    expect(own).toMatchObject({ problem: { status: 403, code: "own_order_undecidable" } });
    const early = await buying(finance).orders.decide(key, approve);
    expect(early).toMatchObject({ problem: { code: "decider_not_asked", rules: [{ name: "From 1000.00" }, {}] } });
    requireValue(await buying(manager).orders.decide(key, approve));
    const part = { verdict: "approve" as const, rejectedLines: [2], reason: "no saws" };
    const released = requireValue(await buying(finance).orders.decide(key, part));
    expect(released).toMatchObject({ state: "placed", total: "9400.00" });
    expect(requireValue(await budgets.get({ marketplaceId, budgetId }))).toMatchObject({ held: "9400.00" });
    const seen = requireValue(await buying(vendor.boss).orders.get(key));
    expect([seen.lines.map(({ lineNo }) => lineNo), seen.approval]).toEqual([[1], undefined]);
    requireValue(await buying(vendor.boss).orders.answer(key, { lines: [] }));
    const spent = requireValue(await budgets.get({ marketplaceId, budgetId }));
    expect(spent).toMatchObject({ held: "0.00", spent: "9400.00", left: "10600.00" });
  });
});

describe("S9 split, commission, payout", () => {
  test("714.29, 238.09 and 47.62 of 1,000.00; B is paid 301.33, and gives 90.40 of a refund back", async () => {
    const { operator } = world;
    const commissions = [{ ruleId: "all", percent: "8", bounds: [] }];
    const money = buying(operator).money;
    requireValue(
      await buying(operator).terms.write(marketplaceId, { approvalDays: 7, commissionVat: "20", commissions }),
    );
    const [buyer, a, b, c] = [
      await company("Nine Buyer"),
      await company("Nine A"),
      await company("Nine B"),
      await company("Nine C"),
    ];
    const offers = [await listed(a, "1000.00"), await listed(b, "333.33"), await listed(c, "66.67")];
    const { checkoutId, orders } = requireValue(
      await checkedOut(
        buyer.boss,
        offers.map((offerId) => [offerId, "1"] as const),
      ),
    );
    const orderOf = ({ companyId }: Company): PurchaseOrderRecord | undefined =>
      orders.find(({ vendorId }) => vendorId === companyId);
    const keyOf = (vendor: Company) => ({ marketplaceId, orderId: orderOf(vendor)?.orderId ?? "" });
    for (const vendor of [a, b, c]) requireValue(await buying(vendor.boss).orders.answer(keyOf(vendor), { lines: [] }));
    const foreign = await buying(a.boss).orders.get(keyOf(b));
    expect(foreign).toMatchObject({ problem: { status: 404, code: "purchase_order_unknown" } });

    const requestId = newId();
    requireValue(
      await buyer.boss.client.ledger.deposits.request(marketplaceId, { requestId, assetId: "EUR", amount: "2000" }),
    );
    requireValue(await operator.client.ledger.deposits.confirm({ marketplaceId, requestId }));
    const pay = (amount: string) =>
      money.capture(marketplaceId, { paymentId: newId(), checkoutId, currency: "EUR", amount });
    const { parts } = requireValue(await pay("1000.00"));
    const shares = [a, b, c].map(({ companyId }) => parts.find(({ vendorId }) => vendorId === companyId)?.amount);
    expect(shares).toEqual(["714.29", "238.09", "47.62"]);
    requireValue(await pay("400.00"));
    expect(await pay("0.01")).toMatchObject({ problem: { code: "payment_above_order", left: "0.00" } });
    const payout = (vendor: Company) => {
      return money.payOut(marketplaceId, { payoutId: newId(), vendorId: vendor.companyId, currency: "EUR" });
    };
    expect(requireValue(await payout(b))).toMatchObject({ amount: "301.33" });
    const refund = { refundId: newId(), ...keyOf(b), lineNo: 1, amount: "100.00", reason: "broken" };
    const { marketplaceId: _, ...input } = refund;
    expect(requireValue(await money.refund(marketplaceId, input))).toMatchObject({ amount: "-90.40" });
    expect(await payout(b)).toMatchObject({ problem: { code: "payout_not_due", owed: "-90.40" } });
    const entries = await buying(b.boss).money.entries(marketplaceId).all();
    expect(
      entries.map(({ kind, gross, commission, commissionVat, amount }) => [
        kind,
        gross,
        commission,
        commissionVat,
        amount,
      ]),
    ).toEqual([
      ["refund", "-100.00", "-8.00", "-1.60", "-90.40"],
      ["sale", "333.33", "26.67", "5.33", "301.33"],
    ]);
    expect(await buying(a.boss).money.entries(marketplaceId, { vendorId: b.companyId }).all()).toEqual([]);
    const accounts = await operator.client.ledger.accounts(marketplaceId, { assetId: "EUR" }).all();
    const cents = accounts.map(({ balance }) => Number(balance.replace(".", "")));
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(0);
  });
});
