import type { Actor } from "@kontor/kernel";
import type { SupplierQuery, SupplierRecord } from "@kontor/protocol";
import { eq, getTableColumns } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { nameOfCompany } from "./company-names.ts";
import { oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isText, pageFrom } from "./keyset.ts";
import type { Listing, Query } from "./listing.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, ofOwnCompany, runsTender, seesTender } from "./scope.ts";

const byCompany: Order = {
  name: "company",
  by: tenderSuppliers.companyId,
  id: tenderSuppliers.companyId,
  direction: "asc",
  accepts: isText,
};

/** Suppliers of a tender: all for the owner's side, itself for a supplier. */
export function listSuppliers(
  db: Database,
  actor: Actor,
  query: Query<SupplierQuery> & { readonly tenderId: string },
): Promise<Listing<SupplierRecord>> {
  const wanted = allOf(
    seesTender(actor),
    eq(tenderSuppliers.tenderId, query.tenderId),
    anyOf(runsTender(actor), ofOwnCompany(actor, tenderSuppliers.companyId)),
    oneOf(tenderSuppliers.state, query.state),
  );
  return pageFrom(query, {
    order: byCompany,
    rows: ({ after, orderBy, limit }) =>
      db
        .select({ ...getTableColumns(tenderSuppliers), companyName: nameOfCompany(tenderSuppliers.companyId) })
        .from(tenderSuppliers)
        .innerJoin(tenders, eq(tenders.id, tenderSuppliers.tenderId))
        .where(allOf(wanted, after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ companyId }) => [companyId, companyId],
    entryOf: ({ tenderId, companyId, state, at, companyName, reason }) => ({
      tenderId,
      companyId,
      state,
      at: instantOf(at),
      ...present({ companyName, reason }),
    }),
  });
}
