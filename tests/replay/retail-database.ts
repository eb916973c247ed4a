import { randomUUID } from "node:crypto";
import * as catalog from "@kontor/catalog";
import type { Answered, BuyingEngine, Connection } from "@kontor/db";
import {
  connect,
  createAssetRequestRepository,
  createBooksRepository,
  createBuyingTermsRepository,
  createCartRepository,
  createLedgerRepository,
  createOrderMoneyRepository,
  createPurchaseOrderRepository,
} from "@kontor/db";
import { createTestDatabase } from "@kontor/db/testing";
import type { Actor, Micros } from "@kontor/kernel";
import { formatDecimal, systemActor } from "@kontor/kernel";
import type { PurchaseOrderRecord } from "@kontor/protocol";
import { createOfferShelf } from "../world/listed-offers.ts";
import type { RetailOrder } from "./retail-orders.ts";
import type { RetailRow } from "./retail-records.ts";

const marketplaceId = "retail";
const [buyerId, vendorId] = ["customer", "wholesaler"];
const member = (companyId: string): Actor => ({
  kind: "member",
  userId: `${companyId}-clerk`,
  companyId,
  marketplaceId,
});
const [buyer, vendor] = [member(buyerId), member(vendorId)];
const operator: Actor = { kind: "operator", userId: "operator", companyId: null, marketplaceId };
const at: Micros = 1_795_348_800_000_000;
const engine: BuyingEngine = { ...catalog, exponentOf: () => 2 };
/** More of each article than anybody buys. */
const stocked = 1_000_000_000_000n;

const pounds = (pence: bigint): string => formatDecimal(pence, 2);
const pieces = (quantity: bigint): string => formatDecimal(quantity, 6).replace(/\.0+$/, "");
const pence = (text: string): bigint => BigInt(text.replace(".", ""));

