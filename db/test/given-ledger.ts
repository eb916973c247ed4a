import { randomUUID } from "node:crypto";
import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { Sql } from "postgres";
import { afterAll, beforeAll } from "vitest";
import type {
  AccountOpening,
  Asset,
  Connection,
  LedgerRefusal,
  LedgerRefusalCode,
  LedgerRepository,
  Operation,
  Posted,
} from "../src/index.ts";
import { connect, createLedgerRepository } from "../src/index.ts";
import type { TestDatabase } from "../src/testing/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";

/** Noon of 2 November 2026 in UTC microseconds; the ledger's only clock in these tests. */
export const noon = 1_793_620_800_000_000;
export const minute = 60_000_000;

export const operatorOf = (marketplaceId: string): Actor => ({
  kind: "operator",
  userId: "operator",
  companyId: null,
  marketplaceId,
});

export const euro: Asset = { kind: "currency", marketplaceId: "metals", id: "EUR", scale: 2, unit: "EUR" };
export const copper: Asset = {
  kind: "good",
  marketplaceId: "metals",
  id: "copper-lme-1",
  scale: 3,
  unit: "TNE",
  grade: "Grade A",
  storageLot: "R-2207",
  place: "Rotterdam",
  expiresOn: "2027-03-31",
};

export type LedgerFixture = {
  readonly ledger: LedgerRepository;
  readonly sql: Sql;
  readonly url: string;
  /** An account of metals in euro, unless told otherwise; without a credit limit it may not go below zero. */
  readonly open: (change?: Partial<AccountOpening>) => Promise<string>;
  /** An account that holds the amount, which came from outside the marketplace. */
  readonly funded: (amount: bigint, change?: Partial<AccountOpening>) => Promise<string>;
  readonly balances: (...accountIds: readonly string[]) => Promise<readonly (readonly [bigint, bigint])[]>;
};

/** One database for the tests of a file, with the marketplaces metals and grain and their assets. */
export function givenLedger({ connections = 10 } = {}): LedgerFixture {
  let database: TestDatabase | undefined;
  let connection: Connection | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    connection = connect(database.url, { max: connections, applicationName: "ledger-test" });
    await connection.sql`insert into marketplaces (id, slug, name, currency)
      values ('metals', 'metals', 'Metals', 'EUR'), ('grain', 'grain', 'Grain', 'EUR')`;
    const ledger = createLedgerRepository(connection.db);
    for (const asset of [euro, copper, { ...euro, marketplaceId: "grain" }]) {
      const created = await ledger.createAsset(systemActor, asset);
      if (!created.ok) throw new Error(created.refusal.code);
    }
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });
  const ready = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error("the fixture is used before its tests run");
    return value;
  };
  const ledger = () => createLedgerRepository(ready(connection).db);

  async function open(change: Partial<AccountOpening> = {}): Promise<string> {
    const id = randomUUID();
    const opening = { id, marketplaceId: "metals", companyId: null, purpose: id, assetId: "EUR", creditLimit: 0n };
    const opened = await ledger().openAccount(systemActor, { ...opening, at: noon, ...change });
    if (!opened.ok) throw new Error(opened.refusal.code);
    return opened.value.accountId;
  }

  return {
    get ledger() {
      return ledger();
    },
    get sql() {
      return ready(connection).sql;
    },
    get url() {
      return ready(database).url;
    },
    open,
    async funded(amount, change = {}) {
      const accountId = await open(change);
      const { marketplaceId = "metals", assetId = "EUR" } = change;
      const outside = await open({ marketplaceId, assetId, creditLimit: null });
      done(await ledger().post(systemActor, [transfer([outside, -amount], [accountId, amount])], noon));
      return accountId;
    },
    async balances(...accountIds) {
      const found = await Promise.all(accountIds.map((id) => ledger().findAccount(systemActor, id)));
      return found.map((account) => [ready(account).balance, ready(account).held] as const);
    },
  };
}

type LegPair = readonly [accountId: string, amount: bigint];

export function transfer(...legs: readonly LegPair[]): Operation & { readonly kind: "transfer" } {
  const id = randomUUID();
  return { kind: "transfer", id, reference: "test", legs: legs.map(([accountId, amount]) => ({ accountId, amount })) };
}

export function hold(accountId: string, amount: bigint, expiresAt: number | null = null): Operation {
  return { kind: "hold", id: randomUUID(), reference: "test", accountId, amount, expiresAt };
}

export function voidOf({ id }: Operation): Operation {
  return { kind: "void", id: randomUUID(), reference: "test", holdId: id };
}

export function reversalOf({ id }: Operation): Operation {
  return { kind: "reversal", id: randomUUID(), reference: "test", transferId: id };
}

/** The transfer, posting holds. */
export function posting(made: Operation & { kind: "transfer" }, ...holds: readonly Operation[]): Operation {
  return { ...made, holdIds: holds.map(({ id }) => id) };
}

/** What was applied, or an error that says why nothing was. */
export function done(posted: Posted): Extract<Posted, { ok: true }>["applied"] {
  if (!posted.ok) throw new Error(`operation ${posted.index}: ${posted.refusal.code}`);
  return posted.applied;
}

type Detail<Code extends LedgerRefusalCode> = Omit<Extract<LedgerRefusal, { code: Code }>, "code">;

/** The answer to a refused posting. */
export function refused<Code extends LedgerRefusalCode>(code: Code, detail: Detail<Code>, index = 0) {
  return { ok: false, index, refusal: { code, ...detail } };
}
