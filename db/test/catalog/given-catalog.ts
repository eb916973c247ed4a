import { randomUUID } from "node:crypto";
import type { Actor } from "@kontor/kernel";
import { afterAll, beforeAll } from "vitest";
import type { CatalogRules, Connection } from "../../src/index.ts";
import { connect, createProductRepository } from "../../src/index.ts";
import type { TestDatabase } from "../../src/testing/index.ts";
import { createTestDatabase } from "../../src/testing/index.ts";

/** Noon of 2 November 2026 in UTC microseconds. */
export const noon = 1_793_620_800_000_000;

/** Everything is apart, and numbers go by their small letters: what the engine says has tests of its own. */
export const plainRules: CatalogRules = {
  keyOf: (text) => text.toLowerCase(),
  compare: () => ({ kind: "apart" }),
  pair: () => null,
  isUniqueGtin: () => true,
  rowKey: ({ partNoKey }) => partNoKey ?? "",
  clonedShare: () => null,
};

export const staff = (kind: "operator" | "auditor", marketplaceId = "metals"): Actor => ({
  kind,
  userId: kind,
  companyId: null,
  marketplaceId,
});
export const member = (companyId: string, marketplaceId = "metals"): Actor => ({
  kind: "member",
  userId: `u-${companyId}`,
  companyId,
  marketplaceId,
});

/** The marketplaces metals and grain; the companies one and two supply both, three only buys. */
export function givenCatalog(): { readonly db: () => Connection["db"]; readonly sql: () => Connection["sql"] } {
  let database: TestDatabase | undefined;
  let connection: Connection | undefined;
  const ready = (): Connection => {
    if (connection === undefined) throw new Error("the fixture is used before its tests run");
    return connection;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
    connection = connect(database.url, { max: 10, applicationName: "catalog-test" });
    await connection.sql`insert into marketplaces (id, slug, name, currency)
      values ('metals', 'metals', 'Metals', 'EUR'), ('grain', 'grain', 'Grain', 'EUR')`;
    await connection.sql`insert into participations
      (marketplace_id, company_id, side, status, requested_by, decided_by, decided_at)
      select m.id, c.id, c.side, 'approved', 'u', 'operator', now() from marketplaces m,
        (values ('one', 'both'), ('two', 'supplier'), ('three', 'buyer')) c(id, side)`;
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });
  return { db: () => ready().db, sql: () => ready().sql };
}

export const revision = (partNo: string) => ({
  kind: "article" as const,
  partNo,
  taxCategory: "standard" as const,
  texts: [{ language: "en", name: partNo, description: "", keywords: [] }],
  classes: [],
  attributes: [],
});

const pieces = { unit: "H87", num: 1n, den: 1n, decimals: 0, sold: true };
export const variant = (variantId: string = randomUUID()) => ({
  variantId,
  partNo: null,
  attributes: [],
  measures: { baseUnit: "H87", units: [pieces], gtins: [] },
});

/** An active product of the actor, or of the marketplace where he runs it. */
export async function activeProduct(
  db: Connection["db"],
  actor: Actor,
  { partNo, rules = plainRules }: { readonly partNo: string; readonly rules?: CatalogRules },
): Promise<{ readonly productId: string; readonly variantId: string }> {
  const products = createProductRepository(db, rules);
  const [productId, only] = [randomUUID(), variant()];
  const made = await products.create(actor, { productId, revision: revision(partNo), variants: [only] });
  const step = { productId, status: "active", reason: null, expectedVersion: 1 } as const;
  const active = made.ok ? await products.step(actor, step) : made;
  if (!active.ok) throw new Error(active.code);
  return { productId, variantId: only.variantId };
}

export const terms = (vendorPartNo: string) => ({
  vendorPartNo,
  condition: "new" as const,
  orderUnit: "H87",
  minQuantity: "1",
});
export const quantities = { minQuantity: 1_000_000n, multiple: null, maxQuantity: null };
