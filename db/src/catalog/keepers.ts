import type { Actor } from "@kontor/kernel";
import type { Column, SQL } from "drizzle-orm";
import { eq, isNull, sql } from "drizzle-orm";
import { allOf, inMarketplace, seesAll } from "../repositories/scope.ts";

/** Whose lists, groups, assortments and promotions an actor keeps: his company's, or as operator the marketplace's. */
export type Keeper = { readonly marketplaceId: string; readonly vendorId: string | null };

type Kept = { readonly marketplaceId: Column; readonly vendorId: Column };

export function keeperOf({ kind, marketplaceId, companyId }: Actor): Keeper | undefined {
  if (marketplaceId === null) return undefined;
  if (kind === "operator") return { marketplaceId, vendorId: null };
  return kind === "member" && companyId !== null ? { marketplaceId, vendorId: companyId } : undefined;
}

/** Rows that the keeper may change. */
export function keptBy({ marketplaceId, vendorId }: Keeper, columns: Kept): SQL {
  const own = vendorId === null ? isNull(columns.vendorId) : eq(columns.vendorId, vendorId);
  return allOf(eq(columns.marketplaceId, marketplaceId), own);
}

/** Rows that the actor may read: a vendor his own, staff all. */
export function shownTo(actor: Actor, columns: Kept): SQL {
  const { kind, companyId } = actor;
  const own = kind === "member" && companyId !== null ? eq(columns.vendorId, companyId) : sql`false`;
  return allOf(inMarketplace(actor, columns.marketplaceId), seesAll(actor) ? undefined : own);
}
