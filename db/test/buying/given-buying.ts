import { randomUUID } from "node:crypto";
import * as catalog from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { CartRecord, CheckoutRecord, PurchaseOrderRecord } from "@kontor/protocol";
import { afterAll, beforeAll, expect } from "vitest";
import { accountOf, available, outside } from "../../src/clearing/clearing-accounts.ts";
import type {
  Answered,
  BuyingEngine,
  CartRepository,
  Connection,
  OrderMoneyRepository,
  PurchaseOrderRepository,
} from "../../src/index.ts";
import {
  connect,
  createApprovalRuleRepository,
  createBooksRepository,
  createBudgetRepository,
  createBuyingTermsRepository,
  createCartRepository,
  createCostCenterRepository,
  createDelegationRepository,
  createExchangeRateRepository,
  createLedgerRepository,
  createOrderMoneyRepository,
  createPurchaseOrderRepository,
} from "../../src/index.ts";
import type { TestDatabase } from "../../src/testing/index.ts";
import { createTestDatabase } from "../../src/testing/index.ts";
import { noon } from "../given-ledger.ts";
import type { Listed } from "./catalogue-rows.ts";
import { insertCompany, insertOffer, six } from "./catalogue-rows.ts";

export { noon };
export const day = 86_400_000_000;

const exponents: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0 };
export const engine: BuyingEngine = { ...catalog, exponentOf: (currency) => exponents[currency] ?? 2 };

const marketplaceId = "office";
/** Somebody of a company; ids of people are `<company>-<role>`. */
export const person = (companyId: string, role = "buyer"): Actor => ({
  kind: "member",
  userId: `${companyId}-${role}`,
  companyId,
  marketplaceId,
});
export const operator: Actor = { kind: "operator", userId: "operator", companyId: null, marketplaceId };

