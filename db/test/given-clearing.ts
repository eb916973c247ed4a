import { randomUUID } from "node:crypto";
import type { Actor } from "@kontor/kernel";
import { formatDecimal, parseDecimal, systemActor } from "@kontor/kernel";
import { InstrumentTerms, problemOf } from "@kontor/protocol";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { accountOf, available, outside } from "../src/clearing/clearing-accounts.ts";
import type {
  AllocationRepository,
  BooksRepository,
  Connection,
  LedgerRepository,
  SettlementRepository,
  ShardCommand,
  ShardPort,
  ShardReply,
  SweepRepository,
} from "../src/index.ts";
import {
  connect,
  createAllocationRepository,
  createBooksRepository,
  createLedgerRepository,
  createSettlementRepository,
  createSweepRepository,
} from "../src/index.ts";
import { fills, instrumentDays, trades } from "../src/schema/read-models-market.ts";
import type { TestDatabase } from "../src/testing/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";
import { noon } from "./given-ledger.ts";

export { noon };

export const member = (companyId: string): Actor => ({
  kind: "member",
  userId: `${companyId}-clerk`,
  companyId,
  marketplaceId: "grain",
});
export const operator: Actor = { kind: "operator", userId: "operator", companyId: null, marketplaceId: "grain" };

const wheat = InstrumentTerms.parse({
  title: "Milling wheat Dec",
  grade: "Wheat 12.5 %",
  place: "Rouen",
  period: "2026-12",
  deliveryTerm: "FOB",
  unit: "TNE",
  currency: "EUR",
  tickSize: "0.25",
  quantityStep: "0.5",
  minPrice: "100",
  maxPrice: "400",
  maxQuantity: "1000",
  settlementDays: 2,
});

/** Two kinds of receipts that fit the instrument, the first of which expires earlier. */
export const early = "00000000-0000-4000-8000-00000000000a";
export const late = "00000000-0000-4000-8000-00000000000b";
/** Of another place. */
export const strange = "00000000-0000-4000-8000-00000000000c";

type Moved = { money: bigint; goods: bigint };

/** A shard that keeps what it was given, answers a key once, and can be out of reach or lose its answers. */
export class FakeShard implements ShardPort {
  readonly commands: ShardCommand[] = [];
  readonly accounts = new Map<string, Moved>();
  mode: "answers" | "unreachable" | "loses answers" | "overloaded" = "answers";
  readonly #answers = new Map<string, ShardReply>();

  readonly command = (request: ShardCommand): Promise<ShardReply> => {
    if (this.mode === "unreachable") return Promise.reject(new Error("nobody serves"));
    if (this.mode === "overloaded") return Promise.resolve({ ok: false, problem: problemOf("overloaded") });
    this.commands.push(request);
    const answer = this.#answers.get(request.key) ?? this.#decide(request);
    this.#answers.set(request.key, answer);
    return this.mode === "loses answers" ? Promise.reject(new Error("no answer")) : Promise.resolve(answer);
  };

  readonly view: ShardPort["view"] = ({ actor }) => {
    const account = this.accounts.get(actor.companyId ?? "");
    if (account === undefined) return Promise.resolve({ found: true, own: {} });
    const money = formatDecimal(account.money, 2);
    return Promise.resolve({
      found: true,
      own: { money, moneyHeld: "0.00", goods: formatDecimal(account.goods, 1), goodsHeld: "0.0" },
    });
  };

  of(companyId: string): Moved {
    return this.accounts.get(companyId) ?? { money: 0n, goods: 0n };
  }

  #decide({ command }: ShardCommand): ShardReply {
    const { money, goods } = this.of(command.companyId);
    const after = { money: money + amount(command.money, 2), goods: goods + amount(command.goods, 1) };
    if (after.money < 0n) return { ok: false, problem: problemOf("insufficient_funds", { limit: "0.00" }) };
    if (after.goods < 0n) return { ok: false, problem: problemOf("insufficient_goods", { limit: "0.0" }) };
    this.accounts.set(command.companyId, after);
    return { ok: true };
  }
}

function amount(text: string, scale: number): bigint {
  const read = parseDecimal(text, scale);
  if (typeof read !== "bigint") throw new Error(`no amount: ${text}`);
  return read;
}

