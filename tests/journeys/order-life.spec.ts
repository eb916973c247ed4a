import { connect } from "@kontor/db";
import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OfferShelf } from "../world/listed-offers.ts";
import { createOfferShelf } from "../world/listed-offers.ts";
import type { Company, Person } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** A confirmed order to its end, as its buyer, its vendor and the operator do it through the client. */

let world: World;
let shelf: OfferShelf;
let marketplaceId: string;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  shelf = createOfferShelf(world.databaseUrl);
  requireValue(
    await world.operator.client.ledger.registerAsset(marketplaceId, { kind: "currency", currency: "EUR", scale: 2 }),
  );
}, 120_000);
afterAll(async () => {
  await shelf.close();
  await world[Symbol.asyncDispose]();
});

async function company(name: string): Promise<Company> {
  const made = await world.company(name);
  await takePart(made, { marketplaceId, operator: world.operator }, "both");
  return made;
}

const buying = ({ client }: Person) => client.buying;

/** Ten pieces at 10.00 that the vendor has confirmed, with freight of 5.00 at 19 %, of fifty in stock. */
async function confirmedOrder(buyer: Company, vendor: Company) {
  const offerId = await shelf.list({ marketplaceId, vendorId: vendor.companyId, partNo: "L-1" });
  const { prices } = vendor.boss.client;
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: "Life", currency: "EUR" }));
  const rows = [{ unit: "C62", minQuantity: "1", price: "10.00" }];
  requireValue(await prices.putLadder({ marketplaceId, listId, offerId }, rows));
  for (let version = 1; ; version += 1) {
    const set = await prices.setBaseList({ marketplaceId, offerId, version }, listId);
    if (set.ok || set.problem.code !== "precondition_failed") {
      requireValue(set);
      break;
    }
  }
  const freight = { amount: "5.00", taxPercent: "19" };
  requireValue(await buying(vendor.boss).terms.writeFreight({ marketplaceId, currency: "EUR" }, freight));
  const { sql, close } = connect(world.databaseUrl, { max: 1 });
  await sql`insert into stock_levels (offer_id, on_hand) values (${offerId}, 50000000)`;
  await close();
  const { cart, orders } = buying(buyer.boss);
  const { version } = requireValue(await cart.add({ marketplaceId }, { offerId, quantity: "10" }));
  const done = requireValue(await cart.checkOut(marketplaceId, { checkoutId: newId() }, version));
  const orderId = done.orders[0]?.orderId ?? "";
  requireValue(await buying(vendor.boss).orders.answer({ marketplaceId, orderId }, { lines: [] }));
  const now = async () => {
    const order = requireValue(await orders.get({ marketplaceId, orderId }));
    return { marketplaceId, orderId, version: order.version };
  };
  return { orderId, offerId, checkoutId: done.checkoutId, now };
}