export function must<Value>(answer: Answered<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.data)}`);
  return answer.value;
}

export type BuyingFixture = {
  readonly db: Connection["db"];
  readonly sql: Connection["sql"];
  readonly url: string;
  readonly carts: CartRepository;
  readonly orders: PurchaseOrderRepository;
  readonly money: OrderMoneyRepository;
  readonly budgets: ReturnType<typeof createBudgetRepository>;
  readonly rules: ReturnType<typeof createApprovalRuleRepository>;
  readonly rates: ReturnType<typeof createExchangeRateRepository>;
  readonly terms: ReturnType<typeof createBuyingTermsRepository>;
  readonly centers: ReturnType<typeof createCostCenterRepository>;
  readonly delegations: ReturnType<typeof createDelegationRepository>;
  readonly ledger: ReturnType<typeof createLedgerRepository>;
  /** A buying company with a person of each role, or a selling one. */
  readonly company: (name: string, more?: readonly string[]) => Promise<string>;
  readonly offer: (listed: Listed) => Promise<string>;
  readonly setPrice: (offerId: string, price: string) => Promise<void>;
  readonly stockOf: (offerId: string) => Promise<readonly [onHand: string, reserved: string]>;
  readonly put: (who: Actor, lines: readonly (readonly [string, string])[], at?: Micros) => Promise<CartRecord>;
  readonly buy: (who: Actor, lines: readonly (readonly [string, string])[], at?: Micros) => Promise<CheckoutRecord>;
  readonly confirm: (order: PurchaseOrderRecord) => Promise<PurchaseOrderRecord>;
  readonly fund: (companyId: string, amount: bigint) => Promise<void>;
  readonly balance: (companyId: string | null, purpose: string) => Promise<bigint>;
};

/** One database for the tests of a file, with the marketplace office in euro. */
export function givenBuying({ connections = 10 } = {}): BuyingFixture {
  let database: TestDatabase | undefined;
  let connection: Connection | undefined;
  const ready = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error("the fixture is used before its tests run");
    return value;
  };
  const db = () => ready(connection).db;
  const sql = () => ready(connection).sql;

  beforeAll(async () => {
    database = await createTestDatabase();
    connection = connect(database.url, { max: connections, applicationName: "buying-test" });
    await connection.sql`insert into marketplaces (id, slug, name, currency) values ('office', 'office', 'Office', 'EUR')`;
    const euro = { kind: "currency", currency: "EUR", scale: 2 } as const;
    must(await createBooksRepository(connection.db).registerAsset(operator, euro));
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });

  const carts = () => createCartRepository(db(), engine);
  const orders = () => createPurchaseOrderRepository(db(), engine);

  async function put(who: Actor, lines: readonly (readonly [string, string])[], at: Micros = noon) {
    let cart = must(await carts().read(who, { divisionId: null, at }));
    for (const [offerId, quantity] of lines) {
      cart = must(await carts().add(who, { divisionId: null, at }, { offerId, quantity }));
    }
    return cart;
  }

  return {
    get db() {
      return db();
    },
    get sql() {
      return sql();
    },
    get url() {
      return ready(database).url;
    },
    get carts() {
      return carts();
    },
    get orders() {
      return orders();
    },
    get money() {
      return createOrderMoneyRepository(db(), engine);
    },
    get budgets() {
      return createBudgetRepository(db(), engine);
    },
    get rules() {
      return createApprovalRuleRepository(db(), engine);
    },
    get rates() {
      return createExchangeRateRepository(db());
    },
    get terms() {
      return createBuyingTermsRepository(db(), engine);
    },
    get centers() {
      return createCostCenterRepository(db());
    },
    get delegations() {
      return createDelegationRepository(db());
    },
    get ledger() {
      return createLedgerRepository(db());
    },
    company: (name, more) => insertCompany(sql(), name, more),
    offer: (listed) => insertOffer(sql(), listed),
    async setPrice(offerId, price) {
      await sql()`update prices set price = ${six(price)} where offer_id = ${offerId}`;
    },
    async stockOf(offerId) {
      const [row] = await sql()`select (on_hand / 1000000)::text as on_hand, (reserved / 1000000)::text as reserved
        from stock_levels where offer_id = ${offerId}`;
      return [String(row?.["on_hand"]), String(row?.["reserved"])];
    },
    put,
    async buy(who, lines, at = noon) {
      const { version } = await put(who, lines, at);
      return must(await orders().checkOut(who, { input: checkout(), version, at }));
    },
    async confirm({ orderId, vendorId }) {
      const input = { lines: [] };
      return must(await orders().answer({ actor: person(vendorId, "seller"), orderId, input, at: noon }));
    },
    fund: (companyId, amount) => fundCompany(db(), companyId, amount),
    async balance(companyId, purpose) {
      const owner = companyId === null ? { own: true } : { companyId };
      const found = await createLedgerRepository(db()).accounts(operator, { ...owner, purpose });
      return found.ok ? (found.data[0]?.balance ?? 0n) : 0n;
    },
  };
}

export const checkout = (consents: { lineId: string; unitPrice: string }[] = []) => ({
  checkoutId: randomUUID(),
  buyerNumber: "",
  note: "",
  consents,
});

/** Cents that came from outside, at the company's disposal. */
async function fundCompany(db: Connection["db"], companyId: string, amount: bigint): Promise<void> {
  const ledger = createLedgerRepository(db);
  const key = (owner: string | null, purpose: string) => {
    return { marketplaceId, companyId: owner, purpose, assetId: "EUR" };
  };
  const own = must(await accountOf(ledger, key(companyId, available), noon));
  const world = must(await accountOf(ledger, key(null, outside), noon));
  const legs = [
    { accountId: own.accountId, amount },
    { accountId: world.accountId, amount: -amount },
  ];
  const transfer = { kind: "transfer", id: randomUUID(), reference: "deposit", legs } as const;
  expect(await ledger.post(systemActor, [transfer], noon)).toMatchObject({ ok: true });
}