export type ClearingFixture = {
  readonly sql: Connection["sql"];
  readonly db: Connection["db"];
  readonly ledger: LedgerRepository;
  readonly books: BooksRepository;
  readonly allocations: AllocationRepository;
  readonly sweeps: SweepRepository;
  readonly settlements: SettlementRepository;
  /** Has the company put all of it into the instrument; money in euro, receipts by asset. */
  readonly allocated: (shard: FakeShard, instrumentId: string, has: Allocated) => Promise<void>;
  /** Writes a day's trades into the read models, which have seen all of the shard. */
  readonly traded: (instrumentId: string, day: string, trades: readonly Traded[]) => Promise<void>;
  /** An instrument of the marketplace grain with the terms. */
  readonly listed: (change?: Partial<InstrumentTerms>) => Promise<string>;
  /** Puts an amount of the asset, in its unit, to the disposal of the company, or of each. */
  readonly funded: (companyIds: string | readonly string[], assetId: string, amount: string) => Promise<void>;
  /** Balance and held of each of a company's accounts, by purpose and asset. */
  readonly balances: (companyId: string | null) => Promise<Readonly<Record<string, string>>>;
};

export type Allocated = {
  readonly companyId: string;
  readonly money?: string;
  readonly receipts?: Readonly<Record<string, string>>;
};

/** Each side pays a fee of one euro unless told otherwise. */
export type Traded = {
  readonly buyer: string;
  readonly seller: string;
  readonly quantity: string;
  readonly price: string;
  readonly fee?: string;
  readonly busted?: boolean;
  /** It came in the place of a busted one. */
  readonly corrects?: boolean;
};

const marketplaceId = "grain";

async function keepBooks({ db, sql }: Connection): Promise<void> {
  await sql`insert into marketplaces (id, slug, name, currency) values ('grain', 'grain', 'Grain', 'EUR')`;
  const books = createBooksRepository(db);
  const goods = { kind: "good", unit: "TNE", scale: 3, grade: wheat.grade, place: wheat.place } as const;
  for (const input of [
    { kind: "currency", currency: "EUR", scale: 2 } as const,
    { ...goods, assetId: early, storageLot: "S-1", expiresOn: "2026-12-31" },
    { ...goods, assetId: late, storageLot: "S-2", expiresOn: undefined },
    { ...goods, assetId: strange, storageLot: "S-3", place: "Gent", expiresOn: undefined },
  ]) {
    const registered = await books.registerAsset(operator, input);
    if (!registered.ok) throw new Error(registered.code);
  }
}