test("sent in two parts, received short, one returned, the rest cancelled; both sides read the same", async () => {
  const [buyer, vendor, other] = [
    await company("Life Buyer"),
    await company("Life Vendor"),
    await company("Life Other"),
  ];
  const { operator } = world;
  const { orderId, checkoutId, now } = await confirmedOrder(buyer, vendor);
  const [buys, sells] = [buying(buyer.boss).deliveries, buying(vendor.boss).deliveries];
  const shippedOn = "2026-11-24";

  const stale = { ...(await now()), version: 1 };
  expect(await sells.ship(stale, { shippedOn })).toMatchObject({
    problem: { status: 412, code: "precondition_failed" },
  });
  const foreign = await buying(other.boss).deliveries.ship(await now(), { shippedOn });
  expect(foreign).toMatchObject({ problem: { status: 404, code: "purchase_order_unknown" } });
  const byBuyer = await buys.ship(await now(), { shippedOn });
  expect(byBuyer).toMatchObject({ problem: { status: 404, code: "purchase_order_unknown" } });

  const noDay = await sells.ship(await now(), { shippedOn: "2026-02-31" });
  expect(noDay).toMatchObject({ problem: { status: 400, errors: [{ pointer: "/shippedOn" }] } });

  const first = { shippedOn, carrier: "Forwarder", tracking: "T-1", lines: [{ lineNo: 1, quantity: "4" }] };
  const sent = requireValue(await sells.ship(await now(), first));
  expect(sent).toMatchObject({ state: "confirmed", fulfilment: "partly_shipped", total: "105.95", chargesTax: "0.95" });
  const more = await sells.ship(await now(), { ...first, lines: [{ lineNo: 1, quantity: "7" }] });
  expect(more).toMatchObject({ problem: { status: 409, code: "quantity_not_open", limit: "6", lineNo: 1 } });
  const short = [{ lineNo: 1, received: "3", damaged: "0", reason: "one is missing" }];
  requireValue(await buys.receive(await now(), 1, short));
  requireValue(
    await buys.ask(await now(), { kind: "return", reason: "not delivered", lines: [{ lineNo: 1, quantity: "1" }] }),
  );
  expect(requireValue(await sells.answer(await now(), 1, { answer: "accept" }))).toMatchObject({ credited: "10.00" });

  const requestId = newId();
  const deposit = { requestId, assetId: "EUR", amount: "500" };
  requireValue(await buyer.boss.client.ledger.deposits.request(marketplaceId, deposit));
  requireValue(await operator.client.ledger.deposits.confirm({ marketplaceId, requestId }));
  const payment = { paymentId: newId(), checkoutId, currency: "EUR", amount: "95.95" };
  requireValue(await buying(operator).money.capture(marketplaceId, payment));

  requireValue(await buys.ask(await now(), { kind: "cancellation", reason: "no need" }));
  expect(await sells.answer(await now(), 2, { answer: "refuse", reason: "half is packed" })).toMatchObject({
    ok: true,
  });
  expect(await buys.withdraw(await now(), 2)).toMatchObject({ problem: { code: "reduction_decided" } });
  requireValue(await sells.ship(await now(), { shippedOn, lines: [{ lineNo: 1, quantity: "3" }] }));
  const over = requireValue(await sells.cancelUndeliverable(await now(), { reason: "no steel" }));
  expect(over).toMatchObject({ fulfilment: "shipped", credited: "40.00", refunded: "30.00", due: "0.00" });
  requireValue(await buys.receive(await now(), 2));

  const [asBuyer, asVendor] = [buyer, vendor].map(({ boss }) => buying(boss).orders.get({ marketplaceId, orderId }));
  const order = requireValue(await (asBuyer ?? Promise.reject(new Error("nobody buys"))));
  expect(order).toMatchObject({
    fulfilment: "received",
    lines: [
      {
        quantity: "10",
        delivery: { open: "0", shipped: "7", cancelled: "3", received: "6", missing: "1", returned: "1" },
      },
    ],
    shipments: [{ tracking: "T-1", receivedBy: buyer.boss.userId }, { shipmentNo: 2 }],
    reductions: [{ state: "accepted" }, { state: "refused", answer: "half is packed" }, { side: "vendor" }],
  });
  const seen = requireValue(await (asVendor ?? Promise.reject(new Error("nobody sells"))));
  expect(seen.history).toEqual(order.history);
  expect([seen.shipments, seen.reductions]).toEqual([order.shipments, order.reductions]);
  const entries = await buying(vendor.boss).money.entries(marketplaceId).all();
  expect(entries.map(({ gross }) => gross).sort()).toEqual(["-30.00", "95.95"]);
  const accounts = await operator.client.ledger.accounts(marketplaceId, { assetId: "EUR" }).all();
  const cents = accounts.map(({ balance }) => Number(balance.replace(".", "")));
  expect(cents.reduce((sum, one) => sum + one, 0)).toBe(0);
});
