import type { Actor } from "@kontor/kernel";
import { getTableName } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as accounts from "../../src/auth.ts";
import type { MarketplaceRepository } from "../../src/index.ts";
import * as db from "../../src/index.ts";
import { givenRecords } from "./given-records.ts";

const records = givenRecords();

type Repositories = {
  [Name in Extract<keyof typeof db, `create${string}Repository`>]: ReturnType<(typeof db)[Name]>;
};

/** What needs nobody to ask for it. */
type Exempt = {
  /** What the worker carries on, here and below, was asked for by an actor before, or follows from trades. */
  createAllocationRepository: "resume";
  createSettlementRepository: "run" | "correct";
  createSweepRepository: "sweep";
  /** Marketplaces are public; what belongs to one is not. */
  createMarketplaceRepository: Exclude<keyof MarketplaceRepository, "change">;
};

/** Names of methods whose first parameter is no actor and names none. */
type WithoutActor<Repository> = {
  [Method in keyof Repository]: Repository[Method] extends (actor: infer First, ...rest: never[]) => unknown
    ? [Actor, First] extends [First, Actor]
      ? never
      : First extends { readonly actor: Actor }
        ? never
        : Method
    : Method;
}[keyof Repository];

type Offenders = {
  [Name in keyof Repositories]: Exclude<
    WithoutActor<Repositories[Name]>,
    Name extends keyof Exempt ? Exempt[Name] : never
  >;
}[keyof Repositories];

/** Does not compile once a method reads without being told for whom. */
const offenders: readonly Offenders[] = [] satisfies readonly never[];
const none: readonly never[] = offenders;

describe("repositories", () => {
  test("every one that is exported has its methods checked for an actor, by their types", () => {
    const exported = Object.keys(db).filter((name) => /^create\w+Repository$/.test(name));
    expect(exported.length).toBeGreaterThan(50);
    expect(none).toEqual([]);
  });

  test("no table is exported but to the account library", () => {
    const tablesIn = (values: object) =>
      Object.values(values).filter((value) => typeof value === "object" && value !== null && "getSQL" in value);
    expect(tablesIn(db)).toEqual([]);
    const { authSchema, ...others } = accounts;
    expect(tablesIn(others)).toEqual([]);
    expect(tablesIn(authSchema)).toHaveLength(9);
  });

  test("what is read before there is an actor is about people, and of tenants only who belongs to them", () => {
    expect(Object.keys(accounts.createAccountStore(records.db)).sort()).toEqual([
      "holdsApiKey",
      "isInstallationAdmin",
      "makeInstallationAdmin",
      "membershipsOf",
      "userExists",
      "userIdOfEmail",
    ]);
  });
});

/** Tables of the installation as a whole, of people, and of the journal, which trading hosts and projections read. */
const withoutTenant = [
  ...Object.values(accounts.authSchema).map(getTableName),
  "catalog_changes_kept",
  "company_profiles",
  "divisions",
  "hosts",
  "installation_admins",
  "journal_segments",
  "marketplaces",
  "outcome_places",
  "past_terms_kept",
  "projection_cursors",
  "request_outcomes",
  "shards",
  "snapshots",
];

/** Of a row of a tenant, which they name; not bound to it, for they outlive what they tell of. */
const ofOtherRows = ["past_prices", "past_terms", "stock_reservations"];

describe("tables", () => {
  test("each of a tenant says which marketplace it belongs to, or is a part of what does", async () => {
    const rows = await records.sql<{ name: string; scoped: boolean }[]>`
      with recursive scoped as (
        select attrelid as id from pg_attribute where attname = 'marketplace_id' and attnotnull and not attisdropped
        union
        select k.conrelid from pg_constraint k join scoped on scoped.id = k.confrelid
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] and a.attnotnull
          where k.contype = 'f')
      select c.relname as name, exists (select 1 from scoped where scoped.id = c.oid) as scoped
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`;
    expect(rows.length).toBeGreaterThan(withoutTenant.length);
    const unscoped = rows.filter(({ scoped }) => !scoped).map(({ name }) => name);
    expect(unscoped.filter((name) => ![...withoutTenant, ...ofOtherRows].includes(name))).toEqual([]);
  });

  test("lists find their page by an index of its order", async () => {
    const rows = await records.sql<
      { name: string }[]
    >`select indexname as name from pg_indexes where schemaname = 'public'`;
    const names = rows.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "tenders_by_listing",
        "tenders_by_deadline",
        "lots_by_opening",
        "lots_of_tender",
        "bids_of_lot",
        "bids_of_company",
        "awards_by_time",
        "contracts_by_time",
        "notices_of_company",
        "questions_of_tender",
        "instruments_by_draft",
        "orders_by_time",
        "orders_of_company",
        "fills_by_time",
        "fills_of_company",
        "fills_of_order",
        "trades_of_instrument",
        "candles_instrument_id_interval_start_pk",
        "instrument_days_instrument_id_day_pk",
        "ledger_accounts_by_purpose",
        "ledger_holds_of_account",
        "products_by_time",
        "offers_by_time",
        "match_findings_by_time",
        "catalog_record_of_subject",
      ]),
    );
  });
});