function must<Value>(answer: Answered<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.data)}`);
  return answer.value;
}

export type Placed = {
  readonly orders: readonly { readonly total: bigint; readonly credited: bigint }[];
  /** What is left with the vendor and the operator of all that was paid. */
  readonly paid: bigint;
  /** Of the ledger, and of stock that is not where it belongs. */
  readonly faults: readonly unknown[];
};

/** The orders in a database of their own: by cart, checkout, confirmation, shipment, receipt, payment and return. */
export async function placeRetail(orders: readonly RetailOrder[]): Promise<Placed> {
  const database = await createTestDatabase();
  const connection = connect(database.url, { max: 4, applicationName: "retail-replay" });
  const shelf = createOfferShelf(database.url);
  try {
    const shop = await openShop(connection, shelf.list);
    const placed: PurchaseOrderRecord[] = [];
    for (const [index, order] of orders.entries()) placed.push(await shop.place(order, index));
    const accounts = await createLedgerRepository(connection.db).accounts(systemActor, { companyId: buyerId });
    const left = accounts.ok ? accounts.data.reduce((sum, { balance }) => sum + balance, 0n) : 0n;
    return {
      orders: placed.map(({ total, credited }) => ({ total: pence(total), credited: pence(credited) })),
      paid: deposited - left,
      faults: [...(await createLedgerRepository(connection.db).audit(systemActor)), ...(await misplaced(connection))],
    };
  } finally {
    await shelf.close();
    await connection.close();
    await database.drop();
  }
}

const deposited = 100_000_000n;

/** What was sent has left the stock, and nothing is reserved for orders that were sent whole. */
function misplaced({ sql }: Connection) {
  return sql`select offer_id from stock_levels s where reserved <> 0 or on_hand <> ${String(stocked)}::bigint - (
    select coalesce(sum(l.shipped), 0) from purchase_order_lines l where l.offer_id = s.offer_id)`;
}

async function openShop({ sql, db }: Connection, list: ReturnType<typeof createOfferShelf>["list"]) {
  await sql`insert into marketplaces (id, slug, name, currency) values (${marketplaceId}, 'retail', 'Retail', 'GBP')`;
  for (const companyId of [buyerId, vendorId]) {
    const userId = `${companyId}-clerk`;
    await sql`insert into companies (id, name, slug) values (${companyId}, ${companyId}, ${companyId})`;
    await sql`insert into users (id, name, email) values (${userId}, ${userId}, ${`${userId}@example.test`})`;
    await sql`insert into company_members (id, company_id, user_id, role) values (${userId}, ${companyId}, ${userId}, 'owner')`;
    await sql`insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
      values (${marketplaceId}, ${companyId}, 'both', 'approved', 'x', now())`;
  }
  must(await createBooksRepository(db).registerAsset(operator, { kind: "currency", currency: "GBP", scale: 2 }));
  const requests = createAssetRequestRepository(db);
  const input = { requestId: randomUUID(), assetId: "GBP", amount: pounds(deposited), note: "" };
  must(await requests.request(buyer, { direction: "deposit", input, at }));
  const decision = { direction: "deposit", requestId: input.requestId, decision: "confirm", reason: null, at } as const;
  must(await requests.decide(operator, decision));
  const terms = createBuyingTermsRepository(db, engine);
  const commissions = [{ ruleId: "all", percent: "8", bounds: [] }];
  const settled = { approvalDays: 7, commissionVat: "20", timeZone: "UTC", holidays: [], commissions };
  must(await terms.write(operator, { input: settled, version: 0 }));

  const offers = new Map<string, string>();
  /** An article at another price is another offer. */
  async function offerOf({ code, price }: RetailRow): Promise<string> {
    const partNo = `${code}-${price}`;
    const known = offers.get(partNo);
    if (known !== undefined) return known;
    const offerId = await list({ marketplaceId, vendorId, partNo });
    const [base] = await sql`insert into price_lists (marketplace_id, vendor_id, name, currency, valid_from)
      values (${marketplaceId}, ${vendorId}, ${partNo}, 'GBP', '2020-01-01') returning id`;
    const listId = String(base?.["id"]);
    await sql`insert into prices (list_id, offer_id, unit, price, valid_from)
      values (${listId}, ${offerId}, 'C62', ${String(price)}, '2020-01-01')`;
    await sql`update offers set base_list_id = ${listId}, valid_from = '2020-01-01' where id = ${offerId}`;
    await sql`insert into stock_levels (offer_id, on_hand) values (${offerId}, ${String(stocked)})`;
    offers.set(partNo, offerId);
    return offerId;
  }

  const [carts, purchaseOrders, money] = [
    createCartRepository(db, engine),
    createPurchaseOrderRepository(db, engine),
    createOrderMoneyRepository(db, engine),
  ];

  async function place(order: RetailOrder, index: number): Promise<PurchaseOrderRecord> {
    const freight = { input: { amount: pounds(order.charges), taxPercent: "0" }, version: index };
    must(await terms.writeFreight(vendor, "GBP", freight));
    let version = 0;
    for (const { row } of order.lines) {
      const added = { offerId: await offerOf(row), quantity: pieces(row.quantity) };
      ({ version } = must(await carts.add(buyer, { divisionId: null, at }, added)));
    }
    const checkoutId = randomUUID();
    const checkout = { checkoutId, buyerNumber: order.invoice, note: "", consents: [] };
    const { orders } = must(await purchaseOrders.checkOut(buyer, { input: checkout, version, at }));
    const orderId = orders[0]?.orderId ?? "";
    let now = must(await purchaseOrders.answer({ actor: vendor, orderId, input: { lines: [] }, at }));
    const step = () => ({ orderId, version: now.version, at });
    const shipment = { carrier: "", tracking: "", shippedOn: "2026-11-24", lines: [] };
    now = must(await purchaseOrders.ship({ ...step(), actor: vendor, input: shipment }));
    now = must(await purchaseOrders.receive({ ...step(), actor: buyer, shipmentNo: 1, input: { lines: [] } }));
    const payment = { paymentId: randomUUID(), checkoutId, currency: "GBP", amount: now.total };
    must(await money.capture(operator, payment, at));
    for (const [reductionNo, { line, quantity }] of order.returns.entries()) {
      const offerId = await offerOf(line.row);
      const lineNo = now.lines.find((one) => one.offerId === offerId)?.lineNo ?? 0;
      const lines = [{ lineNo, quantity: pieces(quantity) }];
      const input = { kind: "return" as const, reason: "credited", lines };
      now = must(await purchaseOrders.askReduction({ ...step(), actor: buyer, input }));
      const answer = { ...step(), actor: vendor, reductionNo: reductionNo + 1, input: { answer: "accept" } } as const;
      now = must(await purchaseOrders.answerReduction(answer));
    }
    return now;
  }
  return { place };
}
