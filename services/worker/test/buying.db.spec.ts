import { randomUUID } from "node:crypto";
import type { NoticeHint } from "@kontor/bus";
import { createInProcessBus, subjects } from "@kontor/bus";
import * as catalog from "@kontor/catalog";
import type { Answered, BuyingEngine, Connection } from "@kontor/db";
import {
  connect,
  createApprovalRuleRepository,
  createBudgetRepository,
  createCartRepository,
  createNoticeRepository,
  createPurchaseOrderRepository,
} from "@kontor/db";
import type { TestDatabase } from "@kontor/db/testing";
import { createTestDatabase } from "@kontor/db/testing";
import type { Actor, Micros } from "@kontor/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBuying } from "../src/index.ts";

const engine: BuyingEngine = { ...catalog, exponentOf: () => 2 };
const noon: Micros = Date.UTC(2026, 10, 2, 12) * 1_000;
const day = 86_400_000_000;
const of = (companyId: string, role: string): Actor => {
  return { kind: "member", userId: `${companyId}-${role}`, companyId, marketplaceId: "office" };
};
const [clerk, manager] = [of("acme", "buyer"), of("acme", "approver")];

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 6 });
  const { sql } = connection;
  await sql`insert into marketplaces (id, slug, name, currency) values ('office', 'office', 'Office', 'EUR')`;
  for (const companyId of ["acme", "tools"]) {
    await sql`insert into companies (id, name, slug) values (${companyId}, ${companyId}, ${companyId})`;
    await sql`insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
      values ('office', ${companyId}, 'both', 'approved', 'x', now())`;
    for (const role of ["owner", "buyer", "approver", "finance"]) {
      const { userId } = of(companyId, role);
      await sql`insert into users (id, name, email) values (${userId}, ${userId}, ${`${userId}@example.test`})`;
      await sql`insert into company_members (id, company_id, user_id, role) values (${userId}, ${companyId}, ${userId}, ${role})`;
    }
  }
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

function must<Value>(answer: Answered<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.data)}`);
  return answer.value;
}

/** Ten pieces at 10.00. */
async function offer(): Promise<string> {
  const { sql } = connection;
  const [productId, variantId, offerId, listId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into products (id, marketplace_id, status, created_by) values (${productId}, 'office', 'active', 'x')`;
  await sql`insert into variants (id, product_id, marketplace_id, base_unit) values (${variantId}, ${productId}, 'office', 'C62')`;
  await sql`insert into price_lists (id, marketplace_id, vendor_id, name, currency, valid_from)
    values (${listId}, 'office', 'tools', 'List', 'EUR', '2020-01-01')`;
  await sql`insert into offers (id, marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status,
      order_unit, min_quantity, base_list_id, valid_from, created_by)
    values (${offerId}, 'office', 'tools', ${variantId}, 'T1', 't1', 'active', 'C62', 1000000, ${listId}, '2020-01-01', 'x')`;
  await sql`insert into prices (list_id, offer_id, unit, price, valid_from)
    values (${listId}, ${offerId}, 'C62', 10000000, '2020-01-01')`;
  await sql`insert into stock_levels (offer_id, on_hand) values (${offerId}, 10000000)`;
  return offerId;
}

test("an order that nobody approves in time ends once, with two workers: stock and budget are back, and who asked is told", async () => {
  const { db, sql } = connection;
  const offerId = await offer();
  const tiers = [{ needs: "any" as const, deciders: [{ kind: "role" as const, role: "approver" as const }] }];
  const rule = { name: "All", position: 0, condition: {}, tiers, active: true };
  must(await createApprovalRuleRepository(db, engine).create(of("acme", "owner"), rule));
  const period = { validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" };
  const budget = { name: "Year", ...period, currency: "EUR", amount: "100.00", mode: "block" as const };
  const budgets = createBudgetRepository(db, engine);
  const { budgetId } = must(await budgets.create(of("acme", "finance"), budget));
  const cart = { divisionId: null, at: noon };
  const { version } = must(await createCartRepository(db, engine).add(clerk, cart, { offerId, quantity: "10" }));
  const orders = createPurchaseOrderRepository(db, engine);
  const input = { checkoutId: randomUUID(), buyerNumber: "", note: "", consents: [] };
  const { orders: made } = must(await orders.checkOut(clerk, { input, version, at: noon }));
  const orderId = made[0]?.orderId ?? "";
  const books = async () => {
    const [row] = await sql`select (select reserved::text from stock_levels where offer_id = ${offerId}) as reserved,
      (select held::text from budgets where id = ${budgetId}) as held`;
    return [row?.["reserved"], row?.["held"]];
  };
  expect(await books()).toEqual(["10000000", "10000"]);

  const bus = createInProcessBus();
  const told: NoticeHint[] = [];
  bus.subscribe(subjects.notices, (hint: NoticeHint) => told.push(hint));
  const failures: object[] = [];
  const log = { info: () => {}, error: (fields: object) => failures.push(fields) };
  let now = noon + 7 * day - 1;
  const workers = [1, 2].map(() =>
    createBuying({ bus, db, engine, clock: { now: () => now }, log, ...{ tellMs: 5, dueMs: 5 } }),
  );
  for (const worker of workers) worker.start();
  const kinds = () => told.map(({ userId, notice }) => [userId, notice["kind"]]);
  const people = (roles: readonly string[]) => roles.map((role) => `acme-${role}`);
  const asked = people(["approver", "owner"]).map((userId) => [userId, "approval_asked"]);
  await expect.poll(() => kinds().toSorted(), { timeout: 20_000 }).toEqual(asked);
  expect((await orders.find(clerk, orderId))?.state).toBe("awaiting_approval");
  now = noon + 7 * day;
  await expect.poll(() => kinds().slice(2), { timeout: 20_000 }).toEqual([[clerk.userId, "purchase_order_expired"]]);
  await Promise.all(workers.map((worker) => worker.stop()));
  await bus.close();
  expect((await orders.find(clerk, orderId))?.state).toBe("expired");
  expect(await books()).toEqual(["0", "0"]);
  expect(failures).toEqual([]);
  const notices = createNoticeRepository(db);
  expect(await notices.list(clerk, { limit: 10 })).toMatchObject({ data: [{ kind: "purchase_order_expired" }] });
  expect(await notices.list(manager, { limit: 10 })).toMatchObject({ data: [{ kind: "approval_asked" }] });
  expect(await notices.unreadCount(of("tools", "owner"))).toBe(0);
});