/** One database for the tests of a file, with the marketplace grain, its euro and its receipts. */
export function givenClearing(): ClearingFixture {
  let database: TestDatabase | undefined;
  let connection: Connection | undefined;
  const ready = (): Connection => {
    if (connection === undefined) throw new Error("the fixture is used before its tests run");
    return connection;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
    connection = connect(database.url, { max: 10, applicationName: "clearing-test" });
    await keepBooks(connection);
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });

  return {
    get sql() {
      return ready().sql;
    },
    get db() {
      return ready().db;
    },
    get ledger() {
      return createLedgerRepository(ready().db);
    },
    get books() {
      return createBooksRepository(ready().db);
    },
    get allocations() {
      return createAllocationRepository(ready().db);
    },
    get sweeps() {
      return createSweepRepository(ready().db);
    },
    get settlements() {
      return createSettlementRepository(ready().db);
    },

    async allocated(shard, instrumentId, { companyId, money = "0", receipts = {} }) {
      const wanted = Object.entries(receipts).map(([assetId, quantity]) => ({ assetId, quantity }));
      if (money !== "0") await this.funded(companyId, "EUR", money);
      for (const { assetId, quantity } of wanted) await this.funded(companyId, assetId, quantity);
      const input = { allocationId: randomUUID(), direction: "in", money, receipts: wanted } as const;
      const asked = { instrumentId, input: { ...input, receipts: [...wanted] }, at: noon };
      const answer = await createAllocationRepository(ready().db).request(member(companyId), shard, asked);
      if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.data)}`);
    },

    traded: (instrumentId, day, made) => writeTrades(ready(), { instrumentId, day, made }),

    async listed(change = {}) {
      const id = randomUUID();
      const terms = { ...wheat, ...change };
      await ready().sql`insert into instruments
        (id, marketplace_id, created_by, state, version, title, grade, place, terms, phase, drafted_at, listed_at, seq)
        values (${id}, ${marketplaceId}, 'operator', 'listed', 1, ${terms.title}, ${terms.grade}, ${terms.place},
          ${JSON.stringify(terms)}::text::jsonb, 'continuous', now(), now(), 1)`;
      return id;
    },

    async funded(companyIds, assetId, text) {
      const ledger = createLedgerRepository(ready().db);
      const open = async (companyId: string | null, purpose: string) => {
        const account = await accountOf(ledger, { marketplaceId, companyId, purpose, assetId }, noon);
        if (!account.ok) throw new Error(account.code);
        return account.value;
      };
      const world = await open(null, outside);
      const own = await Promise.all([companyIds].flat().map((companyId) => open(companyId, available)));
      const units = amount(text, world.asset.scale);
      const legs = [
        ...own.map(({ accountId }) => ({ accountId, amount: units })),
        { accountId: world.accountId, amount: -units * BigInt(own.length) },
      ];
      const transfer = { kind: "transfer", id: randomUUID(), reference: "test", legs } as const;
      const posted = await ledger.post(systemActor, [transfer], noon);
      if (!posted.ok) throw new Error(posted.refusal.code);
    },

    async balances(companyId) {
      const own = companyId === null ? { own: true } : { companyId };
      const found = await createLedgerRepository(ready().db).accounts(operator, { ...own, limit: 200 });
      if (!found.ok) throw new Error(found.code);
      return Object.fromEntries(
        found.data.map(({ purpose, asset, balance, held }) => [
          `${purpose.split(":")[0]} ${asset.id.slice(-3)}`,
          `${formatDecimal(balance, asset.scale)} ${formatDecimal(held, asset.scale)}`,
        ]),
      );
    },
  };
}

type Day = { readonly instrumentId: string; readonly day: string; readonly made: readonly Traded[] };

/** All of a day's trades, in place of those that were there. */
async function writeTrades({ db, sql }: Connection, { instrumentId, day, made }: Day): Promise<void> {
  const [head] = await sql<{ seq: number }[]>`insert into shards (shard, mechanism, head_seq, head_hash)
    values (${instrumentId}, 'exchange', 1, decode(repeat('00', 32), 'hex'))
    on conflict (shard) do update set head_seq = shards.head_seq + 1 returning head_seq::int as seq`;
  const seq = Number(head?.seq);
  await sql`insert into projection_cursors (projection, shard, seq) values ('records', ${instrumentId}, ${seq})
    on conflict (projection, shard) do update set seq = ${seq}`;
  const at = Date.parse(`${day}T09:00:00Z`) * 1_000;
  const of = { instrumentId, marketplaceId, at, seq };
  const inDay = (id: string) => id.startsWith(`${instrumentId}-t${day.replaceAll("-", "")}`);
  for (const table of [fills, trades]) {
    const known = await db.select({ id: table.id }).from(table).where(eq(table.instrumentId, instrumentId));
    const old = known.map(({ id }) => id).filter(inDay);
    if (old.length > 0) await db.delete(table).where(inArray(table.id, old));
  }
  let turnover = 0n;
  const rows = made.map((one, index) => {
    const { buyer, seller, quantity, price, fee = "1.00", busted = false, corrects = false } = one;
    const id = `${instrumentId}-t${day.replaceAll("-", "")}${index + 1}`;
    const value = (amount(price, 2) * amount(quantity, 1)) / 10n;
    if (!busted) turnover += value;
    const replaces = corrects ? `${instrumentId}-t1` : null;
    const common = { ...of, price, quantity, busted };
    const filled = { ...common, tradeId: id, value: formatDecimal(value, 2), fee, currency: "EUR", unit: "TNE" };
    const side = (name: "buy" | "sell", companyId: string) => {
      const role = name === "buy" ? ("taker" as const) : ("maker" as const);
      return {
        ...filled,
        id: `${id}-${name}`,
        orderId: `${instrumentId}-o${role.length}`,
        companyId,
        side: name,
        role,
      };
    };
    const trade = { ...common, id, takerSide: "buy" as const, auction: false, place: index + 1, replaces };
    return { trade, sides: [side("buy", buyer), side("sell", seller)] };
  });
  await db.insert(trades).values(rows.map(({ trade }) => trade));
  await db.insert(fills).values(rows.flatMap(({ sides }) => sides));
  const close = made.findLast(({ busted }) => busted !== true)?.price ?? null;
  const prices = { open: close, high: close, low: close, close };
  const counts = { volume: "0", turnover: formatDecimal(turnover, 2), trades: made.length, orders: made.length };
  const row = { instrumentId, marketplaceId, day, ...prices, ...counts, seq };
  await db
    .insert(instrumentDays)
    .values(row)
    .onConflictDoUpdate({ target: [instrumentDays.instrumentId, instrumentDays.day], set: row });
}
