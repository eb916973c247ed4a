import type { Actor, Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { allOf, anyOf, inMarketplace, isOwnCompany, ofCompanyOrStaff } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variants } from "../schema/catalog-products.ts";
import { participations } from "../schema/marketplaces.ts";
import { instantIn } from "./sql-values.ts";

/* Who sees and who changes what of the catalogue. */

/**
 * One's own and, for staff, all; of others what is active: the marketplace's, and a company's own once it is offered.
 * Needs `products` in the query.
 */
export function seesProduct(actor: Actor): SQL {
  const offered = sql`exists (select 1 from variants sold join offers sale on sale.variant_id = sold.id
    where sold.product_id = ${products.id} and sale.status = 'active')`;
  const open = sql`${products.status} = 'active' and (${products.ownerCompanyId} is null or ${offered})`;
  return allOf(
    inMarketplace(actor, products.marketplaceId),
    anyOf(ofCompanyOrStaff(actor, products.ownerCompanyId), open),
  );
}

/** One's own offers, for staff all, and those that can be bought. Needs `offers`, `variants` and `products`. */
export function seesOffer(actor: Actor, at: Micros): SQL {
  return allOf(inMarketplace(actor, offers.marketplaceId), anyOf(ofCompanyOrStaff(actor, offers.vendorId), onSale(at)));
}

function onSale(at: Micros): SQL {
  const now = instantIn(at);
  return allOf(
    eq(offers.status, "active"),
    eq(variants.status, "active"),
    eq(products.status, "active"),
    sql`${offers.validFrom} <= greatest(${now}, now())`,
    sql`(${offers.validUntil} is null or ${offers.validUntil} > ${now})`,
  );
}

/** The operator changes everything of his marketplace, a seller what is his company's. */
export function mayChange(actor: Actor, owner: string | null): boolean {
  return actor.kind === "operator" || isOwnCompany(actor, owner);
}

/** Whether the member's company sells here at all. */
export async function isVendor(db: Database, { kind, companyId, marketplaceId }: Actor): Promise<boolean> {
  if (kind !== "member" || companyId === null || marketplaceId === null) return false;
  const [row] = await db
    .select({ side: participations.side })
    .from(participations)
    .where(
      and(
        eq(participations.marketplaceId, marketplaceId),
        eq(participations.companyId, companyId),
        eq(participations.status, "approved"),
        inArray(participations.side, ["supplier", "both"]),
      ),
    );
  return row !== undefined;
}
